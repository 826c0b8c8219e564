package io.promptforge.benchmarks;

import java.util.List;

/**
 * How many rows the cases write and read.
 *
 * @param batches how many spans are written by one call
 * @param writers how many threads write at the same time
 * @param mostRows the greatest number of rows of anything
 * @param mostCalls the greatest number of calls in a round
 */
record Scale(List<Integer> batches, List<Integer> writers, int mostRows, int mostCalls) {
    /** The scale of a measurement: as many rows and calls as the cases ask for. */
    static Scale measured(List<Integer> batches, List<Integer> writers) {
        return new Scale(batches, writers, Integer.MAX_VALUE, Integer.MAX_VALUE);
    }

    /** The scale of a test: a handful of rows, one call each. */
    static Scale smoke() {
        return new Scale(List.of(10), List.of(1, 2), 10, 1);
    }

    int rows(int measured) {
        return Math.min(measured, mostRows);
    }

    int calls(int measured) {
        return Math.min(measured, mostCalls);
    }
}
