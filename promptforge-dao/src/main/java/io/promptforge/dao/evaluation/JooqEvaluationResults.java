package io.promptforge.dao.evaluation;

import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.Criteria;
import io.promptforge.dao.internal.query.ListQuery;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.internal.write.RefusedElementSearch;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.util.List;
import java.util.UUID;

/** Writes and lists the results of one evaluation. */
final class JooqEvaluationResults {
    private final TenantSession session;

    JooqEvaluationResults(TenantSession session) {
        this.session = session;
    }

    AppendedResults append(UUID evaluationId, List<NewEvaluationResult> results, IfDifferent choice) {
        Check.present("id", evaluationId);
        Check.present("if_different", choice);
        List<NewEvaluationResult> batch = Check.list("results", results);
        try {
            return session.transaction(tx -> append(tx, evaluationId, batch, choice));
        } catch (InvalidValueException | InvalidReferenceException refusal) {
            if (refusal.path().isPresent()) {
                throw refusal;
            }
            throw RefusedElementSearch.locate(
                    session.session(),
                    refusal,
                    "results",
                    batch,
                    (tx, some) -> append(session.in(tx), evaluationId, some, IfDifferent.KEEP));
        }
    }

    private static AppendedResults append(
            TenantSession tx, UUID evaluationId, List<NewEvaluationResult> batch, IfDifferent choice) {
        JooqResultsOfEvaluation evaluation = JooqResultsOfEvaluation.lock(tx, evaluationId);
        evaluation.check(batch);
        List<StoredResult> stored = new ResultAppend(tx, evaluation, choice).store(batch);
        return new AppendedResults(evaluation.changed(), stored);
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
        return Check.present("filter", filter).criteria().with(ResultFilter.EVALUATION_ID, evaluationId);
    }
}
