package io.promptforge.postgres;

import org.jspecify.annotations.Nullable;

/**
 * The server could not be started, used or stopped. The message names what was tried, why each of it failed and
 * what to do; it is meant to be read by a person, and holds the end of the server's log where there is one.
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
