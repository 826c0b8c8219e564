package io.promptforge.schema.doctor;

import io.promptforge.schema.MigrationScript;
import io.promptforge.schema.MigrationStatus;
import io.promptforge.schema.MigrationStatus.Migration;
import io.promptforge.schema.MigrationStatus.State;
import io.promptforge.schema.doctor.Finding.Severity;
import io.promptforge.schema.internal.Rows;
import io.promptforge.schema.internal.ScriptImpact;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Whether all scripts of this release are applied, and no others; what the pending ones lock, and about how long. */
final class MigrationCheck implements Check {

    /** With all partitions of a table. */
    private static final String SIZES = """
            SELECT c.relname, pg_table_size(c.oid)
                   + (SELECT coalesce(sum(pg_table_size(p.relid)), 0) FROM pg_partition_tree(c.oid) p WHERE p.isleaf) AS bytes
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relkind IN ('r', 'p') AND NOT c.relispartition""";

    /** Bytes per second, rounded down from what one process of a small server does. */
    private static final long SCANNED = 200_000_000;

    private static final long WRITTEN = 20_000_000;

    private final MigrationStatus status;
    private final List<MigrationScript> scripts;

    MigrationCheck(MigrationStatus status, List<MigrationScript> scripts) {
        this.status = status;
        this.scripts = scripts;
    }

    @Override
    public List<Finding> examine(Connection connection, String schema) throws SQLException {
        List<Finding> findings = new ArrayList<>();
        List<String> diverged = status.migrations().stream()
                .filter(one -> one.state() != State.APPLIED && one.state() != State.PENDING)
                .map(one -> "version " + one.version() + " (" + one.description() + ") is "
                        + one.state().name().toLowerCase(Locale.ROOT))
                .toList();
        if (!diverged.isEmpty()) {
            findings.add(Finding.of(
                            Severity.ERROR,
                            Fault.MIGRATIONS_DIVERGED,
                            "The history of migrations does not match this release",
                            "Use the release that has migrated the database, or a later one; nothing is repaired silently")
                    .details(diverged)
                    .command("promptforge status"));
        }
        List<Migration> pending = status.migrations().stream()
                .filter(one -> one.state() == State.PENDING)
                .toList();
        if (!pending.isEmpty()) {
            findings.add(Finding.of(
                            Severity.ERROR,
                            Fault.MIGRATIONS_PENDING,
                            "Migrations of this release are not applied: " + pending.size(),
                            "Apply them; a script that is not given a lock at once tries again, so the service may go on")
                    .details(impacts(pending, sizes(connection, schema)))
                    .command("promptforge migrate"));
        }
        return findings;
    }

    private static Map<String, Long> sizes(Connection connection, String schema) throws SQLException {
        Map<String, Long> sizes = new HashMap<>();
        Rows.read(connection, SIZES, row -> sizes.put(row.getString("relname"), row.getLong("bytes")), schema);
        return sizes;
    }

    private List<String> impacts(List<Migration> pending, Map<String, Long> sizes) {
        List<String> lines = new ArrayList<>();
        for (Migration migration : pending) {
            lines.add("version " + migration.version() + ": " + migration.description());
            script(migration.version()).map(ScriptImpact::of).orElse(List.of()).stream()
                    .filter(impact -> sizes.containsKey(impact.table()))
                    .map(impact -> "  " + described(impact, sizes.getOrDefault(impact.table(), 0L)))
                    .forEach(lines::add);
        }
        return lines;
    }

    private Optional<String> script(String version) {
        return scripts.stream()
                .filter(script -> script.version().equals(version))
                .map(MigrationScript::sql)
                .findFirst();
    }

    private static String described(ScriptImpact impact, long bytes) {
        String size = String.format(Locale.ROOT, "%,d kB", bytes / 1024);
        String time =
                switch (impact.work()) {
                    case MOMENT -> "for a moment";
                    case SCAN -> "about " + seconds(bytes, SCANNED) + " s";
                    case WRITE -> "about " + seconds(bytes, WRITTEN) + " s";
                };
        return impact.table() + " (" + size + "): " + impact.lock().effect() + ", " + time;
    }

    private static long seconds(long bytes, long perSecond) {
        return 1 + bytes / perSecond;
    }
}
