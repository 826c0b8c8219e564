package io.promptforge.benchmarks;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes, deletes and compares stored traces, without PromptForge.
 *
 * @param database the database
 * @param organizationId the tenant
 * @param writer the way to write
 */
record TraceTables(BenchmarkDatabase database, UUID organizationId, RowWriter writer) {
    private static final int CHUNK = 1_000;

    /** Writes traces that are not stored. */
    void write(List<TraceInsert> traces) {
        try {
            writer.write(InsertMaker.tables(traces));
        } catch (Exception e) {
            throw new IllegalStateException("Traces could not be written: " + e.getMessage(), e);
        }
    }

    /** Deletes traces and vacuums the tables. */
    void remove(List<UUID> traces) {
        for (int from = 0; from < traces.size(); from += CHUNK) {
            List<UUID> some = traces.subList(from, Math.min(from + CHUNK, traces.size()));
            database.execute("DELETE FROM spans" + where("trace_id", some), "DELETE FROM traces" + where("id", some));
        }
        database.tidy();
    }

    /** A hash of each column that is written: equal for equal rows. */
    List<String> fingerprints(List<UUID> traces) {
        return Stream.concat(
                        hashes(TraceInsert.TABLE, "id", where("id", traces)),
                        hashes(SpanInsert.TABLE, "trace_id, id", where("trace_id", traces)))
                .toList();
    }

    private Stream<String> hashes(InsertTable<?> table, String order, String where) {
        String sql = table.columns().stream()
                .map(column ->
                        "SELECT '%2$s.%1$s ' || count(%1$s) || ' ' || coalesce(md5(string_agg(%4$s::text, ',' ORDER BY %3$s)), '')"
                                        .formatted(column.name(), table.name(), order, comparable(column))
                                + " FROM " + table.name() + where)
                .collect(Collectors.joining(" UNION ALL "));
        return database.query(sql).stream().sorted();
    }

    private String where(String column, Collection<UUID> ids) {
        String list = ids.stream().map(UUID::toString).collect(Collectors.joining(","));
        return " WHERE organization_id = '" + organizationId + "' AND " + column + " = ANY ('{" + list + "}')";
    }

    /** 0.5 and 0.50 are one number. */
    private static String comparable(InsertColumn<?> column) {
        return column.kind() == InsertColumn.Kind.DECIMAL ? "trim_scale(" + column.name() + ")" : column.name();
    }
}
