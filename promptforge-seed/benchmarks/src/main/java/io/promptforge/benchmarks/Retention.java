package io.promptforge.benchmarks;

/** Spans past their time: row by row, in batches of rows, and ours. */
record Retention(Workspace workspace) {
    String measure(long spans) {
        return "not run\n";
    }
}
