package io.promptforge.schema.backup;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * What a backup or a restore has done.
 *
 * @param schema the schema in the database
 * @param version the version of the schema in the archive
 * @param organization the organization of the archive; empty if it is of the whole schema
 * @param tables the number of rows of each table
 * @param bytes the size of the archive
 * @param changed whether rows were written: false for a backup, and when an organization was there already, with equal rows
 * @param erased how many organizations, users and traces a restore deleted again; see {@link Restore#replayingErasures}
 * @param elapsed how long it took
 */
public record TransferReport(
        String schema,
        String version,
        Optional<UUID> organization,
        SortedMap<String, Long> tables,
        long bytes,
        boolean changed,
        long erased,
        Duration elapsed) {

    static TransferReport of(
            String schema,
            ArchiveDescription description,
            Map<String, TableContent> contents,
            long bytes,
            boolean changed,
            Duration elapsed) {
        SortedMap<String, Long> rows = new TreeMap<>();
        contents.forEach((table, content) -> rows.put(table, content.rows()));
        return new TransferReport(
                schema, description.version(), description.organization(), rows, bytes, changed, 0, elapsed);
    }

    TransferReport erased(long number) {
        return new TransferReport(schema, version, organization, tables, bytes, changed, number, elapsed);
    }

    /** The number of rows in all tables. */
    public long rows() {
        return tables.values().stream().mapToLong(Long::longValue).sum();
    }
}
