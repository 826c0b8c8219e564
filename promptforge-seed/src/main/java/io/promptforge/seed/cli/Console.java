package io.promptforge.seed.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.Supplier;

/** What a person sees while a command works: each step as it begins, and how long it took. */
final class Console {
    private final PrintWriter out;

    Console(PrintWriter out) {
        this.out = out;
    }

    /** Does a step of the work. */
    <T> T step(String what, Supplier<T> work) {
        out.print(what + " ...");
        out.flush();
        long start = System.nanoTime();
        T result = work.get();
        out.printf(Locale.ROOT, " %.1f s%n", (System.nanoTime() - start) / 1e9);
        out.flush();
        return result;
    }

    /** Names the part of a step that begins now. */
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
