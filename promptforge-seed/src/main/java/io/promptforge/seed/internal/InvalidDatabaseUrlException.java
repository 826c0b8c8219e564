package io.promptforge.seed.internal;

/** A database URL is missing or invalid. The message names the problem, without the password. */
public final class InvalidDatabaseUrlException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception.
     *
     * @param problem the predicate of a sentence that begins with "The database URL"
     */
    public InvalidDatabaseUrlException(String problem) {
        super("The database URL " + problem + ". It should look like postgresql://user:password@host:5432/database.");
    }
}
