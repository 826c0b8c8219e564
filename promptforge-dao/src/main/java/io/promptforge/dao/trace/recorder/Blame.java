package io.promptforge.dao.trace.recorder;

import io.promptforge.dao.error.AccessDeniedException;
import io.promptforge.dao.error.FieldException;
import io.promptforge.dao.error.IllegalTransitionException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.error.PromptForgeException;
import io.promptforge.dao.error.RetryableException;
import io.promptforge.dao.error.SchemaNotMigratedException;

/** Where the cause of a failed batch lies, and so what helps. */
enum Blame {
    /** In one of its traces, which will always be refused; the others will not. */
    TRACE,

    /** In the database or the way to it, whatever the traces; somebody will repair it. */
    DATABASE,

    /** Nobody knows. */
    UNKNOWN;

    static Blame of(PromptForgeException failure) {
        if (failure instanceof FieldException
                || failure instanceof IllegalTransitionException
                || failure instanceof NotFoundException) {
            return TRACE;
        }
        // Rights are denied by a standby as well, for as long as the pool has not found the new primary.
        return failure instanceof RetryableException
                        || failure instanceof AccessDeniedException
                        || failure instanceof SchemaNotMigratedException
                ? DATABASE
                : UNKNOWN;
    }
}
