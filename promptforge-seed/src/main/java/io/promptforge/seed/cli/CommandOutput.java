package io.promptforge.seed.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Supplier;

/** What a command prints for a person. Every call flushes, so that each step is seen as it begins. */
final class CommandOutput {
    private final PrintWriter out;

    CommandOutput(PrintWriter out) {
        this.out = out;
    }

    PrintWriter writer() {
        return out;
    }

    /** Prints the name of a step, runs it, and prints how long it took. */
    <T> T step(String name, Supplier<T> work) {
        out.print(name + " ...");
        out.flush();
        long start = System.nanoTime();
        T result = work.get();
        out.printf(Locale.ROOT, " %.1f s%n", (System.nanoTime() - start) / 1e9);
        out.flush();
        return result;
    }

    /** Prints the name of a part of the running step, on the step's line. */
    void detail(String part) {
        out.print(" " + part);
        out.flush();
    }

    void line(String text) {
        out.println(text);
        out.flush();
    }

    void heading(String text) {
        line("");
        line(text);
        line("-".repeat(text.length()));
    }
}
