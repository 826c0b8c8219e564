package io.promptforge.schema.backup;

import java.time.Duration;
import java.util.function.Consumer;

/** Counts the rows of a step and reports them. */
final class ProgressMeter {
    private final long start = System.nanoTime();
    private final Consumer<TransferProgress> listener;
    private String step = "";
    private long rows;
    private long total;

    ProgressMeter(Consumer<TransferProgress> listener) {
        this.listener = listener;
    }

    /** @param expected the number of rows, or an estimate */
    void begin(String name, long expected) {
        step = name;
        rows = 0;
        total = expected;
    }

    void add(long more) {
        rows += more;
        // Not the end before end(), because the estimate may be too low.
        listener.accept(new TransferProgress(step, rows, Math.max(total, rows + 1), elapsed()));
    }

    /** A step of which only the end is reported, because the number of its rows is not known before. */
    void done(String name, long all) {
        begin(name, all);
        rows = all;
        end();
    }

    void end() {
        listener.accept(new TransferProgress(step, rows, rows, elapsed()));
    }

    Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
