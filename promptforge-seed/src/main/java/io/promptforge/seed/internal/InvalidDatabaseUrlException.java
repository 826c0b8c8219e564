package io.promptforge.seed.internal;

/** The database URL cannot be read. The message says what is wrong, without the URL's password. */
public final class InvalidDatabaseUrlException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * A URL that cannot be read.
     *
     * @param problem goes on from "The database URL"
     */
    public InvalidDatabaseUrlException(String problem) {
        super("The database URL " + problem + ". It should look like postgresql://user:password@host:5432/database.");
    }
}
