package io.promptforge.dao.trace;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.json.Json;
import io.promptforge.dao.trace.ingest.ReportedTrace;
import io.promptforge.dao.trace.ingest.TraceFields;
import io.promptforge.dao.trace.ingest.TraceLimits;
import io.promptforge.schema.type.ExecutionStatus;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A trace to be recorded, with its spans or some of them. Immutable and thread-safe; null for an optional field means that it is
 * unknown. A value that is not accepted is refused with an {@link InvalidValueException} by the method that sets it, or by the
 * database.
 */
public final class NewTrace extends Input<NewTrace> {
    private final TraceFields fields;
    private final List<NewSpan> spans;

    private NewTrace(TraceFields fields, List<NewSpan> spans) {
        super(List.of(fields, spans));
        this.fields = fields;
        this.spans = spans;
    }

    /**
     * A trace without spans.
     *
     * @param id the OpenTelemetry trace id as a UUID, or any UUID
     * @param projectId the project it belongs to
     * @param name what was asked of the application, 1 to 200 characters
     * @param status {@code RUNNING} until it has ended
     * @param startedAt the start, with microsecond precision
     */
    public static NewTrace of(UUID id, UUID projectId, String name, ExecutionStatus status, Instant startedAt) {
        TraceFields fields = new TraceFields(Check.present("id", id), Check.present("project_id", projectId));
        fields.name = Check.text("name", name);
        fields.status = Check.present("status", status);
        fields.startedAt = Check.instant("started_at", startedAt);
        return new NewTrace(fields, List.of());
    }

    /**
     * A trace of which only spans are known, and perhaps fields such as the session. Until a record made by {@link #of} is stored,
     * its root span describes it; {@link TraceRepository} states which one that is.
     *
     * @param spans at least one
     */
    public static NewTrace ofSpans(UUID id, UUID projectId, List<NewSpan> spans) {
        TraceFields fields = new TraceFields(Check.present("id", id), Check.present("project_id", projectId));
        return new NewTrace(fields, List.of()).spans(spans);
    }

    /** Sets the spans, in any order; at least one where only spans are known. */
    public NewTrace spans(List<NewSpan> list) {
        List<NewSpan> checked = Check.list("spans", list);
        if (checked.isEmpty() && fields.onlySpansKnown()) {
            throw new InvalidValueException(
                    "spans",
                    "The trace " + fields.id + ", of which only spans are known, has none.",
                    "Give at least one span.",
                    null);
        }
        return new NewTrace(fields, checked);
    }

    /** Sets the name, 1 to 200 characters; null keeps the name of {@link #of}, and means that of the root where only spans are known. */
    public NewTrace name(@Nullable String name) {
        return with(f -> f.name = name == null && !f.onlySpansKnown() ? f.name : Check.optionalText("name", name));
    }

    /** Sets the end, with microsecond precision; not before the start, and only if the status is not {@code RUNNING}. */
    public NewTrace endedAt(@Nullable Instant moment) {
        return with(f -> {
            f.endedAt = Check.optionalInstant("ended_at", moment);
            TraceLimits.end(f.status, f.startedAt, f.endedAt);
        });
    }

    /** Sets the trace that caused this one. */
    public NewTrace parentTraceId(@Nullable UUID trace) {
        return with(f -> f.parentTraceId = trace);
    }

    /** Sets the caller's id of the request, at most 200 characters. */
    public NewTrace externalId(@Nullable String id) {
        return with(f -> f.externalId = Check.optionalText("external_id", id));
    }

    /** Sets the environment, such as {@code production}, at most 100 characters. */
    public NewTrace environment(@Nullable String name) {
        return with(f -> f.environment = Check.optionalText("environment", name));
    }

    /** Sets the conversation, at most 200 characters. */
    public NewTrace sessionId(@Nullable String id) {
        return with(f -> f.sessionId = Check.optionalText("session_id", id));
    }

    /** Sets the user of the application, at most 200 characters. */
    public NewTrace endUserId(@Nullable String id) {
        return with(f -> f.endUserId = Check.optionalText("end_user_id", id));
    }

    /**
     * Sets the prompt version that was served; the trace is refused if the organization has none of this id. Where telemetry reports
     * it, see {@link #metadata}.
     */
    public NewTrace promptVersionId(@Nullable UUID version) {
        return with(f -> f.promptVersionId = version);
    }

    /** Sets the registered model. */
    public NewTrace modelId(@Nullable UUID model) {
        return with(f -> f.modelId = model);
    }

    /** Sets the provider as reported, at most 200 characters. */
    public NewTrace providerName(@Nullable String name) {
        return with(f -> f.providerName = Check.optionalText("provider_name", name));
    }

    /** Sets the model as reported, at most 200 characters. */
    public NewTrace modelName(@Nullable String name) {
        return with(f -> f.modelName = Check.optionalText("model_name", name));
    }

    /** Sets the number of retries, 0 or more. */
    public NewTrace retryCount(int count) {
        return with(f -> f.retryCount = count);
    }

    /** Sets the class of the error, at most 200 characters. */
    public NewTrace errorType(@Nullable String type) {
        return with(f -> f.errorType = Check.optionalText("error_type", type));
    }

    /** Sets the error in words, at most 10,000 characters. */
    public NewTrace errorMessage(@Nullable String message) {
        return with(f -> f.errorMessage = Check.optionalText("error_message", message));
    }

    /** Sets the number of tokens read, which counts unless a span reports its own; 0 to 1,000,000,000,000. */
    public NewTrace inputTokens(@Nullable Long number) {
        return with(f -> f.inputTokens = TraceLimits.tokens("reported_input_tokens", number));
    }

