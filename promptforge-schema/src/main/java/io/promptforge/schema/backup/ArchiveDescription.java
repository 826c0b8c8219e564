package io.promptforge.schema.backup;

import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;

/**
 * What an archive contains, as its first frame says.
 *
 * @param createdAt when its snapshot was taken
 * @param serverVersion the version of PostgreSQL that wrote it
 * @param migrations the versions of the migrations that were applied, with the checksums of their scripts
 * @param organization the organization that it is of; empty if it is of the whole schema
 * @param months the months (UTC) that have a partition of spans
 */
record ArchiveDescription(
        Instant createdAt,
        String serverVersion,
        SortedMap<Integer, Integer> migrations,
        Optional<UUID> organization,
        List<YearMonth> months) {

    /** The newest of the migrations. */
    String version() {
        return String.valueOf(migrations.lastKey());
    }
}
