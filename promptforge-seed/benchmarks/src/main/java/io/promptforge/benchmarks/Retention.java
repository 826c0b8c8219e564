package io.promptforge.benchmarks;

import io.promptforge.dao.organization.OrganizationChanges;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whole months of spans that are past their time. What is deleted is gone, so there are no rounds: the rivals take a sample
 * each, and ours the rest; what is compared is the time per span.
 *
 * @param workspace where
 */
record Retention(Workspace workspace) {
    private static final int MONTHS = 2;
    private static final int MONTHS_AGO = 15;

    /** Younger than what is written here, older than everything else. */
    private static final int KEPT_DAYS = 365;

    private static final long SAMPLE = 200_000;

    /** Writes so many spans and removes them again; returns a table. */
    String measure(long spans) throws Exception {
        YearMonth first = YearMonth.now(ZoneOffset.UTC).minusMonths(MONTHS_AGO);
        Instant until = start(first.plusMonths(MONTHS));
        workspace.makePartitions(start(first), MONTHS + 1);
        workspace.load(start(first), until, spans);
        Comparison comparison = new Comparison(spans);
        try (Connection connection = workspace.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            Deletion deletion = new Deletion(connection, workspace.organizationId(), until);
            long sample = Math.min(SAMPLE, spans / 4);
            comparison.add("row by row", deletion.ofRows(sample / 10, 1));
            comparison.add("row by row, batches of 1,000", deletion.ofRows(sample, Deletion.BATCH));
            comparison.add("by sets of 1,000 traces", deletion.ofSets(sample));
            comparison.add(IngestCases.OURS, byOurs(deletion));
        }
        return Report.table(comparison.lines);
    }

    private Run byOurs(Deletion deletion) throws SQLException {
        long spans = deletion.left();
        workspace
                .forge()
                .organizations()
                .update(workspace.organizationId(), OrganizationChanges.none().traceRetentionDays(KEPT_DAYS));
        long start = System.nanoTime();
        workspace.forge().maintenance().run();
        long time = System.nanoTime() - start;
        return new Run(spans - deletion.left(), time);
    }

    private static Instant start(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    /**
     * What was removed in what time.
     *
     * @param spans how many
     * @param nanos how long it took
     */
    record Run(long spans, long nanos) {
        private double nanosPerSpan() {
            return (double) nanos / spans;
        }
    }

    /** The lines of the table; the first one is what the others are compared with. */
    private static final class Comparison {
        private final List<List<String>> lines = new ArrayList<>();
        private final List<Run> runs = new ArrayList<>();
        private final long spans;

        Comparison(long spans) {
            this.spans = spans;
            lines.add(
                    List.of("Way", "Spans removed", "Seconds", "Seconds for " + Report.number(spans), "Times faster"));
        }

        void add(String way, Run run) {
            runs.add(run);
            lines.add(List.of(
                    way,
                    Report.number(run.spans()),
                    seconds((double) run.nanos()),
                    seconds(run.nanosPerSpan() * spans),
                    String.format(Locale.ROOT, "%.1f", runs.get(0).nanosPerSpan() / run.nanosPerSpan())));
        }

        private static String seconds(double nanos) {
            return String.format(Locale.ROOT, "%.1f", nanos / 1e9);
        }
    }
}
