package io.promptforge.dao.trace;

import static io.promptforge.dao.trace.NaiveMerge.GRAVEST;
import static io.promptforge.dao.trace.NaiveMerge.LAST_ID;
import static io.promptforge.dao.trace.NaiveMerge.LONGEST;

import io.promptforge.dao.json.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What must be stored of a trace: its records merged, described by its spans, as one record with the totals as its usage. */
final class ExpectedTrace {
    private final NewTrace reported;
    private final NaiveForest forest;

    private ExpectedTrace(NewTrace reported, NaiveForest forest) {
        this.reported = reported;
        this.forest = forest;
    }

    /**
     * The record that is equal to these together.
     *
     * @param spans the expected spans
     * @param note what replaces the payload; null if it is not redacted
     * @param promptVersion the prompt version that the metadata name; null if there is none
     */
    static NewTrace of(
            List<NewTrace> records, List<NewSpan> spans, @Nullable String note, @Nullable UUID promptVersion) {
        NewTrace merged = merged(records, spans);
        merged = merged.promptVersionId() == null ? merged.promptVersionId(promptVersion) : merged;
        return new ExpectedTrace(note == null ? merged : redacted(merged, note), new NaiveForest(spans)).described();
    }

    /** The number of calls without a cost, and their tokens. */
    static List<Long> unpriced(List<NewTrace> records, List<NewSpan> spans) {
        NewTrace merged = merged(records, spans);
        NaiveForest forest = new NaiveForest(spans);
        boolean costs = forest.sum(NaiveForest::cost).signum() > 0;
        if (!costs && merged.cost() != null) {
            return List.of(0L, 0L);
        }
        List<NewSpan> unpriced = forest.unpriced();
        long tokens = unpriced.stream()
                .mapToLong(span -> orZero(span.inputTokens()) + orZero(span.outputTokens()))
                .sum();
        long own = (forest.sum(NaiveForest::input).signum() > 0 ? 0 : orZero(merged.inputTokens()))
                + (forest.sum(NaiveForest::output).signum() > 0 ? 0 : orZero(merged.outputTokens()));
        return costs || own == 0
                ? List.of((long) unpriced.size(), tokens)
                : List.of(Math.max(1L, unpriced.size()), tokens + own);
    }

    private static long orZero(@Nullable Long number) {
        return number == null ? 0 : number;
    }

    /** What these records report of the trace itself. */
    static NewTrace merged(List<NewTrace> records, List<NewSpan> spans) {
        NaiveMerge<NewTrace> merge = new NaiveMerge<>(records, NewTrace::revision, NewTrace::status);
        UUID id = records.get(0).id();
        UUID project = merge.required(merge.max(NewTrace::projectId, LAST_ID));
        Instant start = merge.least(NewTrace::startedAt);
        NewTrace trace = start == null
                ? NewTrace.ofSpans(id, project, spans)
                : NewTrace.of(
                                id,
                                project,
                                merge.required(merge.greatest(NewTrace::name)),
                                merge.required(merge.max(NewTrace::status, GRAVEST)),
                                start)
                        .endedAt(merge.greatest(NewTrace::endedAt))
                        .spans(spans);
        Integer retries = merge.greatest(record -> record.retryCount() == 0 ? null : record.retryCount());
        return trace.name(merge.greatest(NewTrace::name))
                .parentTraceId(merge.max(NewTrace::parentTraceId, LAST_ID))
                .externalId(merge.greatest(NewTrace::externalId))
                .environment(merge.greatest(NewTrace::environment))
                .sessionId(merge.greatest(NewTrace::sessionId))
                .endUserId(merge.greatest(NewTrace::endUserId))
                .promptVersionId(merge.max(NewTrace::promptVersionId, LAST_ID))
                .modelId(merge.max(NewTrace::modelId, LAST_ID))
                .providerName(merge.greatest(NewTrace::providerName))
                .modelName(merge.greatest(NewTrace::modelName))
                .retryCount(retries == null ? 0 : retries)
                .errorType(merge.greatest(NewTrace::errorType))
                .errorMessage(merge.greatest(NewTrace::errorMessage))
                .inputTokens(merge.greatest(NewTrace::inputTokens))
                .outputTokens(merge.greatest(NewTrace::outputTokens))
                .cost(merge.greatest(NewTrace::cost))
                .input(merge.max(NewTrace::input, LONGEST))
                .output(merge.max(NewTrace::output, LONGEST))
                .metadata(merge.members(NewTrace::metadata))
                .tags(merge.union(NewTrace::tags));
    }

