/**
 * Measures the repositories beside their alternatives, all in one run. A long-running harness of its own, because a database of
 * ten million spans is filled once, not for every case.
 */
@org.jspecify.annotations.NullMarked
package io.promptforge.benchmarks;
