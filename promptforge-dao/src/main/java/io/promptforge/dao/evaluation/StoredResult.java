package io.promptforge.dao.evaluation;

import java.util.Optional;
import java.util.UUID;

/**
 * What became of a given result.
 *
 * @param id the id of the stored result: of the given one, or of the one that was there already
 * @param storing whether the given one was stored
 * @param replacedId the id of the result whose place it took; empty if it took none
 */
public record StoredResult(UUID id, Storing storing, Optional<UUID> replacedId) {
    /** What was done with a given result. */
    public enum Storing {
        /** Stored as a new one. */
        STORED,
        /** Not stored: an equal one is there already. */
        ALREADY_STORED,
        /** Stored in the place of a different one. */
        REPLACED,
        /** Not stored: a different one is there already, and was kept. */
        KEPT_DIFFERENT
    }

    static StoredResult stored(UUID id) {
        return new StoredResult(id, Storing.STORED, Optional.empty());
    }
}
