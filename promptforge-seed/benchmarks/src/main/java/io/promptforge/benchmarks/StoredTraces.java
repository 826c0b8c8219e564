package io.promptforge.benchmarks;

import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Traces in the tables, without ours.
 *
 * @param database the database
 * @param organizationId their tenant
 * @param writer writes them
 */
record StoredTraces(Database database, UUID organizationId, Rival writer) {
    private static final int CHUNK = 1_000;

    /** Writes new ones. */
    void write(List<TraceRow> traces) {
        try {
            writer.write(RowMaker.tables(traces));
        } catch (Exception e) {
            throw new IllegalStateException("Traces could not be written: " + e.getMessage(), e);
        }
    }

    /** Takes traces away again, so that nothing is left of them. */
    void remove(List<UUID> traces) {
        for (int from = 0; from < traces.size(); from += CHUNK) {
            List<UUID> some = traces.subList(from, Math.min(from + CHUNK, traces.size()));
            database.execute("DELETE FROM spans" + where("trace_id", some), "DELETE FROM traces" + where("id", some));
        }
        database.tidy();
    }

    /** What is stored of traces, in each column that is written; the same for the same. */
    List<String> fingerprints(List<UUID> traces) {
        return Stream.concat(
                        hashes(TraceRow.TABLE, "id", where("id", traces)),
                        hashes(SpanRow.TABLE, "trace_id, id", where("trace_id", traces)))
                .toList();
    }

    private Stream<String> hashes(Table<?> table, String order, String where) {
        return table.columns().stream().map(column -> database.query(
                        "SELECT '%2$s.%1$s ' || count(%1$s) || ' ' || md5(string_agg(%1$s::text, ',' ORDER BY %3$s))"
                                        .formatted(column.name(), table.name(), order)
                                + " FROM " + table.name() + where)
                .get(0));
    }

    private String where(String column, Collection<UUID> ids) {
        String list = ids.stream().map(UUID::toString).collect(Collectors.joining(","));
        return " WHERE organization_id = '" + organizationId + "' AND " + column + " = ANY ('{" + list + "}')";
    }
}
