package io.promptforge.schema.doctor;

import java.time.Duration;

/**
 * From which point something is a finding.
 *
 * @param rows how many rows a table has at least whose statistics matter
 * @param deadRows how many dead rows a table has at least
 * @param indexBytes how large a bloated or unused index is at least
 * @param indexUnused how long it was not read
 * @param transactionAge how many transactions ago the oldest row of the database was frozen
 * @param openTransaction how long a transaction is open
 * @param clockSkew how far the clocks differ
 * @param connections which part of max_connections is in use, from 0 to 1
 */
record Thresholds(
        long rows,
        long deadRows,
        long indexBytes,
        Duration indexUnused,
        long transactionAge,
        Duration openTransaction,
        Duration clockSkew,
        double connections) {

    /** PostgreSQL forces a vacuum at an age of 200 million, and refuses writes at 2.1 billion. */
    static final Thresholds USUAL = new Thresholds(
            10_000,
            10_000,
            64L << 20,
            Duration.ofDays(30),
            1_000_000_000,
            Duration.ofHours(1),
            Duration.ofSeconds(2),
            0.9);
}
