package io.promptforge.dao.internal.write;

import io.promptforge.dao.internal.query.NamedValues;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an edit sets, and the state that it was made from. Immutable.
 *
 * @param values the new values; a column without one keeps its value
 * @param unchangedSince the row's {@code updated_at} that the edit was made from; empty to overwrite later edits
 */
public record Changes(ColumnValues values, Optional<Instant> unchangedSince) implements NamedValues {
    private static final Changes NONE = new Changes(ColumnValues.none(), Optional.empty());

    /** No change. */
    public static Changes none() {
        return NONE;
    }

    /** Also sets a column. */
    public Changes set(String column, @Nullable Object value) {
        return new Changes(values.with(column, value), unchangedSince);
    }

    /** Refuses the edit if the row was updated later. */
    public Changes ifUnchangedSince(Instant updatedAt) {
        return new Changes(values, Optional.of(updatedAt));
    }

    @Override
    public @Nullable Object value(String field) {
        return values.value(field);
    }

    /** The columns, without the values. */
    @Override
    public String toString() {
        return values.toString();
    }
}
