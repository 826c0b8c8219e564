package io.promptforge.dao.error;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One field of the input is refused. The message is composed of the {@link #path}, the {@link #elementId}, the {@link #problem}
 * and the {@link #remedy}: {@code traces[17].spans[3] (0198…): The field name is blank. Give a text with a visible character.}
 */
public abstract sealed class FieldException extends PromptForgeException
        permits AlreadyExistsException, InvalidReferenceException, InvalidValueException, TemplateSyntaxException {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String problem;
    private final String remedy;
    private final @Nullable String path;
    private final @Nullable UUID elementId;

    FieldException(String field, String problem, String remedy, @Nullable Throwable cause) {
        super(problem + " " + remedy, cause);
        this.field = field;
        this.problem = problem;
        this.remedy = remedy;
        this.path = null;
        this.elementId = null;
    }

    FieldException(FieldException refusal, String path, @Nullable UUID elementId) {
        this(
                refusal,
                refusal.path == null ? path : path + "." + refusal.path,
                refusal.path == null ? elementId : refusal.elementId,
                refusal.problem + " " + refusal.remedy);
    }

    private FieldException(FieldException refusal, String path, @Nullable UUID elementId, String sentences) {
        super(
                path + (elementId == null ? "" : " (" + elementId + ")") + ": " + sentences,
                refusal.path == null ? refusal : refusal.getCause());
        this.field = refusal.field;
        this.problem = refusal.problem;
        this.remedy = refusal.remedy;
        this.path = path;
        this.elementId = elementId;
    }

    /** The refused field, by its name in the database: {@code name}, {@code provider_model_id}. */
    public final String field() {
        return field;
    }

    /** A sentence that names the problem of the field, without its value. */
    public final String problem() {
        return problem;
    }

    /** A sentence that says what to do: what the field takes, with its limits, or how to get such a value. */
    public final String remedy() {
        return remedy;
    }

    /** The element of a batch that has the field, such as {@code traces[17].spans[3]}; empty outside of batches. */
    public final Optional<String> path() {
        return Optional.ofNullable(path);
    }

    /** The id of the element at the {@link #path}; empty outside of batches and for an element without an id. */
    public final Optional<UUID> elementId() {
        return Optional.ofNullable(elementId);
    }

    /**
     * Returns this exception with the path of the element in a greater input. Paths compose: {@code spans[3]} at {@code
     * traces[17]} is {@code traces[17].spans[3]}, with the id of the inner element. The cause is the exception that had no path
     * yet.
     *
     * @param path the element of the greater input, without the field
     * @param elementId the id of that element; null if it has none
     */
    public abstract FieldException at(String path, @Nullable UUID elementId);
}
