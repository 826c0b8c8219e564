package io.promptforge.dao.maintenance;

import static io.promptforge.schema.jooq.Tables.EVALUATION_RESULTS;
import static io.promptforge.schema.jooq.Tables.ORGANIZATIONS;
import static io.promptforge.schema.jooq.Tables.POLICY_VIOLATIONS;
import static io.promptforge.schema.jooq.Tables.PROJECTS;
import static io.promptforge.schema.jooq.Tables.TRACES;
import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.row;
import static org.jooq.impl.DSL.selectOne;
import static org.jooq.impl.DSL.val;

import io.promptforge.dao.internal.deletion.TraceDeletion;
import io.promptforge.dao.internal.query.RowsById;
import io.promptforge.dao.internal.session.Session;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.schema.jooq.tables.Projects;
import io.promptforge.schema.type.ViolationStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record2;
import org.jspecify.annotations.Nullable;

/** Deletes the expired traces, project by project, in batches that are transactions of their own. */
final class JooqExpiredTraces {
    private static final int PROJECTS_AT_A_TIME = 500;
    private static final int ATTEMPTS = 5;
    private static final Projects FOUND = PROJECTS.as("found");
    private static final Field<Integer> DAYS =
            coalesce(PROJECTS.TRACE_RETENTION_DAYS, ORGANIZATIONS.TRACE_RETENTION_DAYS);

    /** For all others, the retention counts from when they were stored. */
    private static final Condition STORED_IN_TIME =
            condition("{0} - {1} <= interval '1 day'", TRACES.CREATED_AT, TRACES.STARTED_AT);

    private final Session session;
    private final Progress done;

    JooqExpiredTraces(Session session, Progress done) {
        this.session = session;
        this.done = done;
    }

    /** Returns false if the time budget is used up. */
    boolean deleteAll(Instant now) {
        List<Record2<UUID, UUID>> projects = projectsAfter(null);
        while (!projects.isEmpty()) {
            for (Record2<UUID, UUID> project : projects) {
                if (!deleteOf(TenantSession.of(session, project.value1()), project.value2(), now)) {
                    return false;
                }
            }
            projects = projectsAfter(projects.get(projects.size() - 1));
        }
        return true;
    }

    private List<Record2<UUID, UUID>> projectsAfter(@Nullable Record2<UUID, UUID> last) {
        return session.run(dsl -> dsl.select(FOUND.ORGANIZATION_ID, FOUND.ID)
                .from(
                        "{0}({1}, {2}, {3}) as {4}",
                        name(session.schema(), "projects_with_retention"),
                        val(last == null ? null : last.value1(), FOUND.ORGANIZATION_ID),
                        val(last == null ? null : last.value2(), FOUND.ID),
                        val(PROJECTS_AT_A_TIME),
                        FOUND.getUnqualifiedName())
                .fetch());
    }

    private boolean deleteOf(TenantSession tenant, UUID project, Instant now) {
        Optional<Record2<Instant, UUID>> last = Optional.empty();
        do {
            if (done.isTimeUp()) {
                return false;
            }
            Condition after = last.map(
                            trace -> row(TRACES.OCCURRED_AT, TRACES.ID).gt(trace))
                    .orElse(noCondition());
            last = tenant.transaction(ATTEMPTS, tx -> deleteSome(tx, project, now, after))
                    .map(this::report);
        } while (last.isPresent());
        return true;
    }

    /** Reports a batch, after its transaction is committed. */
    private Record2<Instant, UUID> report(Batch batch) {
        done.deleted(batch.traces(), batch.spans());
        return batch.last();
    }

    /** Deletes a batch; empty if there are no more expired traces. */
    private static Optional<Batch> deleteSome(TenantSession tx, UUID project, Instant now, Condition after) {
        return retentionDays(tx, project)
                .map(days -> now.minus(Duration.ofDays(days)))
                .map(kept -> lockSome(tx, project, kept, after))
                .filter(locked -> !locked.isEmpty())
                .map(locked -> {
                    Set<UUID> ids =
                            new HashSet<>(locked.stream().map(Record2::value2).toList());
                    ids.removeAll(referredTo(tx, ids.toArray(UUID[]::new)));
                    // After the restore of an older backup, retention deletes them again.
                    long spans = TraceDeletion.unlogged(
                            tx, unlogged -> TraceDeletion.delete(unlogged, ids.toArray(UUID[]::new)));
                    return new Batch(locked.get(locked.size() - 1), ids.size(), spans);
                });
    }

