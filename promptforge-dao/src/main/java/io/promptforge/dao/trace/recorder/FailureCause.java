package io.promptforge.dao.trace.recorder;

import io.promptforge.dao.error.AccessDeniedException;
import io.promptforge.dao.error.FieldException;
import io.promptforge.dao.error.IllegalTransitionException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.error.PromptForgeException;
import io.promptforge.dao.error.RetryableException;
import io.promptforge.dao.error.SchemaNotMigratedException;

/** Where the cause of a failed batch lies, which decides what happens to the batch. */
enum FailureCause {
    /** One of its traces, which would be refused again; the others would not. */
    TRACE,

    /** The database or the connection to it, whatever the traces; an operator repairs it. */
    DATABASE,

    /** Unknown. */
    UNKNOWN;

    static FailureCause of(PromptForgeException failure) {
        if (failure instanceof FieldException
                || failure instanceof IllegalTransitionException
                || failure instanceof NotFoundException) {
            return TRACE;
        }
        // A standby denies access, too, until the pool has found the new primary.
        return failure instanceof RetryableException
                        || failure instanceof AccessDeniedException
                        || failure instanceof SchemaNotMigratedException
                ? DATABASE
                : UNKNOWN;
    }
}
