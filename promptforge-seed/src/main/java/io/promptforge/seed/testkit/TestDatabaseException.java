package io.promptforge.seed.testkit;

import org.jspecify.annotations.Nullable;

/** No test database is available. The message says what was tried, why it failed and what to do. */
public final class TestDatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TestDatabaseException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
