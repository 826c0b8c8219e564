package io.promptforge.dao.policy;

import static io.promptforge.schema.jooq.Tables.POLICIES;
import static io.promptforge.schema.jooq.Tables.POLICY_VIOLATIONS;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.groupingSets;

import io.promptforge.dao.error.ConflictException;
import io.promptforge.dao.error.IllegalTransitionException;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.error.PromptForgeException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.Keyset;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.schema.jooq.tables.records.PolicyViolationsRecord;
import io.promptforge.schema.type.ViolationStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jspecify.annotations.Nullable;

final class JooqViolationRepository implements ViolationRepository {
    private final TenantSession session;

    JooqViolationRepository(TenantSession session) {
        this.session = session;
    }

    @Override
    public List<Violation> record(List<NewViolation> violations) {
        Check.present("violations", violations).forEach(violation -> Check.present("violations", violation));
        if (violations.isEmpty()) {
            return List.of();
        }
        ViolationBatch batch = new ViolationBatch(session.organizationId(), violations);
        List<Violation> stored = session.write(batch::insert);
        if (stored.isEmpty()) {
            throw refusal(violations);
        }
        return stored;
    }

    @Override
    public Optional<Violation> find(UUID id) {
        Check.present("id", id);
        return session.run(
                dsl -> dsl.selectFrom(POLICY_VIOLATIONS).where(is(id)).fetchOptional(ViolationRows::violation));
    }

    @Override
    public Page<Violation> list(ViolationFilter filter, ViolationOrder order, PageRequest page) {
        Check.present("filter", filter);
        Check.present("order", order);
        Check.present("page", page);
        return session.run(dsl -> keyset(filter, order)
                .fetch(
                        dsl,
                        dsl.selectFrom(POLICY_VIOLATIONS)
                                .where(ViolationRows.matching(session.organizationId(), filter)),
                        page,
                        ViolationRows::violation));
    }

    @Override
    public ViolationCounts counts(ViolationFilter filter) {
        Check.present("filter", filter);
        return session.run(dsl -> ViolationRows.counts(
                dsl.select(POLICY_VIOLATIONS.STATUS, POLICY_VIOLATIONS.SEVERITY, POLICY_VIOLATIONS.POLICY_ID, count())
                        .from(POLICY_VIOLATIONS)
                        .where(ViolationRows.matching(session.organizationId(), filter))
                        .groupBy(groupingSets(
                                List.of(POLICY_VIOLATIONS.STATUS, POLICY_VIOLATIONS.SEVERITY),
                                List.of(POLICY_VIOLATIONS.POLICY_ID)))
                        .fetch()));
    }

    @Override
    public Violation acknowledge(UUID id, UUID userId, Instant at) {
        PolicyViolationsRecord row = new PolicyViolationsRecord();
        row.setAcknowledgedBy(Check.present("acknowledged_by", userId));
        row.setAcknowledgedAt(Check.instant("acknowledged_at", at));
        return move(id, ViolationStatus.ACKNOWLEDGED, row);
    }

    @Override
    public Violation resolve(UUID id, UUID userId, Instant at, @Nullable String notes) {
        return close(id, ViolationStatus.RESOLVED, userId, at, notes);
    }

    @Override
    public Violation markFalsePositive(UUID id, UUID userId, Instant at, @Nullable String notes) {
        return close(id, ViolationStatus.FALSE_POSITIVE, userId, at, notes);
    }

    @Override
    public Violation reopen(UUID id, UUID userId, Instant at) {
        PolicyViolationsRecord row = new PolicyViolationsRecord();
        row.setAcknowledgedBy(null);
        row.setAcknowledgedAt(null);
        row.setResolvedBy(null);
        row.setResolvedAt(null);
        row.setResolutionNotes(null);
        row.setReopenedBy(Check.present("reopened_by", userId));
        row.setReopenedAt(Check.instant("reopened_at", at));
        return move(id, ViolationStatus.OPEN, row);
    }

    private Violation close(UUID id, ViolationStatus to, UUID userId, Instant at, @Nullable String notes) {
        PolicyViolationsRecord row = new PolicyViolationsRecord();
        row.setResolvedBy(Check.present("resolved_by", userId));
        row.setResolvedAt(Check.instant("resolved_at", at));
        row.setResolutionNotes(Check.optionalText("resolution_notes", notes));
        return move(id, to, row);
    }

    /** The database knows which transitions are legal; only one to the same status would pass it unseen. */
    private Violation move(UUID id, ViolationStatus to, PolicyViolationsRecord row) {
        Check.present("id", id);
        row.setStatus(to);
        Optional<Violation> moved = session.write(dsl -> dsl.update(POLICY_VIOLATIONS)
                .set(row)
                .where(is(id))
                .and(POLICY_VIOLATIONS.STATUS.ne(to))
                .returning()
                .fetchOptional(ViolationRows::violation));
        return moved.orElseThrow(() -> find(id).isPresent()
                ? IllegalTransitionException.already("violation", id, to)
                : new NotFoundException("violation", id));
    }

    /** Why a batch was not stored. Whoever made the reason go away since then did so a moment too late. */
    private PromptForgeException refusal(List<NewViolation> violations) {
        UUID[] policies =
                violations.stream().map(NewViolation::policyId).distinct().toArray(UUID[]::new);
        Map<UUID, Integer> versions = session.run(dsl -> dsl.select(POLICIES.ID, POLICIES.VERSION_NUMBER)
                .from(POLICIES)
                .where(POLICIES.ORGANIZATION_ID.eq(session.organizationId()))
                .and(POLICIES.ID.eq(any(policies)))
                .fetchMap(POLICIES.ID, POLICIES.VERSION_NUMBER));
        for (NewViolation violation : violations) {
            Integer present = versions.get(violation.policyId());
            if (present == null) {
                return new InvalidReferenceException(
                        "policy_id", "There is no policy " + violation.policyId() + ".", null);
            }
            if (violation.policyVersion() != null && violation.policyVersion() > present) {
                return new InvalidValueException(
                        "policy_version",
                        "The policy " + violation.policyId() + " has no version " + violation.policyVersion()
                                + " yet; it is at version " + present + ".",
                        null);
            }
        }
        return new ConflictException(
                "policy", null, "A policy changed while the violations were recorded; record them again.");
    }

    private Keyset keyset(ViolationFilter filter, ViolationOrder order) {
        List<Object> list = List.of("violations", session.organizationId(), filter, order);
        return switch (order) {
            case NEWEST_FIRST -> Keyset.descending(list, POLICY_VIOLATIONS.DETECTED_AT, POLICY_VIOLATIONS.ID);
            case OLDEST_FIRST -> Keyset.ascending(list, POLICY_VIOLATIONS.DETECTED_AT, POLICY_VIOLATIONS.ID);
        };
    }

    private Condition is(UUID id) {
        return POLICY_VIOLATIONS.ORGANIZATION_ID.eq(session.organizationId()).and(POLICY_VIOLATIONS.ID.eq(id));
    }
}
