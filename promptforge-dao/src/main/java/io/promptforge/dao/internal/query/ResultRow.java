package io.promptforge.dao.internal.query;

import java.sql.ResultSet;
import java.util.Objects;
import java.util.Optional;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/**
 * A row of a result, its values taken one after the other. By their places: looking each of a trace's thousands of rows
 * through for each of their fields is what would take the time.
 */
public final class ResultRow {
    private final Selection selection;
    private final ResultSet row;
    private int taken;

    ResultRow(Selection selection, ResultSet row) {
        this.selection = selection;
        this.row = row;
    }

    void begin() {
        taken = 0;
    }

    /** Leaves values out, up to those behind another selection's. */
    public ResultRow behind(Selection before) {
        taken = before.fields().size();
        return this;
    }

    /** The value of the next field, which is never null. */
    public <T> T take(Field<T> next) {
        return Objects.requireNonNull(takeNullable(next), next::toString);
    }

    /** The value of the next field, which may be null. */
    public <T> Optional<T> takeOptional(Field<T> next) {
        return Optional.ofNullable(takeNullable(next));
    }

    /** The value of the next field, or null. */
    @SuppressWarnings("unchecked")
    public <T> @Nullable T takeNullable(Field<T> next) {
        return (T) selection.read(next, taken++, row);
    }

    /** The values of the next fields, which are those of a table, as a record of it. */
    public <R extends Record> R take(Table<R> table) {
        R record = table.newRecord();
        for (Field<?> field : table.fields()) {
            set(record, field);
        }
        return record;
    }

    private <T> void set(Record record, Field<T> field) {
        record.set(field, takeNullable(field));
    }

    /** The value of a field, wherever it is. */
    @Nullable Object get(Field<?> field) {
        return selection.read(field, selection.indexOf(field), row);
    }
}
