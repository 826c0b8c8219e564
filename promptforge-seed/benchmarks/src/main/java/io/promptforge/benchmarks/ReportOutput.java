package io.promptforge.benchmarks;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Prints the report to the console and to a file, and progress to the console only. */
final class ReportOutput implements AutoCloseable {
    private final PrintStream console = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    private final PrintStream file;
    private final long start = System.nanoTime();

    private ReportOutput(PrintStream file) {
        this.file = file;
    }

    static ReportOutput to(Path report) throws IOException {
        Path folder = report.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        return new ReportOutput(new PrintStream(Files.newOutputStream(report), true, StandardCharsets.UTF_8));
    }

    /** A part of the report. */
    void block(String markdown) {
        console.println("\n" + markdown);
        file.println(markdown);
    }

    /** Prints progress to the console. */
    void progress(String what) {
        console.printf("[%4d s] %s%n", (System.nanoTime() - start) / 1_000_000_000, what);
    }

    @Override
    public void close() {
        console.flush();
        file.close();
    }
}
