package io.promptforge.dao.internal.write;

import io.promptforge.dao.error.ConflictException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.internal.query.RowReader;
import io.promptforge.dao.internal.session.Session;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * Applies an edit to a row by one statement.
 *
 * @param table the table
 * @param reader reads its rows
 * @param what a row of it in a word or two, for messages
 * @param key which row
 * @param id the id that the caller named
 * @param <R> the record of the table
 * @param <T> what a row becomes
 */
public record RowUpdate<R extends Record, T>(Table<R> table, RowReader<T> reader, String what, Condition key, UUID id) {
    /**
     * The row with the changes made; without changes, the row as it is.
     *
     * @throws NotFoundException if there is no such row
     * @throws ConflictException if the row is there, but was updated since the edit was made
     */
    public T apply(Session session, Changes changes) {
        Condition unchanged = changes.unchangedSince()
                .map(since -> key.and(updatedAt().eq(since)))
                .orElse(key);
        Optional<T> updated = session.write(dsl -> reader.fetchOptional(
                changes.values().isEmpty()
                        ? dsl.select(reader.fields()).from(table).where(unchanged)
                        : dsl.update(table)
                                .set(changes.values().of(table))
                                .where(unchanged)
                                .returningResult(reader.fields())));
        return updated.orElseThrow(() -> refusal(session));
    }

    private RuntimeException refusal(Session session) {
        boolean there =
                session.run(dsl -> dsl.fetchExists(DSL.selectOne().from(table).where(key)));
        return there
                ? new ConflictException(
                        what,
                        id,
                        "The " + what + " " + id + " was changed since it was read; read it again and decide.")
                : new NotFoundException(what, id);
    }

    @SuppressWarnings("unchecked")
    private Field<Instant> updatedAt() {
        return (Field<Instant>) Objects.requireNonNull(table.field("updated_at"));
    }
}
