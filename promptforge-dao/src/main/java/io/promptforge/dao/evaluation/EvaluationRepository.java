package io.promptforge.dao.evaluation;

import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The evaluations of a tenant and their results.
 *
 * <p>An evaluation is created as pending, started, takes results while it runs, and is then completed, failed or cancelled. One that
 * failed or was cancelled can be started again, and a completed one reopened. Results by themselves, over all evaluations, are in {@link ResultRepository}.
 *
 * <p>Thread-safe, unless it was reached through a transaction or a caller's connection. Every method refuses null with an
 * {@link io.promptforge.dao.error.InvalidValueException}, except for parameters marked as nullable. An id of another tenant is not
 * found.
 */
public interface EvaluationRepository {
    /**
     * Creates a pending evaluation.
     *
     * @throws io.promptforge.dao.error.InvalidReferenceException if the project, prompt, version, model, user or tenant does not
     *     exist, or the version does not belong to the prompt
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted
     */
    Evaluation create(NewEvaluation evaluation);

    /**
     * Creates pending evaluations, all or none, in a number of statements that does not grow with the list.
     *
     * @return them as stored, in the given order
     * @throws io.promptforge.dao.error.FieldException as {@link #create(NewEvaluation)}, with the path of the refused element
     */
    List<Evaluation> create(List<NewEvaluation> evaluations);

    /** The evaluation with this id. */
    Optional<Evaluation> find(UUID id);

    /** The evaluations with these ids, at most 1,000, by id and in their order; ids that are not found are left out. */
    Map<UUID, Evaluation> findAll(Collection<UUID> ids);

    /**
     * A page of the evaluations that pass the filter.
     *
     * @throws io.promptforge.dao.error.InvalidValueException if the cursor is not one of this list
     */
    Page<Evaluation> list(EvaluationFilter filter, EvaluationOrder order, PageRequest page);

    /** Counts the evaluations that pass the filter. */
    long count(EvaluationFilter filter);

    /**
     * Edits the name or the description of an evaluation; its other fields never change by an edit.
     *
     * @throws io.promptforge.dao.error.ConflictException if the evaluation was changed after
     *     {@link EvaluationChanges#ifUnchangedSince}
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted
     * @throws io.promptforge.dao.error.NotFoundException if there is no such evaluation
     */
    Evaluation update(UUID id, EvaluationChanges changes);

    /**
     * Deletes an evaluation, in any status, and its results.
     *
     * @throws io.promptforge.dao.error.NotFoundException if there is no such evaluation
     */
    void delete(UUID id);

    /**
     * Starts a pending evaluation, or resumes one that failed or was cancelled: its results stay, its first start stays if it has one,
     * and its end is added to {@link Evaluation#earlierEnds}.
     *
     * @param startedAt when it begins to run, or runs again
     * @throws io.promptforge.dao.error.IllegalTransitionException if it is running or completed
     * @throws io.promptforge.dao.error.InvalidValueException if its earlier ends take more than 1 MiB: {@code earlier_ends}
     * @throws io.promptforge.dao.error.NotFoundException if there is no such evaluation
     */
    Evaluation start(UUID id, Instant startedAt);

    /**
     * Reopens a completed evaluation, for example to run tests again that could not be run: it runs and takes results. Its results and
     * its start stay, and its end is added to {@link Evaluation#earlierEnds}.
     *
     * @param reopenedAt when it runs again
     * @throws io.promptforge.dao.error.IllegalTransitionException if it is not completed
     * @throws io.promptforge.dao.error.InvalidValueException if its earlier ends take more than 1 MiB: {@code earlier_ends}
     * @throws io.promptforge.dao.error.NotFoundException if there is no such evaluation
     */
    Evaluation reopen(UUID id, Instant reopenedAt);

    /**
     * Stores results like {@link #append(UUID, List, IfDifferent)} with {@link IfDifferent#REPLACE_ERRORS}: a test that could not be
     * run can be run again, and nothing else is replaced or lost.
     */
    AppendedResults append(UUID id, List<NewEvaluationResult> results);

