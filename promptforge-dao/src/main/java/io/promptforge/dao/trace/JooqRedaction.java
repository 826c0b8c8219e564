package io.promptforge.dao.trace;

import static io.promptforge.schema.jooq.Tables.SPANS;
import static io.promptforge.schema.jooq.Tables.TRACES;
import static io.promptforge.schema.jooq.Tables.USERS;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.currentInstant;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;
import static org.jooq.impl.DSL.when;

import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.internal.query.Columns;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.json.Json;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/**
 * Removes payloads inside a transaction. It changes the trace first, or locks it, so that writers of the trace have ended: what they
 * stored is removed too, and what comes later finds the note.
 */
final class JooqRedaction {
    private static final JSONB NO_MEMBERS = Columns.jsonb(Json.emptyObject());
    private static final JSONB NO_ELEMENTS = Columns.jsonb(Json.emptyArray());

    private final TenantSession tx;
    private final UUID trace;
    private final Redaction redaction;

    JooqRedaction(TenantSession tx, UUID trace, Redaction redaction) {
        this.tx = tx;
        this.trace = trace;
        this.redaction = redaction;
    }

    /** Removes the payloads of the trace and all its spans. */
    void ofAll() {
        requireUser();
        int found = tx.run(
                dsl -> dsl.update(TRACES).set(emptiedTrace()).where(isTrace()).execute());
        if (found == 0) {
            throw new NotFoundException("trace", trace);
        }
        tx.run(dsl -> dsl.update(SPANS).set(emptiedSpan()).where(isOfTrace()).execute());
    }

    /** Removes the payloads of some spans; returns how many there are. */
    long ofSpans(UUID[] ids) {
        requireUser();
        int locked = tx.run(dsl -> dsl.select(TRACES.ID)
                .from(TRACES)
                .where(isTrace())
                .forNoKeyUpdate()
                .fetch()
                .size());
        if (locked == 0) {
            throw new NotFoundException("trace", trace);
        }
        Condition some = isOfTrace().and(SPANS.ID.eq(any(ids)));
        // the trace may have its error message from one of the spans
        tx.run(dsl -> dsl.update(TRACES)
                .setNull(TRACES.ERROR_MESSAGE)
                .where(isTrace())
                .and(val(TRACES.ERROR_MESSAGE.getName()).eq(any(TRACES.DERIVED)))
                .and(TRACES.ERROR_MESSAGE.in(
                        select(SPANS.ERROR_MESSAGE).from(SPANS).where(some)))
                .execute());
        Map<Field<?>, @Nullable Object> values = emptiedSpan();
        values.putAll(mark(SPANS, SPANS.REDACTED_AT, SPANS.REDACTED_BY));
        return tx.<Integer>run(dsl -> dsl.update(SPANS).set(values).where(some).execute());
    }

    /** No foreign key does: the record of the redaction outlives the user. */
    private void requireUser() {
        UUID user = redaction.values().get(TRACES.REDACTED_BY.getName());
        if (user != null
                && !tx.run(dsl -> dsl.fetchExists(
                        USERS, USERS.ORGANIZATION_ID.eq(tx.organizationId()).and(USERS.ID.eq(user))))) {
            throw new InvalidReferenceException(
                    TRACES.REDACTED_BY.getName(),
                    "There is no user " + user + " in this organization.",
                    "Give the id of one of its users, or null for a service.",
                    null);
        }
    }

    private Map<Field<?>, @Nullable Object> emptiedTrace() {
        Map<Field<?>, @Nullable Object> values = emptied(TRACES.INPUT, TRACES.OUTPUT);
        values.put(TRACES.ERROR_MESSAGE, null);
        values.put(TRACES.METADATA, NO_MEMBERS);
        values.put(TRACES.FINGERPRINT, JooqTraceRepository.OF_NO_RECORD);
        values.putAll(mark(TRACES, TRACES.REDACTED_AT, TRACES.REDACTED_BY));
        return values;
    }

    private Map<Field<?>, @Nullable Object> emptiedSpan() {
        Map<Field<?>, @Nullable Object> values = emptied(SPANS.INPUT, SPANS.OUTPUT);
        values.put(SPANS.ERROR_MESSAGE, null);
        values.put(SPANS.ATTRIBUTES, NO_MEMBERS);
        values.put(SPANS.EVENTS, NO_ELEMENTS);
        values.put(SPANS.FINGERPRINT, JooqTraceRepository.OF_NO_RECORD);
        return values;
    }

    /** The note where there is a document. */
    @SafeVarargs
    private Map<Field<?>, @Nullable Object> emptied(Field<JSONB>... documents) {
        String note = redaction.values().get(TRACES.REDACTION_NOTE.getName());
        Map<Field<?>, @Nullable Object> values = new HashMap<>();
        for (Field<JSONB> document : documents) {
            values.put(document, when(document.isNotNull(), val(Columns.jsonb(Json.of(note)))));
        }
        return values;
    }

    private Map<Field<?>, @Nullable Object> mark(Table<?> table, Field<Instant> at, Field<UUID> by) {
        Map<Field<?>, @Nullable Object> values = new HashMap<>();
        values.put(at, currentInstant());
        values.put(by, null);
        values.putAll(redaction.values().of(table));
        return values;
    }

    private Condition isTrace() {
        return TRACES.ORGANIZATION_ID.eq(tx.organizationId()).and(TRACES.ID.eq(trace));
    }

    private Condition isOfTrace() {
        return SPANS.ORGANIZATION_ID.eq(tx.organizationId()).and(SPANS.TRACE_ID.eq(trace));
    }
}
