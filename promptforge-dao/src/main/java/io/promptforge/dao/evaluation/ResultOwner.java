package io.promptforge.dao.evaluation;

import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What results are stored for: an evaluation, or traces that are judged on their own. */
interface ResultOwner {
    /** A batch without rows. */
    ResultBatch batch();

    /** What is equal for results of one test, variant and repetition. */
    Object key(ResultFields fields);

    /** Adds a row to a batch. */
    void add(ResultBatch batch, UUID id, ResultFields fields, @Nullable Instant replacedAt);

    /** Stores the rows of which there is none yet; returns their number, without those that are replaced from the start. */
    int add(ResultBatch batch);

    /** Marks stored results as replaced; returns their number. */
    int replace(Collection<UUID> ids, Instant at);
}