    /** Sets the number of tokens written, which counts unless a span reports its own; 0 to 1,000,000,000,000. */
    public NewTrace outputTokens(@Nullable Long number) {
        return with(f -> f.outputTokens = TraceLimits.tokens("reported_output_tokens", number));
    }

    /**
     * Sets the cost in US dollars, which counts unless a span has one; 0 to less than 1,000,000,000,000, rounded half up to 30 decimals.
     */
    public NewTrace cost(@Nullable BigDecimal dollars) {
        return with(f -> f.cost = TraceLimits.dollars("reported_cost", dollars));
    }

    /**
     * Sets the revision of this record, 0 or more; 0 by default. A record of a greater revision replaces all that records of smaller
     * ones reported of the trace itself, whichever comes first; its spans have revisions of their own.
     */
    public NewTrace revision(int number) {
        return with(f -> f.revision = number);
    }

    /** Sets the input, at most 16 MiB. */
    public NewTrace input(@Nullable Json document) {
        return with(f -> f.input = document);
    }

    /** Sets the output, at most 16 MiB. */
    public NewTrace output(@Nullable Json document) {
        return with(f -> f.output = document);
    }

    /**
     * Sets everything else, a JSON object of at most 256 KiB.
     *
     * <p>Without {@link #promptVersionId}, the member {@code promptforge.prompt} names the prompt version: {@code {"version_id": "…",
     * "name": "refund", "version": "7"}}, each of them optional. The trace gets the version of this id, else of this name and version
     * number, if its project has one when the record is stored; else none. {@link io.promptforge.dao.opentelemetry.OpenTelemetryTraces}
     * writes this member.
     */
    public NewTrace metadata(@Nullable Json object) {
        return with(f -> f.metadata = object == null ? Json.emptyObject() : object);
    }

    /** Sets the tags, short labels such as {@code beta}, none of them blank, at most 4 KiB together. */
    public NewTrace tags(@Nullable List<String> labels) {
        return with(f -> f.tags = labels == null ? List.of() : TraceTags.of(labels));
    }

    /** The id. */
    public UUID id() {
        return fields.id;
    }

    /** The project. */
    public UUID projectId() {
        return fields.projectId;
    }

    /** The name; null where only spans are known. */
    public @Nullable String name() {
        return fields.name;
    }

    /** The status. */
    public ExecutionStatus status() {
        return fields.status;
    }

    /** The start; null where only spans are known. */
    public @Nullable Instant startedAt() {
        return fields.startedAt;
    }

    /** The end; null while it runs or if it is unknown. */
    public @Nullable Instant endedAt() {
        return fields.endedAt;
    }

    /** The trace that caused this one. */
    public @Nullable UUID parentTraceId() {
        return fields.parentTraceId;
    }

    /** The caller's id of the request. */
    public @Nullable String externalId() {
        return fields.externalId;
    }

    /** The environment. */
    public @Nullable String environment() {
        return fields.environment;
    }

    /** The conversation. */
    public @Nullable String sessionId() {
        return fields.sessionId;
    }

    /** The user of the application. */
    public @Nullable String endUserId() {
        return fields.endUserId;
    }

    /** The prompt version that was served. */
    public @Nullable UUID promptVersionId() {
        return fields.promptVersionId;
    }

    /** The registered model. */
    public @Nullable UUID modelId() {
        return fields.modelId;
    }

    /** The provider as reported. */
    public @Nullable String providerName() {
        return fields.providerName;
    }

    /** The model as reported. */
    public @Nullable String modelName() {
        return fields.modelName;
    }

    /** The number of retries. */
    public int retryCount() {
        return fields.retryCount;
    }

    /** The class of the error. */
    public @Nullable String errorType() {
        return fields.errorType;
    }

    /** The error in words. */
    public @Nullable String errorMessage() {
        return fields.errorMessage;
    }

    /** The tokens read, as reported of the trace itself. */
    public @Nullable Long inputTokens() {
        return fields.inputTokens;
    }

    /** The tokens written, as reported of the trace itself. */
    public @Nullable Long outputTokens() {
        return fields.outputTokens;
    }

    /** The cost in US dollars, as reported of the trace itself. */
    public @Nullable BigDecimal cost() {
        return fields.cost;
    }

    /** The revision of this record. */
    public int revision() {
        return fields.revision;
    }

    /** The input. */
    public @Nullable Json input() {
        return fields.input;
    }

    /** The output. */
    public @Nullable Json output() {
        return fields.output;
    }

    /** Everything else, a JSON object. */
    public Json metadata() {
        return fields.metadata;
    }

    /** The tags, sorted and without repetition. */
    public List<String> tags() {
        return fields.tags;
    }

    /** The spans. */
    public List<NewSpan> spans() {
        return spans;
    }

    /**
     * Estimates how many bytes of memory the trace takes with its spans: 512 for each trace and span, 64 for each text and 2 for
     * each of its characters, and for each document what {@link Json#estimatedBytes()} says.
     */
    public long estimatedBytes() {
        long bytes = fields.estimatedBytes();
        for (NewSpan span : spans) {
            bytes += span.fields().estimatedBytes();
        }
        return bytes;
    }

    ReportedTrace reported() {
        return new ReportedTrace(
                fields.id, fields, spans.stream().map(NewSpan::fields).toList());
    }

    private NewTrace with(Consumer<TraceFields> change) {
        TraceFields changed = fields.clone();
        change.accept(changed);
        return new NewTrace(changed, spans);
    }

    /** The id and the number of spans, without the other values. */
    @Override
    public String toString() {
        return "NewTrace[" + fields.id + ", " + spans.size() + " spans]";
    }
}
