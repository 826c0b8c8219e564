package io.promptforge.schema;

import io.promptforge.schema.internal.Rows;
import io.promptforge.schema.internal.ScriptSettings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/**
 * Fills a column of a large table in batches, each in a transaction of its own, while services go on. A script must not do that: it
 * would keep all rows locked until it ends.
 *
 * <pre>{@code
 * // After a script that has added the column summary without a value:
 * Backfill.of(dataSource, "projects", "summary = left(description, 100)", "summary IS NULL AND description IS NOT NULL").run();
 * }</pre>
 *
 * <p>The rows say what is done: those that still match the condition are to be filled. So a run that was interrupted is continued by the
 * next one, and a run over a filled table changes nothing. Services of the previous release may write rows without the value meanwhile:
 * run it again when they have ended.
 *
 * <p>Triggers fire as for every update: {@code updated_at} changes, and audited tables get entries. The role must own the table.
 * Instances are immutable and thread-safe.
 */
public final class Backfill {
    private static final int BATCH_SIZE = 1_000;
    private static final int LARGEST_BATCH = 100_000;

    private static final String KEY = """
            SELECT quote_ident(a.attname), format_type(a.atttypid, a.atttypmod)
            FROM pg_index i CROSS JOIN unnest(i.indkey) WITH ORDINALITY AS k (number, place)
            JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.number
            WHERE i.indrelid = to_regclass(quote_ident(?)) AND i.indisprimary
            ORDER BY k.place""";

    private static final String HAS_CITUS = "SELECT 1 FROM pg_extension WHERE extname = 'citus'";

    private static final String DISTRIBUTION_COLUMN = """
            SELECT column_to_column_name(logicalrelid, partkey) FROM pg_dist_partition
            WHERE logicalrelid = to_regclass(quote_ident(?)) AND partmethod = 'h'""";

    private static final String ORGANIZATIONS = "SELECT id FROM organizations ORDER BY id";

    private final SchemaDataSource dataSource;
    private final String table;
    private final String assignment;
    private final String condition;
    private final int batchSize;
    private final Duration patience;
    private final LongConsumer progress;

    private Backfill(
            SchemaDataSource dataSource,
            String table,
            String assignment,
            String condition,
            int batchSize,
            Duration patience,
            LongConsumer progress) {
        this.dataSource = dataSource;
        this.table = table;
        this.assignment = assignment;
        this.condition = condition;
        this.batchSize = batchSize;
        this.patience = patience;
        this.progress = progress;
    }

    /**
     * A backfill in the schema {@code promptforge}, in batches of 1,000 rows. Opens no connection yet.
     *
     * @param table its name, without the schema
     * @param assignment what follows SET in an UPDATE of one row: never from outside, since it is run as it is
     * @param condition which rows are still to be filled, as after WHERE; filling a row must make it false
     */
    public static Backfill of(DataSource dataSource, String table, String assignment, String condition) {
        Objects.requireNonNull(dataSource, "dataSource");
        return new Backfill(
                new SchemaDataSource(dataSource, SchemaName.DEFAULT),
                Objects.requireNonNull(table, "table"),
                Objects.requireNonNull(assignment, "assignment"),
                Objects.requireNonNull(condition, "condition"),
                BATCH_SIZE,
                Patience.DEFAULT,
                rows -> {});
    }

    /**
     * A backfill in another schema.
     *
     * @throws MigrationException if the name is not allowed
     */
    public Backfill schema(String name) {
        SchemaDataSource other = new SchemaDataSource(dataSource.dataSource(), SchemaName.checked(name));
        return new Backfill(other, table, assignment, condition, batchSize, patience, progress);
    }

    /**
     * A backfill in batches of this size.
     *
     * @param rows 1 to 100,000; a batch keeps its rows locked until it is committed
     * @throws MigrationException if it is out of range
     */
    public Backfill batchSize(int rows) {
        if (rows < 1 || rows > LARGEST_BATCH) {
            throw new MigrationException(
                    MigrationException.Reason.INVALID_ARGUMENT,
                    dataSource.schema(),
                    null,
                    "the size of a batch is " + rows,
                    "Give 1 to " + LARGEST_BATCH);
        }
        return new Backfill(dataSource, table, assignment, condition, rows, patience, progress);
    }

    /** A backfill that reports the number of rows filled so far, after each batch and from the calling thread. */
    public Backfill progress(LongConsumer listener) {
        return new Backfill(
                dataSource, table, assignment, condition, batchSize, patience, Objects.requireNonNull(listener));
    }

    /** How long one batch goes on trying to get its locks; otherwise ten minutes. */
    Backfill patience(Duration longest) {
        return new Backfill(dataSource, table, assignment, condition, batchSize, longest, progress);
    }

