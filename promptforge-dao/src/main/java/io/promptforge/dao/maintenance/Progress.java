package io.promptforge.dao.maintenance;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What a run has done so far, the listener that gets it, and the time budget. For the thread of the run. */
final class Progress {
    private final Clock clock;
    private final Instant start;
    private final Optional<Duration> timeBudget;
    private final Consumer<MaintenanceReport> listener;

    private final List<String> created = new ArrayList<>();
    private final List<String> dropped = new ArrayList<>();
    private final List<String> inUse = new ArrayList<>();
    private SortedMap<YearMonth, Long> spansWithoutPartition = new TreeMap<>();
    private long traces;
    private long spans;

    Progress(Clock clock, Optional<Duration> timeBudget, Consumer<MaintenanceReport> listener) {
        this.clock = clock;
        this.start = clock.instant();
        this.timeBudget = timeBudget;
        this.listener = listener;
    }

    /** When the run began: the work is what was due then. */
    Instant start() {
        return start;
    }

    void created(String partition) {
        created.add(partition);
        report();
    }

    void dropped(String partition, long itsSpans) {
        dropped.add(partition);
        spans += itsSpans;
        report();
    }

    void inUse(String partition) {
        inUse.add(partition);
    }

    void withoutPartition(SortedMap<YearMonth, Long> spansByMonth) {
        spansWithoutPartition = spansByMonth;
    }

    void deleted(long moreTraces, long moreSpans) {
        traces += moreTraces;
        spans += moreSpans;
        report();
    }

    boolean isTimeUp() {
        return timeBudget.filter(budget -> elapsed().compareTo(budget) >= 0).isPresent();
    }

    MaintenanceReport report(MaintenanceOutcome outcome) {
        return new MaintenanceReport(outcome, created, dropped, inUse, spansWithoutPartition, traces, spans, elapsed());
    }

    private void report() {
        listener.accept(report(MaintenanceOutcome.UNFINISHED));
    }

    private Duration elapsed() {
        return Duration.between(start, clock.instant());
    }
}
