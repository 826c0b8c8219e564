package io.promptforge.benchmarks;

import io.promptforge.dao.organization.OrganizationChanges;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The removal of whole months of spans that are older than the retention time. What is removed is gone, so there are no rounds:
 * each way of JDBC removes a sample, PromptForge the rest, and the times per span are compared.
 *
 * @param workspace the tenant
 */
record Retention(Workspace workspace) {
    private static final int MONTHS = 2;
    private static final int MONTHS_AGO = 15;

    /** More than the age of what is written here, less than that of everything else. */
    private static final int KEPT_DAYS = 365;

    private static final long SAMPLE = 200_000;

    /** Writes about this number of spans and removes them again. Returns the ways, the slowest first. */
    List<Removal> measure(long spans) throws Exception {
        YearMonth first = YearMonth.now(ZoneOffset.UTC).minusMonths(MONTHS_AGO);
        Instant until = start(first.plusMonths(MONTHS));
        workspace.makePartitions(start(first), MONTHS + 1);
        workspace.load(start(first), until, spans);
        try (Connection connection = workspace.dataSource().getConnection()) {
            storeWhenStarted(connection, until);
            connection.setAutoCommit(false);
            JdbcDeletion deletion = new JdbcDeletion(connection, workspace.organizationId(), until);
            long sample = Math.min(SAMPLE, spans / 4);
            return List.of(
                    deletion.ofRows("row by row", sample / 10, 1),
                    deletion.ofRows("row by row, batches of 1,000", sample, JdbcDeletion.BATCH),
                    deletion.ofSets("by sets of 1,000 traces", sample),
                    byPromptForge(deletion));
        }
    }

    /** The retention of history counts from when it was stored, so all of it would stay. */
    private void storeWhenStarted(Connection connection, Instant until) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "UPDATE traces SET created_at = started_at WHERE organization_id = ? AND occurred_at < ?")) {
            update.setObject(1, workspace.organizationId());
            update.setObject(2, until.atOffset(ZoneOffset.UTC));
            update.executeUpdate();
        }
        try (Statement vacuum = connection.createStatement()) {
            vacuum.execute("VACUUM ANALYZE traces");
        }
    }

    private Removal byPromptForge(JdbcDeletion deletion) throws SQLException {
        long spans = deletion.left();
        workspace
                .forge()
                .organizations()
                .update(workspace.organizationId(), OrganizationChanges.none().traceRetentionDays(KEPT_DAYS));
        long start = System.nanoTime();
        workspace.forge().maintenance().run();
        long time = System.nanoTime() - start;
        return new Removal(Case.PROMPTFORGE, spans - deletion.left(), time);
    }

    /** A table of the ways, compared with the first. */
    static String table(List<Removal> removals, long spans) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of("Way", "Spans removed", "Seconds", "Seconds for " + Markdown.number(spans), "Times faster"));
        for (Removal removal : removals) {
            lines.add(List.of(
                    removal.way(),
                    Markdown.number(removal.spans()),
                    seconds((double) removal.nanos()),
                    seconds(removal.nanosPerSpan() * spans),
                    String.format(Locale.ROOT, "%.1f", removals.get(0).nanosPerSpan() / removal.nanosPerSpan())));
        }
        return Markdown.table(lines);
    }

    private static String seconds(double nanos) {
        return String.format(Locale.ROOT, "%.1f", nanos / 1e9);
    }

    private static Instant start(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /**
     * Removed spans.
     *
     * @param way how they were removed
     * @param spans their number
     * @param nanos the time it took
     */
    record Removal(String way, long spans, long nanos) {
        private double nanosPerSpan() {
            return (double) nanos / spans;
        }
    }
}
