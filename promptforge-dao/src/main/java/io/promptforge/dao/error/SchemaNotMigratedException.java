package io.promptforge.dao.error;

import org.jspecify.annotations.Nullable;

/** The tables are not there, or not those of this library's version: run the migrations first. */
public final class SchemaNotMigratedException extends PromptForgeException {
    private static final long serialVersionUID = 1L;

    /**
     * A missing schema.
     *
     * @param message what happened and what to do about it
     * @param cause what the database reported, if it was the one to notice
     */
    public SchemaNotMigratedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
