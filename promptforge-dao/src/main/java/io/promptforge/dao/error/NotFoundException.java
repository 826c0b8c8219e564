package io.promptforge.dao.error;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** There is no such row in this tenant; a row of another tenant is not found either. */
public final class NotFoundException extends PromptForgeException {
    private static final long serialVersionUID = 1L;

    private final String what;
    private final String key;
    private final @Nullable UUID id;

    /**
     * A row that does not exist.
     *
     * @param what the kind of the row in a word or two, such as "project"
     * @param id its id
     */
    public NotFoundException(String what, UUID id) {
        this(what, id.toString(), id);
    }

    /**
     * A row that does not exist, looked up by something else than its id.
     *
     * @param what the kind of the row in a word or two, such as "version"
     * @param key what it was looked up by, such as "3 of prompt 0198…"
     */
    public NotFoundException(String what, String key) {
        this(what, key, null);
    }

    private NotFoundException(String what, String key, @Nullable UUID id) {
        super("There is no " + what + " " + key + ".", null);
        this.what = what;
        this.key = key;
        this.id = id;
    }

    /** The kind of the row in a word or two, such as "project". */
    public String what() {
        return what;
    }

    /** What the row was looked up by: the text of its id, or of another key. */
    public String key() {
        return key;
    }

    /** The id that was looked up; empty if it was another key. */
    public Optional<UUID> id() {
        return Optional.ofNullable(id);
    }
}
