/**
 * What the repositories cost beside the raw alternatives, measured side by side in one run: a long-running harness,
 * because a database of ten million spans is not for starting anew for every case.
 */
@org.jspecify.annotations.NullMarked
package io.promptforge.benchmarks;
