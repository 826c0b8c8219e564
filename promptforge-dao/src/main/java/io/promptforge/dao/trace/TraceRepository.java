package io.promptforge.dao.trace;

import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The traces of a tenant and their spans.
 *
 * <p>Thread-safe, unless it was reached through a transaction or a caller's connection. Every method refuses null with an
 * {@link io.promptforge.dao.error.InvalidValueException}. An id of another tenant is not found.
 *
 * <h2>Merging</h2>
 *
 * <p>Telemetry arrives late, twice and out of order. A trace is identified by its id, a span by the id of its trace and its own
 * id. All records of one trace or span are merged, column by column:
 *
 * <ol>
 *   <li>Records of the greatest revision ({@link NewSpan#revision}, {@link NewTrace#revision}) count; they replace all that records of
 *       smaller revisions reported. Among records of one revision:
 *   <li>A null, an empty list or document, and a retry count of 0 report nothing, and never replace a value. The counts of tokens of
 *       a span are one value, because some are parts of others.
 *   <li>A value from a record of the ended trace or span replaces one from a record of the running one, whichever comes first.
 *   <li>Two values from records of the same state are decided by a rule: the earliest start; the latest end; the greater number
 *       (the count of input or output tokens is at least that of each of its parts); error before timeout before success; any
 *       kind before {@code OTHER}; of attributes and metadata the members of both, and of a member of both the bigger value; of
 *       tags those of both; of tags that together exceed 4 KiB, the shortest; of members that together
 *       exceed their column, the first in the order of their names, and the member {@code promptforge.cut} says from which name on they
 *       are missing; of other documents and lists the longer one; of all other texts and ids the last in their order.
 * </ol>
 *
 * <p>So the result does not depend on the order of the records, on their batches, on concurrent writers, or on repetitions.
 *
 * <p>What a person has set by {@link #update} stays, whatever records come later.
 *
 * <h2>Traces of which only spans are known</h2>
 *
 * <p>Spans may come before their trace, or without it ({@link NewTrace#ofSpans}), as those of a service that another one calls. Until a
 * record of the trace itself comes, its root describes it: name, status, start, end and error of the trace are those of the earliest
 * span whose parent is not among the stored spans; a span without a parent, or with one of another process
 * ({@link NewSpan#parentRemote}), goes before one whose parent has not come yet. A trace that reports neither provider nor model has
 * those of its dominant model: the one that cost most, else used most tokens, else was called most often. A trace that reports no
 * prompt version has the one that its metadata names, if there is one ({@link NewTrace#metadata}).
 *
 * <p>A trace id is unique in the organization. If two projects record the same trace, as when a request crosses two services, it has the
 * spans of both, and belongs to one of them: the project that a record of the ended trace reports goes before that of other records,
 * and among equals the last in the order of the ids.
 *
 * <h2>Totals</h2>
 *
 * <p>Usage counts once. Frameworks put the sum of the children on the parent, so the input tokens, the output tokens and the cost of a
 * span each count towards its trace unless one of its descendants reports more than 0 of that kind. What was reported stays readable
 * on each span. If no span reports more than 0 of a kind, the total is what the trace itself reports ({@link NewTrace#inputTokens}), else 0.
 *
 * <p>Unknown is not zero. Totals and sums say how many calls, with how many tokens, have no cost. A call is a span that reports usage
 * above 0 or a cost; or one of kind {@code LLM} or {@code EMBEDDING} that names a model and succeeded. Of calls inside each other the
 * innermost counts. A call inside a span whose cost counts is covered by that cost.
 *
 * <h2>Costs</h2>
 *
 * <p>A span that reports usage and a model but no cost gets the cost of its usage, exact, at the model's prices of the moment when the span
 * started, whenever it is recorded, and of its service tier. {@link #costOf} explains it. The model is the one of its {@code modelId}; without that, the one that
 * {@link io.promptforge.dao.model.ModelRepository#resolve} finds by the span's response model, or, if no model has that name, by its
 * request model, and by its provider name; its id becomes the span's {@code modelId}.
 *
 * <p>If a price that is needed is unknown, the span has no cost. A computed cost and a model that was found by name stay as they
 * are, whatever happens to models and prices, until a record changes the usage, tier, start or names from which they were derived.
 *
 * <h2>Wrong clocks</h2>
 *
 * <p>A start is stored as it was reported, whatever the clock of the sender says. Where it lies more than 24 hours after the trace
 * was first stored ({@link Trace#createdAt}), lists, counts, sums and deletions take the trace as started when it was stored, so that
 * it does not stay ahead of all others. A start in the past counts as reported, since history is imported; but the
 * {@link io.promptforge.dao.maintenance.Maintenance retention} of a trace that is more than 24 hours off counts from when it was stored.
 *
 * <p>An end that a record reports before its own start is stored as the start; what was reported stays as {@code
 * promptforge.reported_end} in the metadata of the trace or the attributes of the span.
 */
public interface TraceRepository {
    /**
     * Stores a trace with its spans, or merges it into the stored one; all or nothing. Equivalent to {@link #record(List)} with
     * one trace.
     *
     * @throws io.promptforge.dao.error.InvalidReferenceException if the project, prompt version or a model does not exist
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted
     */
    void record(NewTrace trace);

    /**
     * Stores traces with their spans, or merges them into the stored ones; all or nothing, by a constant number of statements (none
     * for an empty list). Writers of the same trace take turns; a transaction that loses a race or a deadlock is retried, unless it
     * is the caller's. If the batch is refused, the error names the first failing element by its place in the list: it is found by
     * running parts of the batch again in one transaction that is rolled back, which takes about as long again.
     *
     * @throws io.promptforge.dao.error.InvalidReferenceException if a project, prompt version or model does not exist
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted
     * @throws io.promptforge.dao.error.RetryableException if it lost against other writers in every attempt
     */
    void record(List<NewTrace> traces);

    /**
     * Stores the traces that are accepted, or merges them into the stored ones, and returns the others; for a batch from elsewhere, of
     * which a bad trace must not keep out the good ones. Each trace is stored with all its spans or not at all.
     *
     * <p>While no trace is refused, this is as {@link #record(List)}. However many are refused, it takes two transactions: the attempt
     * to store all, and one that stores the accepted traces. New traces of a project that does not exist are found by one statement. The
     * others are stored in parts, each in a savepoint, and a refused part is halved: of 1,000 traces that are at most 20 parts if one is
     * refused for a value, 60 if three are, 1,400 if half of them are and 1,008 if all are; the path of a refused span takes as many more
     * as the number of its trace's spans has binary digits.
     *
     * @return the refused traces in the order of the list; empty if all are stored
     * @throws io.promptforge.dao.error.RetryableException if it lost against other writers in every attempt; nothing is stored
     */
    List<RefusedTrace> recordAccepted(List<NewTrace> traces);

    /**
     * Stores or merges further spans of a stored trace, running or ended; all or nothing, and otherwise as {@link #record(List)}.
     *
     * @throws io.promptforge.dao.error.InvalidReferenceException if a model does not exist
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted
     * @throws io.promptforge.dao.error.NotFoundException if there is no such trace
     */
    void addSpans(UUID traceId, List<NewSpan> spans);

    /**
     * Ends a running trace. Its spans are not changed.
     *
     * @return the trace with its payload
     * @throws io.promptforge.dao.error.IllegalTransitionException if it is not running
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted
     * @throws io.promptforge.dao.error.NotFoundException if there is no such trace
     */
    Trace finish(UUID id, TraceOutcome outcome);

    /**
     * Edits a trace: what is set here stays, whatever records of the trace come later.
     *
     * @return the trace with its payload
     * @throws io.promptforge.dao.error.ConflictException if the changes name the state that they were made from, and it is outdated
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted
     * @throws io.promptforge.dao.error.NotFoundException if there is no such trace
     */
    Trace update(UUID id, TraceChanges changes);

    /** The trace with this id, with its payload but without its spans. */
    Optional<Trace> find(UUID id);

    /**
     * The traces with these ids, at most 1,000, by id and in their order, without payloads; ids that are not found are left out.
     */
    Map<UUID, Trace> findAll(Collection<UUID> ids);

    /** As {@link #findAll}, with payloads. They may be large: up to 40 MiB for each trace. */
    Map<UUID, Trace> findAllWithPayloads(Collection<UUID> ids);

    /** The trace with this id and all its spans, without payloads, by one statement. */
    Optional<TraceTree> tree(UUID id);

    /**
     * The trace with this id and all its spans, with their payloads, by one statement. Payloads may be large: up to 40 MiB for each
     * span.
     */
    Optional<TraceTree> treeWithPayloads(UUID id);

    /** The span with this id in this trace, with its payload. */
    Optional<Span> findSpan(UUID traceId, UUID spanId);

    /**
     * The cost of a span, line by line: counts times prices, whose exact sum is the stored cost; or why it is unknown. Empty if there is
     * no such span.
     */
    Optional<SpanCost> costOf(UUID traceId, UUID spanId);

    /**
     * A page of the traces that pass the filter, without payloads.
     *
     * @throws io.promptforge.dao.error.InvalidValueException if the cursor is not one of this list
     */
    Page<Trace> list(TraceFilter filter, TraceOrder order, PageRequest page);

    /**
     * A page of the traces whose parent is this trace, the oldest first, without payloads. The parent need not be stored.
     *
     * @throws io.promptforge.dao.error.InvalidValueException if the cursor is not one of this list
     */
    Page<Trace> children(UUID traceId, PageRequest page);

    /**
     * Counts and sums over the children of each of these traces, at most 1,000, by id and in their order, by one statement. Traces
     * without children are left out; they need not be stored.
     */
    Map<UUID, TraceSummary> childSummaries(Collection<UUID> ids);

    /**
     * The values that a field has in the traces that pass the filter, for a drop-down: at most 100, sorted. Reads few rows, however
     * many traces there are: of the names, it seeks the first 1,000 of the organization in the index and, for each, whether a project
     * has it in the period; tags and keys of metadata are those of the newest 100 traces of each project.
     */
    List<String> findValues(TraceField field, TraceValueFilter filter);

    /** Counts the traces that pass the filter. */
    long count(TraceFilter filter);

    /** Counts and sums over the traces that pass the filter, by one statement, which reads all of them. */
    TraceSummary summary(TraceFilter filter);

    /**
     * Removes the payloads of a trace and of all its spans for good: input and output are replaced by the note where there are any;
     * metadata, attributes, events and error messages are emptied. Names, ids, times, tokens and costs stay, and so do evaluation
     * results and violations. {@link TracePayload#redaction} says when it was done and by which user; a further redaction replaces that.
     *
     * <p>No later record brings a payload back: neither a repetition, nor one of a greater revision, nor a late span, nor
     * {@link #finish}. To delete the trace instead does not prevent that; and neither reaches backups.
     *
     * @throws io.promptforge.dao.error.InvalidReferenceException if the user does not exist
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted
     * @throws io.promptforge.dao.error.NotFoundException if there is no such trace
     */
    void redact(UUID id, Redaction redaction);

    /**
     * Removes the payloads of these spans for good, as {@link #redact} does for all spans of a trace, and the error message that the
     * trace has from one of them; ids that are not found are ignored. What the trace's own records report stays.
     *
     * @return the number of redacted spans
     * @throws io.promptforge.dao.error.InvalidReferenceException if the user does not exist
     * @throws io.promptforge.dao.error.InvalidValueException if a value is not accepted
     * @throws io.promptforge.dao.error.NotFoundException if there is no such trace
     */
    long redactSpans(UUID traceId, Collection<UUID> spanIds, Redaction redaction);

    /**
     * Deletes a trace with its spans. Evaluation results and violations that refer to it stay and lose the reference; its children
     * stay and keep its id.
     *
     * @throws io.promptforge.dao.error.NotFoundException if there is no such trace
     */
    void delete(UUID id);

    /**
     * Deletes the traces with these ids as {@link #delete} does, all or nothing; ids that are not found are ignored.
     *
     * @return the number of deleted traces
     */
    long deleteAll(Collection<UUID> ids);

    /**
     * Deletes the traces that pass the filter as {@link #delete} does, all or nothing.
     *
     * @return the number of deleted traces
     */
    long deleteAll(TraceFilter filter);
}
