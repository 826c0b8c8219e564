package io.promptforge.dao.internal.write;

import static org.jooq.impl.DSL.val;

import io.promptforge.dao.error.ConflictException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.internal.query.Columns;
import io.promptforge.dao.internal.session.Session;
import io.promptforge.dao.json.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/**
 * Applies an edit to a row by one statement.
 *
 * @param table the table
 * @param what a row of it in a word or two, for messages
 * @param key which row
 * @param id what the caller named it by
 * @param <R> the record of the table
 */
public record LegacyRowUpdate<R extends Record>(Table<R> table, String what, Condition key, UUID id) {
    /**
     * The row with the changes made.
     *
     * @throws NotFoundException if there is no such row
     * @throws ConflictException if the row is there, but is not what the edit was made from
     */
    public R apply(Session session, LegacyChanges changes) {
        Map<Field<?>, @Nullable Object> assignments = new HashMap<>();
        changes.values().forEach((column, value) -> assignments.put(field(column), stored(value)));
        Optional<R> updated = session.write(dsl -> assignments.isEmpty()
                ? dsl.selectFrom(table).where(unchanged(changes)).fetchOptional()
                : dsl.update(table)
                        .set(assignments)
                        .where(unchanged(changes))
                        .returning()
                        .fetchOptional());
        return updated.orElseThrow(() -> refusal(session));
    }

    private RuntimeException refusal(Session session) {
        boolean there = session.run(dsl -> dsl.fetchExists(table, key));
        return there
                ? new ConflictException(
                        what,
                        id,
                        "The " + what + " " + id + " was changed since it was read; read it again and decide.")
                : new NotFoundException(what, id);
    }

    private Condition unchanged(LegacyChanges changes) {
        return changes.expected().entrySet().stream()
                .map(entry -> same(field(entry.getKey()), entry.getValue()))
                .reduce(key, Condition::and);
    }

    private <T> Condition same(Field<T> field, Object value) {
        return field.eq(val(value, field.getDataType()));
    }

    private static @Nullable Object stored(@Nullable Object value) {
        return value instanceof Json json ? Columns.jsonb(json) : value;
    }

    private Field<?> field(String column) {
        return Objects.requireNonNull(table.field(column), column);
    }
}
