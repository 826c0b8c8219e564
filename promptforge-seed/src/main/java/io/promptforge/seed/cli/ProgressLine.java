package io.promptforge.seed.cli;

import io.promptforge.seed.volume.VolumeProgress;
import io.promptforge.seed.volume.VolumeProgress.Step;
import java.io.Console;
import java.io.PrintWriter;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints the progress of a load: on a terminal one line that changes, otherwise a new line for every tenth. */
final class ProgressLine {
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int WIDTH = 30;

    private final PrintWriter out;
    private final boolean terminal = isTerminal();
    private @Nullable Step step;
    private Duration stepBegan = Duration.ZERO;
    private Duration shown = Duration.ZERO;
    private long shownTenths;

    ProgressLine(PrintWriter out) {
        this.out = out;
    }

    void show(VolumeProgress progress) {
        if (progress.step() != step) {
            step = progress.step();
            stepBegan = shown;
            shownTenths = 0;
        }
        boolean ended = progress.spans() >= progress.total();
        long tenths = progress.spans() * 10 / progress.total();
        boolean due = terminal ? progress.elapsed().minus(shown).compareTo(PAUSE) > 0 : tenths > shownTenths;
        if (due || ended) {
            shown = progress.elapsed();
            shownTenths = tenths;
            print(progress, ended);
        }
    }

    private void print(VolumeProgress progress, boolean ended) {
        double part = (double) progress.spans() / progress.total();
        double seconds = Math.max(1, progress.elapsed().minus(stepBegan).toMillis()) / 1e3;
        double rate = progress.spans() / seconds;
        String line = String.format(
                Locale.ROOT,
                "%-8s [%-" + WIDTH + "s] %3.0f %%  %,d of %,d spans  %,.0f/s  %s",
                progress.step() == Step.WRITING ? "Writing" : "Checking",
                "#".repeat((int) (part * WIDTH)),
                Math.floor(part * 100),
                progress.spans(),
                progress.total(),
                rate,
                ended ? "done" : "about " + minutes((progress.total() - progress.spans()) / rate) + " to go");
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
