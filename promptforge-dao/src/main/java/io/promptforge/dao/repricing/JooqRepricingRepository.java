package io.promptforge.dao.repricing;

import static io.promptforge.schema.jooq.Tables.AI_MODELS;
import static io.promptforge.schema.jooq.Tables.PROJECTS;
import static io.promptforge.schema.jooq.Tables.REPRICINGS;
import static org.jooq.impl.DSL.currentInstant;

import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.Criteria;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.internal.write.ColumnValues;
import io.promptforge.dao.internal.write.Ids;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.trace.ingest.RepricedTrace;
import io.promptforge.dao.trace.ingest.Repricer;
import io.promptforge.schema.type.RepricingStatus;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jooq.Field;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/** Reprices by jOOQ and the ingest's statements. The row of the repricing is locked by each transaction, so that two share the work. */
public final class JooqRepricingRepository implements RepricingRepository {
    /** A transaction that loses a deadlock against other writers of the same traces is repeated. */
    private static final int ATTEMPTS = 10;

    private final TenantSession session;

    /** The repricings of a session's tenant. */
    public JooqRepricingRepository(TenantSession session) {
        this.session = session;
    }

    @Override
    public RepricingPreview preview(RepricingScope scope) {
        ColumnValues values = checked(scope);
        Instant from = values.get("occurred_from");
        Instant before = values.get("occurred_before");
        UUID project = values.get("project_id");
        JooqRepricingTraces traces = new JooqRepricingTraces(
                Optional.ofNullable(project), Optional.ofNullable(from), Optional.ofNullable(before));
        boolean includesReported = Boolean.TRUE.equals(values.get("includes_reported"));
        PreviewSums sums = new PreviewSums();
        Map<UUID, Instant> some = traces.after(session, null, null);
        while (!some.isEmpty()) {
            Map<UUID, Instant> occurred = some;
            new Repricer(session, some.keySet())
                    .preview(values.get("model_id"), includesReported)
                    .forEach(trace -> sums.add(trace, Objects.requireNonNull(occurred.get(trace.id()))));
            Map.Entry<UUID, Instant> last = last(some);
            some = traces.after(session, last.getValue(), last.getKey());
        }
        return sums.preview();
    }

    @Override
    public Repricing start(RepricingScope scope, Consumer<Repricing> progress) {
        Check.present("progress", progress);
        ColumnValues values = checked(scope);
        UUID id = Ids.next();
        session.write(dsl -> dsl.insertInto(REPRICINGS)
                .set(REPRICINGS.ORGANIZATION_ID, session.organizationId())
                .set(REPRICINGS.ID, id)
                .set(values.of(REPRICINGS))
                .execute());
        return run(id, progress);
    }

    @Override
    public Repricing resume(UUID id, Consumer<Repricing> progress) {
        Check.present("id", id);
        return run(id, Check.present("progress", progress));
    }

    @Override
    public Repricing undo(UUID id, Consumer<Repricing> progress) {
        Check.present("id", id);
        Check.present("progress", progress);
        session.transaction(tx -> {
            Repricing repricing = locked(tx, id);
            if (repricing.status() != RepricingStatus.UNDONE) {
                set(tx, id, Map.of(REPRICINGS.STATUS, RepricingStatus.UNDOING), true);
            }
            return true;
        });
        return run(id, progress);
    }

    @Override
    public Optional<Repricing> find(UUID id) {
        Check.present("id", id);
        return session.run(dsl -> RepricingRows.REPRICING.fetchOptional(dsl.select(RepricingRows.REPRICING.fields())
                .from(REPRICINGS)
                .where(REPRICINGS.ORGANIZATION_ID.eq(session.organizationId()))
                .and(REPRICINGS.ID.eq(id))));
    }

    @Override
    public Page<Repricing> list(PageRequest page) {
        return RepricingRows.LIST.page(session, Criteria.none(), RepricingRows.NEWEST_FIRST, page);
    }

    private ColumnValues checked(RepricingScope scope) {
        ColumnValues values = Check.present("scope", scope).values();
        Instant from = values.get("occurred_from");
        Instant before = values.get("occurred_before");
        if (from != null && before != null && !from.isBefore(before)) {
            throw new InvalidValueException(
                    "occurred_before",
                    "The field occurred_before is not after occurred_from.",
                    "Give a later time.",
                    null);
        }
        require("project_id", values.get("project_id"), PROJECTS, PROJECTS.ORGANIZATION_ID, PROJECTS.ID);
        require("model_id", values.get("model_id"), AI_MODELS, AI_MODELS.ORGANIZATION_ID, AI_MODELS.ID);
        return values;
    }

