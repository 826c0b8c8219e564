package io.promptforge.dao.internal.deletion;

import static io.promptforge.schema.jooq.Tables.EVALUATIONS;
import static io.promptforge.schema.jooq.Tables.EVALUATION_RESULTS;
import static io.promptforge.schema.jooq.Tables.POLICY_VIOLATIONS;
import static io.promptforge.schema.jooq.Tables.PROMPTS;
import static io.promptforge.schema.jooq.Tables.PROMPT_VERSIONS;
import static io.promptforge.schema.jooq.Tables.SPANS;
import static io.promptforge.schema.jooq.Tables.TRACES;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.function;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.val;

import io.promptforge.dao.internal.query.RowsById;
import io.promptforge.dao.internal.session.TenantSession;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.DeleteConditionStep;
import org.jooq.Field;
import org.jooq.Record2;
import org.jooq.impl.SQLDataType;

/**
 * What goes beyond the cascades of the foreign keys, inside a transaction of the caller's. Rows that outlive what they
 * refer to lose the reference. Traces, of which there may be millions, go in batches: PostgreSQL keeps a note of every row
 * that a statement deletes, in memory, until the statement ends.
 */
public final class Deletion {
    /** How many go at a time. */
    public static final int TRACES_AT_A_TIME = 2_000;

    /** Not worth a plan for good. */
    private static final int FEW = 5;

    private static final String PLANNING = "plan_cache_mode";

    private Deletion() {}

    /**
     * Deletes traces with their spans.
     *
     * @param which a condition on the traces of the tenant
     * @return how many traces were deleted
     */
    public static long traces(TenantSession tx, Condition which) {
        long deleted = 0;
        Condition remaining = which;
        List<Record2<Instant, UUID>> batch;
        do {
            batch = lockSomeTraces(tx, remaining);
            if (!batch.isEmpty()) {
                deleteTraces(tx, batch.stream().map(Record2::value2).toArray(UUID[]::new));
                deleted += batch.size();
                // Not from the start again: the index still holds what this transaction has deleted.
                remaining = which.and(row(TRACES.STARTED_AT, TRACES.ID).gt(batch.get(batch.size() - 1)));
            }
        } while (batch.size() == TRACES_AT_A_TIME);
        return deleted;
    }

    /** Locked, so that nobody refers to them any more; in one order, so that two deletions never wait for each other. */
    private static List<Record2<Instant, UUID>> lockSomeTraces(TenantSession tx, Condition which) {
        return tx.run(dsl -> dsl.select(TRACES.STARTED_AT, TRACES.ID)
                .from(TRACES)
                .where(TRACES.ORGANIZATION_ID.eq(tx.organizationId()))
                .and(which)
                .orderBy(TRACES.STARTED_AT, TRACES.ID)
                .limit(TRACES_AT_A_TIME)
                .forUpdate()
                .fetch());
    }

    /**
     * Deletes these traces with their spans.
     *
     * @param ids at most a few thousand traces of the tenant, whose rows the transaction has locked
     * @return how many spans were deleted
     */
    public static long deleteTraces(TenantSession tx, UUID[] ids) {
        UUID organization = tx.organizationId();
        return tx.run(dsl -> {
            dsl.update(EVALUATION_RESULTS)
                    .setNull(EVALUATION_RESULTS.TRACE_ID)
                    .where(EVALUATION_RESULTS.ORGANIZATION_ID.eq(organization))
                    .and(EVALUATION_RESULTS.TRACE_ID.in(RowsById.each(ids)))
                    .execute();
            dsl.update(POLICY_VIOLATIONS)
                    .setNull(POLICY_VIOLATIONS.TRACE_ID)
                    .where(POLICY_VIOLATIONS.ORGANIZATION_ID.eq(organization))
                    .and(POLICY_VIOLATIONS.TRACE_ID.in(RowsById.each(ids)))
                    .execute();
            int spans = dsl.deleteFrom(SPANS)
                    .where(SPANS.ORGANIZATION_ID.eq(organization))
                    .and(SPANS.TRACE_ID.in(RowsById.each(ids)))
                    .execute();
            DeleteConditionStep<?> deletion = dsl.deleteFrom(TRACES)
                    .where(TRACES.ORGANIZATION_ID.eq(organization))
                    .and(TRACES.ID.in(RowsById.each(ids)));
            if (ids.length > FEW) {
                withOnePlan(dsl, deletion);
            } else {
                deletion.execute();
            }
            return spans;
        });
    }

    /**
     * The cascade looks for spans of each trace, in all partitions. Left alone, PostgreSQL plans that for each trace anew,
     * and reads the checks of all partitions for it, which takes ten times as long as the deletion.
     */
    private static void withOnePlan(DSLContext dsl, DeleteConditionStep<?> deletion) {
        String usual = dsl.select(currentSetting(PLANNING)).fetchSingle().value1();
        dsl.select(setLocal(PLANNING, "force_generic_plan")).execute();
        deletion.execute();
        dsl.select(setLocal(PLANNING, usual)).execute();
    }

    private static Field<String> currentSetting(String name) {
        return function("current_setting", SQLDataType.VARCHAR, val(name));
    }

    /** Until the transaction ends. */
    private static Field<String> setLocal(String name, String value) {
        return function("set_config", SQLDataType.VARCHAR, val(name), val(value), inline(true));
    }

    /**
     * Makes evaluations and traces forget prompts that are about to go.
     *
     * @param which a condition on the prompts of the tenant
     */
    public static void detachPrompts(TenantSession tx, Condition which) {
        UUID organization = tx.organizationId();
        tx.run(dsl -> {
            // locked, so that nobody refers to them any more
            UUID[] prompts = dsl.select(PROMPTS.ID)
                    .from(PROMPTS)
                    .where(PROMPTS.ORGANIZATION_ID.eq(organization))
                    .and(which)
                    .forUpdate()
                    .fetchArray(PROMPTS.ID);
            // traces refer to a version without its prompt
            UUID[] versions = dsl.select(PROMPT_VERSIONS.ID)
                    .from(PROMPT_VERSIONS)
                    .where(PROMPT_VERSIONS.ORGANIZATION_ID.eq(organization))
                    .and(PROMPT_VERSIONS.PROMPT_ID.eq(any(prompts)))
                    .orderBy(PROMPT_VERSIONS.ID)
                    .forUpdate()
                    .fetchArray(PROMPT_VERSIONS.ID);
            dsl.update(EVALUATIONS)
                    .setNull(EVALUATIONS.PROMPT_ID)
                    .setNull(EVALUATIONS.PROMPT_VERSION_ID)
                    .where(EVALUATIONS.ORGANIZATION_ID.eq(organization))
                    .and(EVALUATIONS.PROMPT_ID.eq(any(prompts)))
                    .execute();
            return dsl.update(TRACES)
                    .setNull(TRACES.PROMPT_VERSION_ID)
                    .where(TRACES.ORGANIZATION_ID.eq(organization))
                    .and(TRACES.PROMPT_VERSION_ID.eq(any(versions)))
                    .execute();
        });
    }
}
