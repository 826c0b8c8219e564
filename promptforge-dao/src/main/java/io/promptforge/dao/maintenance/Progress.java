package io.promptforge.dao.maintenance;

import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What a run has done so far, whom it tells, and how much time it has left. For the thread of the run. */
final class Progress {
    private final long start = System.nanoTime();
    private final Optional<Duration> timeBudget;
    private final Consumer<MaintenanceReport> listener;

    private final List<String> created = new ArrayList<>();
    private final List<String> dropped = new ArrayList<>();
    private final List<String> inUse = new ArrayList<>();
    private SortedMap<YearMonth, Long> spansWithoutPartition = new TreeMap<>();
    private long traces;
    private long spans;

    Progress(Optional<Duration> timeBudget, Consumer<MaintenanceReport> listener) {
        this.timeBudget = timeBudget;
        this.listener = listener;
    }

    void created(String partition) {
        created.add(partition);
        tell();
    }

    void dropped(String partition, long itsSpans) {
        dropped.add(partition);
        spans += itsSpans;
        tell();
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
        tell();
    }

    boolean isTimeUp() {
        return timeBudget.filter(budget -> elapsed().compareTo(budget) >= 0).isPresent();
    }

    MaintenanceReport report(MaintenanceOutcome outcome) {
        return new MaintenanceReport(outcome, created, dropped, inUse, spansWithoutPartition, traces, spans, elapsed());
    }

    private void tell() {
        listener.accept(report(MaintenanceOutcome.UNFINISHED));
    }

    private Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
