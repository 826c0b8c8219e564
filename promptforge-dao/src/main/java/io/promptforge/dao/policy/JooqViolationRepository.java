package io.promptforge.dao.policy;

import static io.promptforge.schema.jooq.Tables.POLICIES;
import static io.promptforge.schema.jooq.Tables.POLICY_VIOLATIONS;
import static org.jooq.impl.DSL.any;

import io.promptforge.dao.error.ConflictException;
import io.promptforge.dao.error.IllegalTransitionException;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.error.PromptForgeException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.RowsById;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.internal.write.ColumnValues;
import io.promptforge.dao.internal.write.RefusedElementSearch;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.schema.type.ViolationStatus;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jspecify.annotations.Nullable;

/** Stores violations by jOOQ. */
public final class JooqViolationRepository implements ViolationRepository {
    private final TenantSession session;

    /** The violations of the policies of a session's tenant. */
    public JooqViolationRepository(TenantSession session) {
        this.session = session;
    }

    @Override
    public List<Violation> record(List<NewViolation> violations) {
        List<NewViolation> given = Check.list("violations", violations);
        if (given.isEmpty()) {
            return List.of();
        }
        List<Violation> stored = insert(given);
        if (stored.size() < given.size()) {
            throw refusal(given);
        }
        return stored;
    }

    private List<Violation> insert(List<NewViolation> violations) {
        try {
            return session.write(new ViolationBatch(session.organizationId(), violations)::store);
        } catch (InvalidValueException | InvalidReferenceException refusal) {
            throw RefusedElementSearch.locate(
                    session.session(),
                    refusal,
                    "violations",
                    violations,
                    (tx, some) -> tx.run(new ViolationBatch(session.organizationId(), some)::store));
        }
    }

    @Override
    public Optional<Violation> find(UUID id) {
        Check.present("id", id);
        return session.run(dsl -> ViolationRows.VIOLATION.fetchOptional(dsl.select(ViolationRows.VIOLATION.fields())
                .from(POLICY_VIOLATIONS)
                .where(is(id))));
    }

    @Override
    public Map<UUID, Violation> findAll(Collection<UUID> ids) {
        return RowsById.fetch(
                session,
                POLICY_VIOLATIONS,
                POLICY_VIOLATIONS.ORGANIZATION_ID,
                POLICY_VIOLATIONS.ID,
                ids,
                ViolationRows.VIOLATION);
    }

    @Override
    public Page<Violation> list(ViolationFilter filter, ViolationOrder order, PageRequest page) {
        return ViolationList.LIST.page(
                session, Check.present("filter", filter).criteria(), ViolationList.ORDERS.get(order), page);
    }

    @Override
    public long count(ViolationFilter filter) {
        return ViolationList.LIST.count(session, Check.present("filter", filter).criteria());
    }

    @Override
    public ViolationSummary summary(ViolationFilter filter) {
        return ViolationSummaryRows.summary(
                session, Check.present("filter", filter).criteria());
    }

    @Override
    public Violation acknowledge(UUID id, UUID userId, Instant at) {
        return move(
                id,
                ViolationStatus.ACKNOWLEDGED,
                ColumnValues.none()
                        .with("acknowledged_by", Check.present("acknowledged_by", userId))
                        .with("acknowledged_at", Check.instant("acknowledged_at", at)));
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
        return move(
                id,
                ViolationStatus.OPEN,
                ColumnValues.none()
                        .with("acknowledged_by", null)
                        .with("acknowledged_at", null)
                        .with("resolved_by", null)
                        .with("resolved_at", null)
                        .with("resolution_notes", null)
                        .with("reopened_by", Check.present("reopened_by", userId))
                        .with("reopened_at", Check.instant("reopened_at", at)));
    }

    private Violation close(UUID id, ViolationStatus to, UUID userId, Instant at, @Nullable String notes) {
        return move(
                id,
                to,
                ColumnValues.none()
                        .with("resolved_by", Check.present("resolved_by", userId))
                        .with("resolved_at", Check.instant("resolved_at", at))
                        .with("resolution_notes", Check.optionalText("resolution_notes", notes)));
    }

    /** The database refuses illegal transitions; one to the present status is refused here, because the database sees no change. */
    private Violation move(UUID id, ViolationStatus to, ColumnValues values) {
        Check.present("id", id);
        Optional<Violation> moved =
                session.write(dsl -> ViolationRows.VIOLATION.fetchOptional(dsl.update(POLICY_VIOLATIONS)
                        .set(values.with("status", to).of(POLICY_VIOLATIONS))
                        .where(is(id))
                        .and(POLICY_VIOLATIONS.STATUS.ne(to))
                        .returning(ViolationRows.VIOLATION.fields())));
        return moved.orElseThrow(() -> find(id).isPresent()
                ? IllegalTransitionException.already("violation", id, to)
                : new NotFoundException("violation", id));
    }

    /** Why a batch was not stored. A policy may have been created or changed since the batch was refused. */
    private PromptForgeException refusal(List<NewViolation> violations) {
        UUID[] policies = violations.stream()
                .map(violation -> violation.fields().policyId)
                .distinct()
                .toArray(UUID[]::new);
        Map<UUID, Integer> versions = session.run(dsl -> dsl.select(POLICIES.ID, POLICIES.VERSION_NUMBER)
                .from(POLICIES)
                .where(POLICIES.ORGANIZATION_ID.eq(session.organizationId()))
                .and(POLICIES.ID.eq(any(policies)))
                .fetchMap(POLICIES.ID, POLICIES.VERSION_NUMBER));
        for (int i = 0; i < violations.size(); i++) {
            UUID policy = violations.get(i).fields().policyId;
            Integer version = violations.get(i).fields().policyVersion;
            Integer present = versions.get(policy);
            String path = "violations[" + i + "]";
            if (present == null) {
                return new InvalidReferenceException(
                                "policy_id",
                                "There is no policy " + policy + ".",
                                "Give the id of one of this organization.",
                                null)
                        .at(path, null);
            }
            if (version != null && version > present) {
                String problem = "The policy " + policy + " has no version " + version + " yet; it is at version "
                        + present + ".";
                return new InvalidValueException("policy_version", problem, "Give a version that it has.", null)
                        .at(path, null);
            }
        }
        return new ConflictException(
                "policy", null, "A policy changed while the violations were recorded; record them again.");
    }

    private Condition is(UUID id) {
        return POLICY_VIOLATIONS.ORGANIZATION_ID.eq(session.organizationId()).and(POLICY_VIOLATIONS.ID.eq(id));
    }
}
