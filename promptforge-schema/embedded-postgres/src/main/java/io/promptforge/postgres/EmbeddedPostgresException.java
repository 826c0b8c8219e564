package io.promptforge.postgres;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when the server cannot be started, used or stopped. The message lists each attempt with the reason of its failure,
 * says what to do, and contains the end of the server's log if there is one.
 */
public final class EmbeddedPostgresException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    EmbeddedPostgresException(String message) {
        this(message, null);
    }

    EmbeddedPostgresException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
