package io.promptforge.dao.error;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The row was changed since the caller read it: read it again and decide. */
public final class ConflictException extends PromptForgeException {
    private static final long serialVersionUID = 1L;

    private final String what;
    private final @Nullable UUID id;

    /**
     * A change that was based on an old state.
     *
     * @param what the kind of the row in a word or two, such as "project"
     * @param id the id of the row; null if it is one of several
     * @param message what happened and what to do about it
     */
    public ConflictException(String what, @Nullable UUID id, String message) {
        super(message, null);
        this.what = what;
        this.id = id;
    }

    /** The kind of the row in a word or two, such as "project". */
    public String what() {
        return what;
    }

    /** The id of the row; empty if it is one of several. */
    public Optional<UUID> id() {
        return Optional.ofNullable(id);
    }
}