    /** Locks the retention until the batch is committed, so that a longer one is not granted for traces that are being deleted. */
    private static Optional<Integer> retentionDays(TenantSession tx, UUID project) {
        return tx.run(dsl -> dsl.select(DAYS)
                .from(PROJECTS)
                .join(ORGANIZATIONS)
                .on(ORGANIZATIONS.ID.eq(PROJECTS.ORGANIZATION_ID))
                .where(PROJECTS.ORGANIZATION_ID.eq(tx.organizationId()))
                .and(PROJECTS.ID.eq(project))
                .forShare()
                .fetchOptional(DAYS));
    }

    /** Skips locked traces: their transactions may be about to refer to them. */
    private static List<Record2<Instant, UUID>> lockSome(
            TenantSession tx, UUID project, Instant kept, Condition after) {
        return tx.run(dsl -> dsl.select(TRACES.OCCURRED_AT, TRACES.ID)
                .from(TRACES)
                .where(TRACES.ORGANIZATION_ID.eq(tx.organizationId()))
                .and(TRACES.PROJECT_ID.eq(project))
                .and(TRACES.OCCURRED_AT.lt(kept))
                .and(TRACES.CREATED_AT.lt(kept).or(STORED_IN_TIME))
                .and(after)
                .and(notExists(selectOne()
                        .from(EVALUATION_RESULTS)
                        .where(EVALUATION_RESULTS.ORGANIZATION_ID.eq(tx.organizationId()))
                        .and(EVALUATION_RESULTS.TRACE_ID.eq(TRACES.ID))))
                .and(notExists(selectOne()
                        .from(POLICY_VIOLATIONS)
                        .where(POLICY_VIOLATIONS.ORGANIZATION_ID.eq(tx.organizationId()))
                        .and(POLICY_VIOLATIONS.TRACE_ID.eq(TRACES.ID))
                        .and(isUnresolved())))
                .orderBy(TRACES.OCCURRED_AT, TRACES.ID)
                .limit(TraceDeletion.BATCH_SIZE)
                .forUpdate()
                .skipLocked()
                .fetch());
    }

    /**
     * The locked traces that must stay after all, because of references that were committed while the locks were taken. No new
     * reference is possible from now on, and no violation that refers to one of them can be reopened.
     */
    private static Set<UUID> referredTo(TenantSession tx, UUID[] ids) {
        return tx.run(dsl -> {
            Set<UUID> referredTo = new HashSet<>(dsl.selectDistinct(EVALUATION_RESULTS.TRACE_ID)
                    .from(EVALUATION_RESULTS)
                    .where(EVALUATION_RESULTS.ORGANIZATION_ID.eq(tx.organizationId()))
                    .and(EVALUATION_RESULTS.TRACE_ID.in(RowsById.each(ids)))
                    .fetch(EVALUATION_RESULTS.TRACE_ID));
            dsl
                    .select(POLICY_VIOLATIONS.TRACE_ID, POLICY_VIOLATIONS.STATUS)
                    .from(POLICY_VIOLATIONS)
                    .where(POLICY_VIOLATIONS.ORGANIZATION_ID.eq(tx.organizationId()))
                    .and(POLICY_VIOLATIONS.TRACE_ID.in(RowsById.each(ids)))
                    .orderBy(POLICY_VIOLATIONS.ID)
                    .forUpdate()
                    .fetch()
                    .stream()
                    .filter(violation -> isUnresolved(violation.value2()))
                    .forEach(violation -> referredTo.add(violation.value1()));
            return referredTo;
        });
    }

    private static Condition isUnresolved() {
        return POLICY_VIOLATIONS.STATUS.in(ViolationStatus.OPEN, ViolationStatus.ACKNOWLEDGED);
    }

    private static boolean isUnresolved(ViolationStatus status) {
        return status == ViolationStatus.OPEN || status == ViolationStatus.ACKNOWLEDGED;
    }

    /**
     * A deleted batch.
     *
     * @param last the start and the id of its last trace
     * @param traces the number of deleted traces
     * @param spans the number of deleted spans
     */
    private record Batch(Record2<Instant, UUID> last, long traces, long spans) {}
}
