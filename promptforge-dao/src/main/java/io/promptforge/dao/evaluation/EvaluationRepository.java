package io.promptforge.dao.evaluation;

import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The evaluations of a tenant and their results. Thread-safe, unless it belongs to a transaction. Every method throws
 * {@link io.promptforge.dao.error.InvalidValueException} where a value is null that must not be.
 */
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

    /** The evaluations that the filter lets through. */
    Page<Evaluation> list(EvaluationFilter filter, EvaluationOrder order, PageRequest page);

    /**
     * Changes how an evaluation is called; what it does and how it went does not change.
     *
     * @return the evaluation as it is now
     * @throws io.promptforge.dao.error.ConflictException if it was changed since it was read
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted
     * @throws io.promptforge.dao.error.NotFoundException if it is not there
     */
    Evaluation update(UUID id, EvaluationChanges changes);

    /**
     * Deletes an evaluation, in any status, and its results. There is no way back.
     *
     * @throws io.promptforge.dao.error.NotFoundException if it is not there
     */
    void delete(UUID id);

    /**
     * Starts a pending evaluation.
     *
     * @throws io.promptforge.dao.error.IllegalTransitionException if it is not pending
     * @throws io.promptforge.dao.error.NotFoundException if it is not there
     */
    Evaluation start(UUID id, Instant startedAt);

    /**
     * Stores results of a running evaluation, all or none, in a number of statements that does not grow with theirs. A
     * test in a repetition that is already there, from an earlier call or from earlier in the list, is passed over, even
     * if the rest of the result is different: the first one stays. So a call that may have failed can be made again. The
     * totals of the evaluation are those of its stored results whenever this returns. Whoever ends the evaluation
     * meanwhile waits, or goes first and makes this fail.
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
     * @param finishedAt not before it was started
     * @throws io.promptforge.dao.error.IllegalTransitionException if it is not running
     * @throws io.promptforge.dao.error.InvalidValueException if it ends before it was started
     * @throws io.promptforge.dao.error.NotFoundException if it is not there
     */
    Evaluation complete(UUID id, Instant finishedAt);

    /**
     * Ends a running evaluation that broke off; the results that it has stay.
     *
     * @param finishedAt not before it was started
     * @param errorMessage why, at most 10,000 characters, not blank
     * @throws io.promptforge.dao.error.IllegalTransitionException if it is not running
     * @throws io.promptforge.dao.error.InvalidValueException if it ends before it was started, or the text is not accepted
     * @throws io.promptforge.dao.error.NotFoundException if it is not there
     */
    Evaluation fail(UUID id, Instant finishedAt, String errorMessage);

    /**
     * Stops a pending or running evaluation; the results that it has stay.
     *
     * @param finishedAt not before it was started
     * @param reason why, at most 10,000 characters, kept as its error message, or null
     * @throws io.promptforge.dao.error.IllegalTransitionException if it has ended
     * @throws io.promptforge.dao.error.InvalidValueException if it ends before it was started, or the text is not accepted
     * @throws io.promptforge.dao.error.NotFoundException if it is not there
     */
    Evaluation cancel(UUID id, Instant finishedAt, @Nullable String reason);

    /** The result with this id, with its payload. */
    Optional<EvaluationResult> findResult(UUID id);

    /** The results of an evaluation that the filter lets through, without their payloads. */
    Page<EvaluationResult> results(UUID evaluationId, ResultFilter filter, ResultOrder order, PageRequest page);

    /**
     * The same with their payloads, for exports. A payload may have 48 MiB and a page is in memory as a whole, so its size
     * is for the caller to choose.
     */
    Page<EvaluationResult> resultsWithPayloads(
            UUID evaluationId, ResultFilter filter, ResultOrder order, PageRequest page);

    /**
     * The results of an evaluation in a few numbers. Reads all of them.
     *
     * @throws io.promptforge.dao.error.NotFoundException if it is not there
     */
    EvaluationSummary summary(UUID id);

    /**
     * Two evaluations side by side, test by test, in one query and so as they were at one moment. Reads all results of
     * both for each page. The two may be of different projects, prompts and models, and may still be running. A page that
     * is to say how many items the list has always says it exactly.
     *
     * @param baseId the one to compare with
     * @param candidateId the one to be judged
     * @throws io.promptforge.dao.error.NotFoundException if one of the two is not there; the message says which
     */
    EvaluationComparison compare(UUID baseId, UUID candidateId, ComparisonFilter filter, PageRequest page);
}