    /**
     * Stores results of a running evaluation, all or nothing, in a number of statements that does not depend on the number of
     * results. An evaluation has one result for each test, variant and repetition. If it is there already, by an earlier call or from
     * earlier in the list, an equal one is not stored again, so that a call whose outcome is unknown can be repeated; what is done with
     * a different one is the caller's choice. The answer tells it for each result.
     *
     * <p>When this returns, the totals of the evaluation are those of its stored results without replaced ones; they are changed by
     * what the batch changes, so a call takes as long for the last results as for the first. Calls for one evaluation, and those
     * that end it, wait for each other.
     *
     * @return the evaluation with its new totals, and what became of each result
     * @throws io.promptforge.dao.error.AlreadyExistsException if a different result is stored and the choice refuses that; the path
     *     names the given one: {@code results[17]}
     * @throws io.promptforge.dao.error.IllegalTransitionException if it is not running
     * @throws io.promptforge.dao.error.InvalidReferenceException if a trace, model, prompt version or version of an evaluator does not
     *     exist; the path names the result
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted, or a score is not on its scale; the path
     *     names the result, or the score: {@code results[17].scores[2]}
     * @throws io.promptforge.dao.error.NotFoundException if there is no such evaluation
     */
    AppendedResults append(UUID id, List<NewEvaluationResult> results, IfDifferent ifDifferent);

    /**
     * Completes a running evaluation that has all its results.
     *
     * @param finishedAt when; before its start, its start is stored and {@link Evaluation#clockSkew} tells by how much
     * @throws io.promptforge.dao.error.IllegalTransitionException if it is not running
     * @throws io.promptforge.dao.error.NotFoundException if there is no such evaluation
     */
    Evaluation complete(UUID id, Instant finishedAt);

    /**
     * Marks a running evaluation as failed; its results stay.
     *
     * @param finishedAt when; before its start, its start is stored and {@link Evaluation#clockSkew} tells by how much
     * @param errorMessage why it failed, at most 10,000 characters, not blank
     * @throws io.promptforge.dao.error.IllegalTransitionException if it is not running
     * @throws io.promptforge.dao.error.InvalidValueException if the text is not accepted
     * @throws io.promptforge.dao.error.NotFoundException if there is no such evaluation
     */
    Evaluation fail(UUID id, Instant finishedAt, String errorMessage);

    /**
     * Cancels a pending or running evaluation; its results stay.
     *
     * @param finishedAt when; before its start, its start is stored and {@link Evaluation#clockSkew} tells by how much
     * @param reason why, at most 10,000 characters, stored as its error message; null for no reason
     * @throws io.promptforge.dao.error.IllegalTransitionException if it has ended
     * @throws io.promptforge.dao.error.InvalidValueException if the text is not accepted
     * @throws io.promptforge.dao.error.NotFoundException if there is no such evaluation
     */
    Evaluation cancel(UUID id, Instant finishedAt, @Nullable String reason);

    /**
     * A page of the results of an evaluation that pass the filter, without their payloads.
     *
     * @throws io.promptforge.dao.error.InvalidValueException if the cursor is not one of this list
     */
    Page<EvaluationResult> results(UUID evaluationId, ResultFilter filter, ResultOrder order, PageRequest page);

    /**
     * A page of the results of an evaluation that pass the filter, with their payloads. A payload has up to 48 MiB, and those of a
     * page are in memory at once: choose the size of the page accordingly.
     *
     * @throws io.promptforge.dao.error.InvalidValueException if the cursor is not one of this list
     */
    Page<EvaluationResult> resultsWithPayloads(
            UUID evaluationId, ResultFilter filter, ResultOrder order, PageRequest page);

    /** Counts the results of an evaluation that pass the filter. */
    long countResults(UUID evaluationId, ResultFilter filter);

    /**
     * Summarizes the results of an evaluation. Reads all of them.
     *
     * @throws io.promptforge.dao.error.NotFoundException if there is no such evaluation
     */
    EvaluationSummary summary(UUID id);

    /**
     * Compares two evaluations test by test, in one statement and thus in one state of the database. Reads all results of both
     * for each page. The two may belong to different projects, prompts and models, and may still
     * be running; or they are one evaluation, of which the filter names two variants. Scores are compared if both have one scale. A count that the page
     * request asks for is always exact.
     *
     * @param baseId the evaluation to compare with
     * @param candidateId the evaluation to judge
     * @throws io.promptforge.dao.error.InvalidValueException if the cursor is not one of this list
     * @throws io.promptforge.dao.error.NotFoundException if one of the two does not exist; the message says which
     */
    EvaluationComparison compare(UUID baseId, UUID candidateId, ComparisonFilter filter, PageRequest page);
}
