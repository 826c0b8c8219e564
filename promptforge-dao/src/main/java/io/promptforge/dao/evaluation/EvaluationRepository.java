package io.promptforge.dao.evaluation;

import io.promptforge.dao.internal.TenantSession;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The evaluations of a tenant and their results. Thread-safe, unless it belongs to a transaction. */
public interface EvaluationRepository {
    /** For the library's own use: the repository over a session. */
    static EvaluationRepository over(TenantSession session) {
        return new JooqEvaluationRepository(session);
    }

    /**
     * Makes an evaluation that waits to be started.
     *
     * @throws io.promptforge.dao.error.InvalidReferenceException if the project, prompt, version, model or user is not
     *     there, or the version is not one of the prompt's
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted
     */
    Evaluation create(NewEvaluation evaluation);

    /** The evaluation with this id. */
    Optional<Evaluation> find(UUID id);

    /** The evaluations of a project, the oldest first. */
    Page<Evaluation> list(UUID projectId, PageRequest page);

    /**
     * Starts a pending evaluation.
     *
     * @throws io.promptforge.dao.error.IllegalTransitionException if it is not pending
     * @throws io.promptforge.dao.error.NotFoundException if it is not there
     */
    Evaluation start(UUID id, Instant startedAt);

    /**
     * Stores results of a running evaluation, all or none, in a number of statements that does not grow with theirs. A
     * result that is already there, by test name and repetition, is passed over. The totals of the evaluation are those
     * of its stored results whenever this returns.
     *
     * @return the evaluation with its new totals
     * @throws io.promptforge.dao.error.IllegalTransitionException if it is not running
     * @throws io.promptforge.dao.error.InvalidReferenceException if a trace is not there
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted
     * @throws io.promptforge.dao.error.NotFoundException if it is not there
     */
    Evaluation append(UUID id, List<NewEvaluationResult> results);

    /**
     * Ends a running evaluation that has all its results.
     *
     * @throws io.promptforge.dao.error.IllegalTransitionException if it is not running
     * @throws io.promptforge.dao.error.NotFoundException if it is not there
     */
    Evaluation complete(UUID id, Instant finishedAt);

    /** The results of an evaluation, by test name. */
    Page<EvaluationResult> results(UUID evaluationId, PageRequest page);

    /**
     * The results of an evaluation in a few numbers.
     *
     * @throws io.promptforge.dao.error.NotFoundException if it is not there
     */
    EvaluationSummary summary(UUID id);
}
