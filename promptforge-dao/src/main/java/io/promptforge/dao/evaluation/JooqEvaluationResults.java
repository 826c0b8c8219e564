package io.promptforge.dao.evaluation;

import static io.promptforge.schema.jooq.Tables.EVALUATIONS;
import static io.promptforge.schema.jooq.Tables.EVALUATION_RESULTS;

import io.promptforge.dao.error.IllegalTransitionException;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.Criteria;
import io.promptforge.dao.internal.query.ListQuery;
import io.promptforge.dao.internal.query.RowsById;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.internal.write.RefusedElementSearch;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.schema.type.EvaluationStatus;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Writes, finds and lists the results of evaluations. */
final class JooqEvaluationResults {
    private final TenantSession session;

    JooqEvaluationResults(TenantSession session) {
        this.session = session;
    }

    Evaluation append(UUID evaluationId, List<NewEvaluationResult> results) {
        Check.present("id", evaluationId);
        List<NewEvaluationResult> batch = Check.list("results", results);
        try {
            return session.transaction(tx -> append(tx, evaluationId, batch));
        } catch (InvalidValueException | InvalidReferenceException refusal) {
            throw RefusedElementSearch.locate(
                    session, refusal, "results", batch, (tx, some) -> ResultBatch.add(tx, evaluationId, some));
        }
    }

    private Evaluation append(TenantSession tx, UUID evaluationId, List<NewEvaluationResult> batch) {
        lockRunning(tx, evaluationId);
        return ResultBatch.add(tx, evaluationId, batch);
    }

    Optional<EvaluationResult> find(UUID id) {
        Check.present("id", id);
        return session.run(dsl -> EvaluationResultRows.RESULT_WITH_PAYLOAD.fetchOptional(
                dsl.select(EvaluationResultRows.RESULT_WITH_PAYLOAD.fields())
                        .from(EVALUATION_RESULTS)
                        .where(EVALUATION_RESULTS.ORGANIZATION_ID.eq(session.organizationId()))
                        .and(EVALUATION_RESULTS.ID.eq(id))));
    }

    Map<UUID, EvaluationResult> findAll(Collection<UUID> ids) {
        return RowsById.fetch(
                session,
                EVALUATION_RESULTS,
                EVALUATION_RESULTS.ORGANIZATION_ID,
                EVALUATION_RESULTS.ID,
                ids,
                EvaluationResultRows.RESULT_WITH_PAYLOAD);
    }

    Page<EvaluationResult> list(
            ListQuery<EvaluationResult> list,
            UUID evaluationId,
            ResultFilter filter,
            ResultOrder order,
            PageRequest page) {
        Criteria criteria = criteria(evaluationId, filter);
        return list.page(session, criteria, EvaluationResultList.ORDERS.get(order), page);
    }

    long count(UUID evaluationId, ResultFilter filter) {
        return EvaluationResultList.LIST.count(session, criteria(evaluationId, filter));
    }

    private static Criteria criteria(UUID evaluationId, ResultFilter filter) {
        Check.present("evaluation_id", evaluationId);
        return Check.present("filter", filter).criteria().with(EvaluationResultList.EVALUATION_ID, evaluationId);
    }

    /** Writers of one evaluation take turns, so that each adds to the totals that the one before has left. */
    private static void lockRunning(TenantSession tx, UUID id) {
        EvaluationStatus status = tx.run(dsl -> dsl.select(EVALUATIONS.STATUS)
                        .from(EVALUATIONS)
                        .where(EVALUATIONS.ORGANIZATION_ID.eq(tx.organizationId()))
                        .and(EVALUATIONS.ID.eq(id))
                        .forUpdate()
                        .fetchOptional(EVALUATIONS.STATUS))
                .orElseThrow(() -> new NotFoundException("evaluation", id));
        if (status != EvaluationStatus.RUNNING) {
            throw IllegalTransitionException.requires("evaluation", id, status, "only a running one takes results");
        }
    }
}
