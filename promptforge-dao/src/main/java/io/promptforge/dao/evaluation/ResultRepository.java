package io.promptforge.dao.evaluation;

import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The results of a tenant over all evaluations, and the judgements of single traces, which belong to no evaluation.
 *
 * <p>Thread-safe, unless it was reached through a transaction or a caller's connection. Every method refuses null with an
 * {@link io.promptforge.dao.error.InvalidValueException}. An id of another tenant is not found.
 */
public interface ResultRepository {
    /**
     * Stores judgements of traces, each of the trace that it names by {@link NewEvaluationResult#traceId}, all or nothing, in a number
     * of statements that does not depend on their number. They belong to the project of the trace and to no evaluation. A trace has one
     * judgement for each test, variant and repetition: what is stored already is treated as in {@link EvaluationRepository#append(UUID,
     * List, IfDifferent)}.
     *
     * @return what became of each, in the given order
     * @throws io.promptforge.dao.error.AlreadyExistsException if a different result is stored and the choice refuses that; the path
     *     names the given one: {@code results[17]}
     * @throws io.promptforge.dao.error.ConflictException if another call stored a result of one of the tests meanwhile
     * @throws io.promptforge.dao.error.InvalidReferenceException if a trace, model, prompt version or version of an evaluator does not
     *     exist; the path names the result
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted, or a result names no trace; the path names the
     *     result
     */
    List<StoredResult> record(List<NewEvaluationResult> results, IfDifferent ifDifferent);

    /** The result with this id, replaced or not, with its payload. */
    Optional<EvaluationResult> find(UUID id);

    /**
     * The results with these ids, at most 1,000, replaced or not, with their payloads, by id and in their order; ids that are not found
     * are left out. A payload has up to 48 MiB, and all of them are in memory at once.
     */
    Map<UUID, EvaluationResult> findAll(Collection<UUID> ids);

    /**
     * A page of the results that pass the filter, without their payloads. The filters by names read the results that the other
     * conditions leave; name a project or a period with them.
     *
     * @throws io.promptforge.dao.error.InvalidValueException if the cursor is not one of this list
     */
    Page<EvaluationResult> list(ResultFilter filter, ResultListOrder order, PageRequest page);

    /** Counts the results that pass the filter. */
    long count(ResultFilter filter);

    /** The totals of the results that pass the filter by group, the group of most results first, at most 1,000. Reads them all. */
    List<ResultGroup> groups(ResultFilter filter, ResultGrouping by);

    /**
     * Adds scores to a stored result, such as those that people give later; they stand behind those that it has.
     *
     * @param at when they were given
     * @return the result, with its payload
     * @throws io.promptforge.dao.error.InvalidValueException if a score is not on the scale that the evaluation declares for its metric,
     *     or the scores of the result take more than 256 KiB
     * @throws io.promptforge.dao.error.NotFoundException if there is no such result
     */
    EvaluationResult addScores(UUID id, List<NewScore> scores, Instant at);
}
