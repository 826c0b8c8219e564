package io.promptforge.dao.internal.deletion;

import static io.promptforge.schema.jooq.Tables.EVALUATION_RESULTS;
import static io.promptforge.schema.jooq.Tables.POLICY_VIOLATIONS;
import static io.promptforge.schema.jooq.Tables.SPANS;
import static io.promptforge.schema.jooq.Tables.TRACES;
import static org.jooq.impl.DSL.function;
import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.val;

import io.promptforge.dao.internal.query.RowsById;
import io.promptforge.dao.internal.session.TenantSession;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.DeleteConditionStep;
import org.jooq.Field;
import org.jooq.Record2;
import org.jooq.impl.SQLDataType;

/**
 * Deletes traces with their spans inside a transaction, and clears the references of evaluation results and violations to them. It
 * works in batches: PostgreSQL keeps every row that a statement deletes in memory, for its triggers, until the statement ends.
 */
public final class TraceDeletion {
    /** The greatest number of traces in a batch. */
    public static final int BATCH_SIZE = 2_000;

    /** Up to this number of traces, a plan per trace costs less than the two settings. */
    private static final int FEW = 5;

    private static final String PLANNING = "plan_cache_mode";

    private static final String LOG = ".log_erasures";

    private TraceDeletion() {}

    /**
     * Deletes traces with their spans.
     *
     * @param which which of the tenant's traces; need not name the tenant
     * @return how many traces were deleted
     */
    public static long deleteWhere(TenantSession tx, Condition which) {
        long deleted = 0;
        Condition remaining = which;
        List<Record2<Instant, UUID>> batch;
        do {
            batch = lockSomeTraces(tx, remaining);
            if (!batch.isEmpty()) {
                delete(tx, batch.stream().map(Record2::value2).toArray(UUID[]::new));
                deleted += batch.size();
                // Continues behind the batch, since the index still has the rows that this transaction deleted.
                remaining = which.and(row(TRACES.OCCURRED_AT, TRACES.ID).gt(batch.get(batch.size() - 1)));
            }
        } while (batch.size() == BATCH_SIZE);
        return deleted;
    }

    /**
     * Deletes without an entry in the log of erasures for each trace, until the transaction ends.
     *
     * @param work what deletes
     */
    public static <T> T unlogged(TenantSession tx, Function<TenantSession, T> work) {
        String setting = tx.session().schema() + LOG;
        tx.session().setLocally(setting, "off");
        T result = work.apply(tx);
        tx.session().setLocally(setting, "");
        return result;
    }

    /** Locked, so that no other transaction adds a reference; in one order, so that two deletions cannot deadlock. */
    private static List<Record2<Instant, UUID>> lockSomeTraces(TenantSession tx, Condition which) {
        return tx.run(dsl -> dsl.select(TRACES.OCCURRED_AT, TRACES.ID)
                .from(TRACES)
                .where(TRACES.ORGANIZATION_ID.eq(tx.organizationId()))
                .and(which)
                .orderBy(TRACES.OCCURRED_AT, TRACES.ID)
                .limit(BATCH_SIZE)
                .forUpdate()
                .fetch());
    }

    /**
     * Deletes these traces with their spans.
     *
     * @param ids at most a few thousand traces of the tenant, whose rows the transaction has locked
     * @return how many spans were deleted
     */
    public static long delete(TenantSession tx, UUID[] ids) {
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
            if (ids.length > FEW && !tx.session().isDistributed()) {
                withOnePlan(dsl, deletion);
            } else {
                deletion.execute();
            }
            return spans;
        });
    }

    /**
     * The foreign key's cascade looks for spans of each trace in all partitions. By default, PostgreSQL plans that again for each
     * trace, and reads the constraints of all partitions to do so, which takes ten times as long as the deletion. Not on Citus, whose coordinator needs to know the shard when it plans.
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

    /** Valid until the transaction ends. */
    private static Field<String> setLocal(String name, String value) {
        return function("set_config", SQLDataType.VARCHAR, val(name), val(value), inline(true));
    }
}
