package io.promptforge.benchmarks;

import io.promptforge.benchmarks.InsertTable.Rows;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * Prepared batches of JDBI.
 *
 * @param jdbi over connections with {@code reWriteBatchedInserts}
 */
record JdbiBatch(Jdbi jdbi) implements RowWriter {
    @Override
    public String name() {
        return "JDBI";
    }

    @Override
    public void write(List<Rows<?>> rows, boolean known, @Nullable String afterwards) {
        jdbi.useTransaction(handle -> {
            rows.forEach(some -> insert(handle, some, known));
            if (afterwards != null) {
                handle.execute(afterwards);
            }
        });
    }

    private static <R> void insert(Handle handle, Rows<R> rows, boolean known) {
        List<InsertColumn<R>> columns = rows.table().columns();
        String sql = rows.table().insert() + (known ? " ON CONFLICT DO NOTHING" : "");
        try (PreparedBatch batch = handle.prepareBatch(sql)) {
            for (R row : rows.rows()) {
                for (int i = 0; i < columns.size(); i++) {
                    InsertColumn<R> column = columns.get(i);
                    @Nullable Object value = JdbcBatch.inJdbc(column.value().of(row));
                    if (value == null) {
                        batch.bindNull(i, column.kind().jdbc());
                    } else {
                        batch.bind(i, value);
                    }
                }
                batch.add();
            }
            batch.execute();
        }
    }
}
