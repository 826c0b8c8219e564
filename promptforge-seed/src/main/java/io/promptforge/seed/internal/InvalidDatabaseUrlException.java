package io.promptforge.seed.cli;

/** The database URL cannot be read. The message says what is wrong, without the URL's password. */
final class InvalidDatabaseUrlException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InvalidDatabaseUrlException(String problem) {
        super("The database URL " + problem
                + ". It should look like postgresql://user:password@host:5432/database (DATABASE_URL or --url).");
    }
}