    /** No foreign key does: the record of a repricing outlives both. */
    private void require(
            String field, @Nullable UUID id, Table<?> table, Field<UUID> organizationColumn, Field<UUID> idColumn) {
        if (id != null
                && !session.run(dsl -> dsl.fetchExists(
                        table, organizationColumn.eq(session.organizationId()).and(idColumn.eq(id))))) {
            throw new InvalidReferenceException(
                    field,
                    "The field " + field + " refers to a row that does not exist.",
                    "Give an id of this organization, or leave it out for all.",
                    null);
        }
    }

    /** Runs transactions until the repricing is completed or undone. */
    private Repricing run(UUID id, Consumer<Repricing> progress) {
        while (true) {
            Repricing repricing = session.transaction(ATTEMPTS, tx -> step(tx, id));
            progress.accept(repricing);
            if (repricing.finishedAt().isPresent()) {
                return repricing;
            }
        }
    }

    private static Repricing step(TenantSession tx, UUID id) {
        Repricing repricing = locked(tx, id);
        switch (repricing.status()) {
            case RUNNING -> reprice(tx, repricing);
            case UNDOING -> restore(tx, repricing);
            default -> {
                return repricing;
            }
        }
        return locked(tx, id);
    }

    private static void reprice(TenantSession tx, Repricing repricing) {
        UUID reachedId = tx.run(dsl -> dsl.select(REPRICINGS.REACHED_ID)
                .from(REPRICINGS)
                .where(REPRICINGS.ORGANIZATION_ID.eq(tx.organizationId()))
                .and(REPRICINGS.ID.eq(repricing.id()))
                .fetchSingle(REPRICINGS.REACHED_ID));
        Map<UUID, Instant> traces = new JooqRepricingTraces(
                        repricing.projectId(), repricing.occurredFrom(), repricing.occurredBefore())
                .after(tx, repricing.reachedAt().orElse(null), reachedId);
        if (traces.isEmpty()) {
            set(tx, repricing.id(), Map.of(REPRICINGS.STATUS, RepricingStatus.COMPLETED), false);
            return;
        }
        List<RepricedTrace> repriced = new Repricer(tx, traces.keySet())
                .apply(repricing.id(), repricing.modelId().orElse(null), repricing.includesReported());
        Map.Entry<UUID, Instant> last = last(traces);
        set(
                tx,
                repricing.id(),
                Map.of(
                        REPRICINGS.REACHED_AT,
                        last.getValue(),
                        REPRICINGS.REACHED_ID,
                        last.getKey(),
                        REPRICINGS.TRACES,
                        repricing.traces() + repriced.size(),
                        REPRICINGS.SPANS,
                        repricing.spans()
                                + repriced.stream()
                                        .mapToLong(trace -> trace.spans().size())
                                        .sum(),
                        REPRICINGS.COST_BEFORE,
                        sum(
                                repricing.costBefore(),
                                repriced.stream().map(RepricedTrace::costBefore).toList()),
                        REPRICINGS.COST_AFTER,
                        sum(
                                repricing.costAfter(),
                                repriced.stream().map(RepricedTrace::costAfter).toList())),
                true);
    }

    private static void restore(TenantSession tx, Repricing repricing) {
        List<UUID> traces = JooqRepricingTraces.repriced(tx, repricing.id());
        if (traces.isEmpty()) {
            set(tx, repricing.id(), Map.of(REPRICINGS.STATUS, RepricingStatus.UNDONE), false);
            return;
        }
        long kept = new Repricer(tx, traces).undo(repricing.id());
        set(tx, repricing.id(), Map.of(REPRICINGS.KEPT_SPANS, repricing.keptSpans() + kept), true);
    }

    private static Repricing locked(TenantSession tx, UUID id) {
        return tx.run(dsl -> RepricingRows.REPRICING.fetchOptional(dsl.select(RepricingRows.REPRICING.fields())
                        .from(REPRICINGS)
                        .where(REPRICINGS.ORGANIZATION_ID.eq(tx.organizationId()))
                        .and(REPRICINGS.ID.eq(id))
                        .forNoKeyUpdate()))
                .orElseThrow(() -> new NotFoundException("repricing", id));
    }

    private static void set(TenantSession tx, UUID id, Map<? extends Field<?>, ?> values, boolean isUnfinished) {
        tx.run(dsl -> dsl.update(REPRICINGS)
                .set(values)
                .set(REPRICINGS.FINISHED_AT, isUnfinished ? null : currentInstant())
                .where(REPRICINGS.ORGANIZATION_ID.eq(tx.organizationId()))
                .and(REPRICINGS.ID.eq(id))
                .execute());
    }

    private static BigDecimal sum(BigDecimal start, List<BigDecimal> others) {
        return others.stream().reduce(start, BigDecimal::add);
    }

    private static Map.Entry<UUID, Instant> last(Map<UUID, Instant> traces) {
        return List.copyOf(traces.entrySet()).get(traces.size() - 1);
    }
}
