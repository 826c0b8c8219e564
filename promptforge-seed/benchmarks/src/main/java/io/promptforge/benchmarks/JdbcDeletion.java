package io.promptforge.benchmarks;

import io.promptforge.benchmarks.Retention.Removal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Deletes old traces with JDBC, their spans first, in batches of one transaction each. The keys are read beforehand, which is not
 * measured.
 *
 * @param connection without autocommit
 * @param organizationId the tenant
 * @param until the time before which old traces start
 */
record JdbcDeletion(Connection connection, UUID organizationId, Instant until) {
    static final int BATCH = 1_000;
    private static final int SPANS_PER_TRACE = 10;

    /** Deletes about this number of spans with their traces, row by row, by primary key. */
    Removal ofRows(String way, long spans, int batch) throws SQLException {
        List<Object[]> traces = oldTraces(spans);
        List<Object[]> keys = select(
                "SELECT organization_id, trace_id, id, started_at FROM spans WHERE organization_id = ? AND trace_id = ANY (?)",
                organizationId,
                ids(traces));
        long start = System.nanoTime();
        deleteEach(
                "DELETE FROM spans WHERE organization_id = ? AND trace_id = ? AND id = ? AND started_at = ?",
                keys,
                batch);
        deleteEach("DELETE FROM traces WHERE organization_id = ? AND id = ?", traces, batch);
        return new Removal(way, keys.size(), System.nanoTime() - start);
    }

    /** Deletes about this number of spans with their traces, with two statements per batch. */
    Removal ofSets(String way, long spans) throws SQLException {
        List<Object[]> traces = oldTraces(spans);
        long deleted = 0;
        long start = System.nanoTime();
        for (int from = 0; from < traces.size(); from += BATCH) {
            Array batch = ids(traces.subList(from, Math.min(from + BATCH, traces.size())));
            deleted += update("DELETE FROM spans WHERE organization_id = ? AND trace_id = ANY (?)", batch);
            update("DELETE FROM traces WHERE organization_id = ? AND id = ANY (?)", batch);
            connection.commit();
        }
        return new Removal(way, deleted, System.nanoTime() - start);
    }

    /** The number of old spans that are stored. */
    long left() throws SQLException {
        Object[] count = select(
                        "SELECT count(*) FROM spans WHERE organization_id = ? AND started_at < ?",
                        organizationId,
                        until.atOffset(ZoneOffset.UTC))
                .get(0);
        return (long) count[0];
    }

    private List<Object[]> oldTraces(long spans) throws SQLException {
        return select(
                "SELECT organization_id, id FROM traces WHERE organization_id = ? AND occurred_at < ?"
                        + " ORDER BY occurred_at LIMIT ?",
                organizationId,
                until.atOffset(ZoneOffset.UTC),
                spans / SPANS_PER_TRACE);
    }

    private Array ids(List<Object[]> traces) throws SQLException {
        return connection.createArrayOf(
                "uuid", traces.stream().map(trace -> trace[1]).toArray());
    }

    private void deleteEach(String sql, List<Object[]> keys, int batch) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            for (int i = 0; i < keys.size(); i++) {
                set(delete, keys.get(i));
                delete.addBatch();
                if ((i + 1) % batch == 0 || i + 1 == keys.size()) {
                    delete.executeBatch();
                    connection.commit();
                }
            }
        }
    }

    private long update(String sql, Array ids) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            set(update, organizationId, ids);
            return update.executeUpdate();
        }
    }

    private List<Object[]> select(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            set(select, parameters);
            List<Object[]> rows = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                int columns = row.getMetaData().getColumnCount();
                while (row.next()) {
                    Object[] values = new Object[columns];
                    for (int i = 0; i < columns; i++) {
                        values[i] = row.getObject(i + 1);
                    }
                    rows.add(values);
                }
            }
            connection.commit();
            return rows;
        }
    }

    private static void set(PreparedStatement statement, Object... parameters) throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
    }
}
