package io.promptforge.dao.model;

import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.write.Changes;
import io.promptforge.dao.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An edit of a model; a field without a call keeps its value. Immutable and thread-safe. The provider and the name that its API
 * takes cannot be changed. A value that is not accepted is refused with an
 * {@link io.promptforge.dao.error.InvalidValueException} by the method that sets it, or by the database. Prices are set by
 * {@link ModelRepository#setPrices}.
 *
 * <pre>{@code AiModelChanges.none().name("GPT-4 (ours)").active(false)}</pre>
 */
public final class AiModelChanges extends Input<AiModelChanges> {
    private static final AiModelChanges NONE = new AiModelChanges(Changes.none());

    private final Changes changes;

    private AiModelChanges(Changes changes) {
        super(changes);
        this.changes = changes;
    }

    /** Changes nothing. */
    public static AiModelChanges none() {
        return NONE;
    }

    /** Sets the display name, 1 to 200 characters. */
    public AiModelChanges name(String name) {
        return set("name", Check.text("name", name));
    }

    /** Sets the description, at most 4,000 characters; null removes it. */
    public AiModelChanges description(@Nullable String text) {
        return set("description", Check.optionalText("description", text));
    }

    /**
     * Sets other names by which telemetry reports it, these and no others: at most 50. {@code *} stands for any characters, see
     * {@link ModelRepository#resolve}.
     */
    public AiModelChanges aliases(List<String> names) {
        return set("aliases", Check.texts("aliases", names));
    }

    /** Sets the capabilities, these and no others. */
    public AiModelChanges capabilities(Set<ModelCapability> capabilities) {
        return new AiModelChanges(
                new Changes(ModelColumns.withCapabilities(changes.values(), capabilities), changes.unchangedSince()));
    }

    /** Sets the greatest number of input and output tokens together, at least 1; null when it is unknown. */
    public AiModelChanges contextLength(@Nullable Integer tokens) {
        return set("context_length", tokens);
    }

    /** Sets the request parameters where a prompt has none, a JSON object of at most 64 KiB. */
    public AiModelChanges defaultParameters(Json object) {
        return set("default_parameters", Check.present("default_parameters", object));
    }

    /** Sets whether it is offered for new work. */
    public AiModelChanges active(boolean active) {
        return set("active", active);
    }

    /** Sets whether the provider has announced its end. */
    public AiModelChanges deprecated(boolean deprecated) {
        return set("deprecated", deprecated);
    }

    /** Refuses the edit if the model was changed after this {@link AiModel#updatedAt()}. */
    public AiModelChanges ifUnchangedSince(Instant updatedAt) {
        return new AiModelChanges(changes.ifUnchangedSince(Check.instant("updated_at", updatedAt)));
    }

    private AiModelChanges set(String column, @Nullable Object value) {
        return new AiModelChanges(changes.set(column, value));
    }

    Changes changes() {
        return changes;
    }
}