    /**
     * Fills the rows, in the order of their keys. A batch whose rows are locked is rolled back and tried again, up to ten minutes. On a
     * cluster of Citus, a batch has rows of one organization only.
     *
     * @return how many rows were filled
     * @throws MigrationException if a batch fails; those before it stay, and the next run goes on behind them
     */
    public long run() {
        List<Column> key = dataSource.transaction(this::key);
        long filled = 0;
        for (Part part : dataSource.transaction(this::parts)) {
            Optional<Batch> last = Optional.empty();
            do {
                last = next(key, part, last);
                filled += last.map(Batch::rows).orElse(0L);
                if (last.isPresent()) {
                    progress.accept(filled);
                }
            } while (last.isPresent());
        }
        return filled;
    }

    private Optional<Batch> next(List<Column> key, Part part, Optional<Batch> last) {
        Patience tries = new Patience(patience);
        while (true) {
            try {
                return dataSource.transaction(connection -> fill(connection, key, part, last));
            } catch (MigrationException e) {
                if (!Patience.helpsAgainst(e) || tries.isOver()) {
                    throw e;
                }
            }
            tries.untilNextTry();
        }
    }

    /** All rows; of a distributed table, those of each organization, since Citus locks and updates rows of one only in one statement. */
    private List<Part> parts(Connection connection) throws SQLException {
        set(connection);
        if (Rows.texts(connection, HAS_CITUS).isEmpty()) {
            return List.of(Part.ALL);
        }
        List<String> column = Rows.texts(connection, DISTRIBUTION_COLUMN, table);
        return column.isEmpty()
                ? List.of(Part.ALL)
                : Rows.read(connection, ORGANIZATIONS, row -> new Part(Optional.of(column.get(0)), row.getString(1)));
    }

    private List<Column> key(Connection connection) throws SQLException {
        set(connection);
        List<Column> columns = Rows.read(connection, KEY, row -> new Column(row.getString(1), row.getString(2)), table);
        if (columns.isEmpty()) {
            throw new MigrationException(
                    MigrationException.Reason.INVALID_ARGUMENT,
                    dataSource.schema(),
                    null,
                    "there is no table " + table + " with a primary key",
                    "Check its name");
        }
        return columns;
    }

    /** Empty if there are no more rows to fill. */
    private Optional<Batch> fill(Connection connection, List<Column> key, Part part, Optional<Batch> last)
            throws SQLException {
        set(connection);
        if (part.tenantColumn().isPresent()) {
            Rows.texts(connection, "SELECT set_locally('lock_timeout', ?)", ScriptSettings.LOCK_TIMEOUT);
        }
        String after = last.isEmpty()
                ? ""
                : " AND (" + names(key, "") + ") > ("
                        + key.stream().map(column -> "?::" + column.type()).collect(Collectors.joining(", ")) + ")";
        String same = key.stream()
                .map(column -> "t." + column.name() + " = batch." + column.name())
                .collect(Collectors.joining(" AND "));
        String sql = """
                WITH batch AS (
                    SELECT %1$s FROM "%2$s" WHERE (%3$s)%4$s AND %10$s ORDER BY %1$s LIMIT %5$d FOR NO KEY UPDATE
                ), filled AS (
                    UPDATE "%2$s" t SET %6$s FROM batch WHERE %7$s AND %11$s
                )
                SELECT count(*) OVER (), %8$s FROM batch ORDER BY %9$s LIMIT 1""".formatted(
                        names(key, ""),
                        table.replace("\"", "\"\""),
                        condition,
                        after,
                        batchSize,
                        assignment,
                        same,
                        names(key, "::text"),
                        names(key, " DESC"),
                        part.condition(""),
                        part.condition("t."));
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            List<String> from = last.map(Batch::lastKey).orElse(List.of());
            for (int i = 0; i < from.size(); i++) {
                update.setString(i + 1, from.get(i));
            }
            try (ResultSet row = update.executeQuery()) {
                return row.next() ? Optional.of(Batch.of(row, key.size())) : Optional.empty();
            }
        }
    }

    private void set(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(ScriptSettings.set(dataSource.schema()));
        }
    }

    private static String names(List<Column> key, String suffix) {
        return key.stream().map(column -> column.name() + suffix).collect(Collectors.joining(", "));
    }

    private record Column(String name, String type) {}

    /** Rows that batches are taken from: all, or those of an organization. */
    private record Part(Optional<String> tenantColumn, String organizationId) {
        static final Part ALL = new Part(Optional.empty(), "");

        String condition(String qualifier) {
            return tenantColumn
                    .map(column -> qualifier + column + " = '" + organizationId + "'")
                    .orElse("true");
        }
    }

    /** The rows that were filled, and the key of the last one. */
    private record Batch(long rows, List<String> lastKey) {
        static Batch of(ResultSet row, int columns) throws SQLException {
            List<String> key = new ArrayList<>();
            for (int i = 0; i < columns; i++) {
                key.add(row.getString(i + 2));
            }
            return new Batch(row.getLong(1), key);
        }
    }
}