    private static NewTrace redacted(NewTrace trace, String note) {
        return trace.input(trace.input() == null ? null : Json.of(note))
                .output(trace.output() == null ? null : Json.of(note))
                .metadata(null)
                .errorMessage(null);
    }

    private NewTrace described() {
        NewTrace trace = reported.startedAt() == null ? likeRoot() : reported;
        NewSpan call = dominantCall();
        if (call != null && trace.modelId() == null && trace.modelName() == null && trace.providerName() == null) {
            trace = trace.modelId(call.modelId()).modelName(modelName(call)).providerName(call.providerName());
        }
        return trace.spans(reported.spans().stream().map(ExpectedSpan::readable).toList())
                .inputTokens(total(NaiveForest::input, trace.inputTokens()).longValueExact())
                .outputTokens(total(NaiveForest::output, trace.outputTokens()).longValueExact())
                .cost(total(NaiveForest::cost, trace.cost()));
    }

    private NewTrace likeRoot() {
        NewSpan root = forest.root();
        NewTrace trace = NewTrace.of(
                        reported.id(),
                        reported.projectId(),
                        reported.name() == null ? root.name() : reported.name(),
                        root.status(),
                        root.startedAt())
                .endedAt(root.endedAt())
                .errorType(root.errorType())
                .errorMessage(root.errorMessage());
        return trace.environment(reported.environment())
                .sessionId(reported.sessionId())
                .tags(reported.tags())
                .spans(reported.spans());
    }

    private BigDecimal total(NaiveForest.Amount kind, @Nullable Number reportedAmount) {
        BigDecimal sum = forest.sum(kind);
        return sum.signum() > 0 || reportedAmount == null ? sum : new BigDecimal(reportedAmount.toString());
    }

    /** A call of the model that cost most, else used most tokens, else was called most often, else is the first by name. */
    private @Nullable NewSpan dominantCall() {
        Comparator<NewSpan> byWeight = Comparator.<NewSpan, BigDecimal>comparing(
                        call -> forest.sum(ofSameModel(call, NaiveForest::cost)))
                .thenComparing(call -> forest.sum(ofSameModel(call, NaiveForest::input))
                        .add(forest.sum(ofSameModel(call, NaiveForest::output))))
                .thenComparing(call -> reported.spans().stream()
                        .filter(other -> model(call).equals(model(other)))
                        .count())
                .thenComparing(ExpectedTrace::model, Comparator.reverseOrder());
        return reported.spans().stream()
                .filter(span -> modelName(span) != null || span.modelId() != null)
                .max(byWeight)
                .orElse(null);
    }

    private NaiveForest.Amount ofSameModel(NewSpan call, NaiveForest.Amount kind) {
        return span -> model(call).equals(model(span)) && forest.counts(span, kind) ? kind.of(span) : null;
    }

    private static String model(NewSpan call) {
        return Arrays.asList(call.providerName(), modelName(call), call.modelId())
                .toString();
    }

    private static @Nullable String modelName(NewSpan call) {
        return call.responseModel() == null ? call.requestModel() : call.responseModel();
    }

    /** What was stored of a trace, as a record of the same form. */
    static NewTrace stored(Trace trace, List<NewSpan> spans) {
        TracePayload payload = trace.payload().orElseThrow();
        return NewTrace.of(trace.id(), trace.projectId(), trace.name(), trace.status(), trace.startedAt())
                .spans(spans)
                .endedAt(trace.endedAt().orElse(null))
                .parentTraceId(trace.parentTraceId().orElse(null))
                .externalId(trace.externalId().orElse(null))
                .environment(trace.environment().orElse(null))
                .sessionId(trace.sessionId().orElse(null))
                .endUserId(trace.endUserId().orElse(null))
                .promptVersionId(trace.promptVersionId().orElse(null))
                .modelId(trace.modelId().orElse(null))
                .providerName(trace.providerName().orElse(null))
                .modelName(trace.modelName().orElse(null))
                .retryCount(trace.retryCount())
                .errorType(trace.errorType().orElse(null))
                .errorMessage(trace.errorMessage().orElse(null))
                .inputTokens(trace.totals().inputTokens())
                .outputTokens(trace.totals().outputTokens())
                .cost(trace.totals().cost())
                .input(payload.input().orElse(null))
                .output(payload.output().orElse(null))
                .metadata(payload.metadata())
                .tags(trace.tags());
    }
}
