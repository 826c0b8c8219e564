package io.promptforge.dao.trace;

import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The traces of a tenant and their spans. Thread-safe, unless it belongs to a transaction.
 *
 * <h2>Recording</h2>
 *
 * <p>Telemetry comes in late, twice and out of order. Whatever the order in which records of traces and spans come, in
 * which batches, from how many writers at once, and however often one comes, the same is stored in the end, and the totals
 * of a trace are at any time the sums over its stored spans. A trace is known by its id, a span by that of its trace and its
 * own. Several records of one are merged column by column:
 *
 * <ol>
 *   <li>What is null says nothing, nor does an empty list or document, or no retry.
 *   <li>What a record of the ended trace or span says replaces what was said while it ran, and is not replaced by it.
 *   <li>Where both have ended, or both still run: the earliest start and the latest end; the greatest number (a count of
 *       tokens is at least that of its part); of attributes and metadata the members of both, and of other documents and
 *       lists the longer; error before timeout before success; any kind before {@code OTHER}; of other texts and ids the
 *       last in their order.
 * </ol>
 *
 * <p>Spans may come before their trace ({@link NewTrace#builder(UUID, UUID)}); until its own record comes, it runs since the
 * earliest start that a record of its spans named, under the name {@code (unknown)}. A trace stays in its project.
 *
 * <p>A span without a cost, but with tokens and a model, gets the cost of its tokens at the model's present prices: those of
 * its {@code modelId}, else of the registered model whose provider model id is its response model, else its request model. A
 * model that was found by name becomes the span's {@code modelId}. Of several providers' models of one name it is the one
 * whose provider's name, else type, is the span's provider name, in any letter case; else the active one of the default
 * provider; else, where all have the same prices, the one with the smallest id; else none. Where a price that is needed is
 * unknown, there is no cost. Costs are rounded half up to 12 decimals. What was worked out stays, whatever becomes of models
 * and prices, until a record changes the tokens or the names it was worked out from.
 */
public interface TraceRepository {
    /** For the library's own use: the repository over a session. */
    static TraceRepository over(TenantSession session) {
        return new JooqTraceRepository(session);
    }

    /**
     * Stores or merges a trace with its spans, all or nothing.
     *
     * @throws io.promptforge.dao.error.InvalidReferenceException if the project, prompt version or a model is not there
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted
     */
    void record(NewTrace trace);

    /**
     * Stores or merges traces with their spans, all or nothing, in a number of statements that does not grow with theirs;
     * none where there is no trace. Writers of one trace take turns; whoever loses a deadlock or a race is tried again.
     * What is refused is named by its place in the list; to find it, parts of the list are tried out and undone, which
     * takes about as long again.
     *
     * @throws io.promptforge.dao.error.InvalidReferenceException if a project, prompt version or model is not there
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted
     */
    void record(List<NewTrace> traces);

    /**
     * Stores or merges further spans of a stored trace, running or not, all or nothing; the same as {@link #record(List)}
     * otherwise.
     *
     * @throws io.promptforge.dao.error.InvalidReferenceException if a model is not there
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted
     * @throws io.promptforge.dao.error.NotFoundException if there is no such trace
     */
    void addSpans(UUID traceId, List<NewSpan> spans);

    /**
     * Ends a running trace; its spans stay as they are.
     *
     * @return the trace with its payload
     * @throws io.promptforge.dao.error.IllegalTransitionException if it is not running
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted
     * @throws io.promptforge.dao.error.NotFoundException if there is no such trace
     */
    Trace finish(UUID id, TraceOutcome outcome);

    /** The trace with this id, with its payload, without its spans. */
    Optional<Trace> find(UUID id);

    /** The trace with this id and all its spans, without payloads, by one statement. */
    Optional<TraceTree> tree(UUID id);

    /** The same with the payloads of the trace and of all its spans, which may be big: a span has up to 40 MiB. */
    Optional<TraceTree> treeWithPayloads(UUID id);

    /** A span of a trace, with its payload. */
    Optional<Span> findSpan(UUID traceId, UUID spanId);

    /**
     * The traces that pass a filter, without payloads.
     *
     * @throws io.promptforge.dao.error.InvalidValueException if the order needs a project and the filter names none, or
     *     the cursor is not of this list
     */
    Page<Trace> list(TraceFilter filter, TraceOrder order, PageRequest page);

    /**
     * The traces that a trace caused (their parent trace is this one, be it stored or not), the oldest first, without
     * payloads.
     *
     * @throws io.promptforge.dao.error.InvalidValueException if the cursor is not of this list
     */
    Page<Trace> children(UUID traceId, PageRequest page);

    /** Counts the traces that pass a filter. */
    long count(TraceFilter filter);

    /** The traces that pass a filter, counted and added up, by one statement. It reads them all. */
    TraceSummary summary(TraceFilter filter);

    /**
     * Deletes a trace with its spans. Evaluation results and violations that refer to it stay, without the reference;
     * so do the traces that it caused, which keep its id.
     *
     * @throws io.promptforge.dao.error.NotFoundException if there is no such trace
     */
    void delete(UUID id);

    /** The same for those of these ids that are there, all or nothing; returns how many they were. */
    long deleteAll(List<UUID> ids);

    /** The same for the traces that pass a filter, all or nothing; returns how many they were. */
    long deleteAll(TraceFilter filter);
}
