package io.promptforge.seed.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints the progress of long work: on a terminal one line that changes, otherwise a new line for every tenth. */
final class ProgressLine {
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int WIDTH = 30;

    private final PrintWriter out;
    private final String unit;
    private final boolean terminal = isTerminal();
    private @Nullable String step;
    private Duration stepBegan = Duration.ZERO;
    private Duration shown = Duration.ZERO;
    private long shownTenths;

    /** @param unit what is counted, in the plural */
    ProgressLine(PrintWriter out, String unit) {
        this.out = out;
        this.unit = unit;
    }

    /**
     * Shows how far a step has come.
     *
     * @param total an estimate will do
     * @param elapsed since the work began
     */
    void show(String name, long done, long total, Duration elapsed) {
        if (!name.equals(step)) {
            step = name;
            stepBegan = shown;
            shownTenths = 0;
        }
        boolean ended = done >= total;
        long tenths = done * 10 / Math.max(1, total);
        boolean due = terminal ? elapsed.minus(shown).compareTo(PAUSE) > 0 : tenths > shownTenths;
        if (due || ended) {
            shown = elapsed;
            shownTenths = tenths;
            print(name, done, Math.max(done, total), ended);
        }
    }

    private void print(String name, long done, long total, boolean ended) {
        double part = total == 0 ? 1 : (double) done / total;
        double seconds = Math.max(1, shown.minus(stepBegan).toMillis()) / 1e3;
        double rate = done / seconds;
        String line = String.format(
                Locale.ROOT,
                "%-8s [%-" + WIDTH + "s] %3.0f %%  %,d of %,d %s  %,.0f/s  %s",
                name,
                "#".repeat((int) (part * WIDTH)),
                Math.floor(part * 100),
                done,
                total,
                unit,
                rate,
                ended ? "done" : "about " + minutes((total - done) / rate) + " to go");
        if (terminal) {
            out.printf("\r%-110s", line);
        } else {
            out.print(line);
        }
        if (ended || !terminal) {
            out.println();
        }
        out.flush();
    }

    private static String minutes(double seconds) {
        long whole = Math.round(seconds);
        return String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60);
    }

    /** Since JDK 22 {@code System.console()} is not null without a terminal, and {@code Console.isTerminal()} tells; before, it is null. */
    @SuppressWarnings("SystemConsoleNull")
    private static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            Method isTerminal = Console.class.getMethod("isTerminal");
            return (boolean) isTerminal.invoke(console);
        } catch (ReflectiveOperationException e) {
            return true;
        }
    }
}
