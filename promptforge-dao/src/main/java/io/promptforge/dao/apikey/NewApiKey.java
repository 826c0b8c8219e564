package io.promptforge.dao.apikey;

import io.promptforge.dao.access.Right;
import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.write.ColumnValues;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A key to be created. Immutable and thread-safe; null for an optional field means that it has no value. A value that is not accepted is
 * refused with an {@link io.promptforge.dao.error.InvalidValueException} by the method that sets it, or by the database.
 */
public final class NewApiKey extends Input<NewApiKey> {
    private final ColumnValues values;
    private final Optional<List<UUID>> projects;

    private NewApiKey(ColumnValues values, Optional<List<UUID>> projects) {
        super(List.of(values, projects));
        this.values = values;
        this.projects = projects;
    }

    /**
     * A key for all projects that does not expire.
     *
     * @param name what will use it, unique in the tenant, 1 to 200 characters
     * @param rights what it may do: at least one right, and not {@link Right#MANAGE_API_KEYS}
     */
    public static NewApiKey of(String name, Set<Right> rights) {
        List<String> words = Check.list("rights", rights).stream()
                .map(ApiKeyRows::word)
                .sorted()
                .toList();
        return new NewApiKey(
                ColumnValues.none().with("name", Check.text("name", name)).with("rights", words), Optional.empty());
    }

    /** Limits it to these projects, 1 to 1,000, and what all projects use: models, their providers, and evaluators. */
    public NewApiKey projectIds(Set<UUID> ids) {
        List<UUID> list = Check.list("project_ids", ids).stream().sorted().toList();
        return new NewApiKey(values, Optional.of(list));
    }

    /** Sets when it stops being accepted; null for never. */
    public NewApiKey expiresAt(@Nullable Instant time) {
        return with("expires_at", time == null ? null : Check.instant("expires_at", time));
    }

    /** Sets the user who creates it. */
    public NewApiKey createdBy(@Nullable UUID user) {
        return with("created_by", user);
    }

    private NewApiKey with(String column, @Nullable Object value) {
        return new NewApiKey(values.withOptional(column, value), projects);
    }

    ColumnValues values() {
        return values;
    }

    UUID @Nullable [] projects() {
        return projects.map(list -> list.toArray(UUID[]::new)).orElse(null);
    }

    /** The names of the fields that are set, without their values. */
    @Override
    public String toString() {
        return "NewApiKey" + values;
    }
}
