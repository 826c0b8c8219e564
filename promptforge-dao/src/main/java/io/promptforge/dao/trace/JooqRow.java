package io.promptforge.dao.trace;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jooq.Field;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/**
 * The values of a row, taken one after the other. By their places: looking each of a trace's thousands of rows through for
 * each of their fields is what would take the time.
 */
final class JooqRow {
    private final Record row;
    private final List<Field<?>> fields;
    private final int start;
    private int taken = 0;

    /**
     * A row to be read.
     *
     * @param row the row
     * @param fields the fields that are taken, in their order
     * @param start the place of the first of them in the row
     */
    JooqRow(Record row, List<Field<?>> fields, int start) {
        this.row = row;
        this.fields = fields;
        this.start = start;
    }

    /** The value of the next field, which is never null. */
    <T> T take(Field<T> next) {
        return Objects.requireNonNull(takeNullable(next), next::toString);
    }

    /** The value of the next field, which may be null. */
    <T> Optional<T> takeOptional(Field<T> next) {
        return Optional.ofNullable(takeNullable(next));
    }

    /** The value of the next field, or null. */
    @SuppressWarnings({"unchecked", "ReferenceEquality"})
    <T> @Nullable T takeNullable(Field<T> next) {
        if (fields.get(taken) != next) {
            throw new IllegalStateException("not selected in this place: " + next);
        }
        return (T) row.get(start + taken++);
    }
}
