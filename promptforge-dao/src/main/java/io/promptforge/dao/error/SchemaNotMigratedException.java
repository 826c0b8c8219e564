package io.promptforge.dao.error;

import org.jspecify.annotations.Nullable;

/** The tables do not exist, or are not those of this library's version: run the migrations first. */
public final class SchemaNotMigratedException extends PromptForgeException {
    private static final long serialVersionUID = 1L;

    /**
     * A missing or older schema.
     *
     * @param message what happened and what to do about it
     * @param cause the error of the database, if there is one
     */
    public SchemaNotMigratedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
