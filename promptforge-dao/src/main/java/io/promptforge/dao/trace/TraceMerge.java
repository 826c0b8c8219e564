package io.promptforge.dao.trace;

import io.promptforge.dao.json.Json;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rule of each column of a trace that comes in more than once. What they promise, {@link TraceRepository} says. */
final class TraceMerge {
    /** The columns that have a rule. */
    static final List<String> COLUMNS = List.of(
            "name",
            "status",
            "started_at",
            "ended_at",
            "parent_trace_id",
            "external_id",
            "environment",
            "session_id",
            "end_user_id",
            "prompt_version_id",
            "model_id",
            "provider_name",
            "model_name",
            "retry_count",
            "error_type",
            "error_message",
            "input",
            "output",
            "metadata");

    private TraceMerge() {}

    /** Without the spans, each of which has its own merge. */
    static Known<NewTrace> merge(Known<NewTrace> one, Known<NewTrace> other) {
        Merge<NewTrace> merge = new Merge<>(one, other);
        return merge.known(new NewTrace(
                one.said().id(),
                one.said().projectId(),
                merge.of("name", NewTrace::name, Precedence::greatest),
                Objects.requireNonNull(merge.of("status", NewTrace::status, Precedence::gravest)),
                merge.of("started_at", NewTrace::startedAt, Precedence::least),
                merge.of("ended_at", NewTrace::endedAt, Precedence::greatest),
                merge.of("parent_trace_id", NewTrace::parentTraceId, Precedence::id),
                merge.of("external_id", NewTrace::externalId, Precedence::greatest),
                merge.of("environment", NewTrace::environment, Precedence::greatest),
                merge.of("session_id", NewTrace::sessionId, Precedence::greatest),
                merge.of("end_user_id", NewTrace::endUserId, Precedence::greatest),
                merge.of("prompt_version_id", NewTrace::promptVersionId, Precedence::id),
                merge.of("model_id", NewTrace::modelId, Precedence::id),
                merge.of("provider_name", NewTrace::providerName, Precedence::greatest),
                merge.of("model_name", NewTrace::modelName, Precedence::greatest),
                Objects.requireNonNullElse(merge.of("retry_count", TraceMerge::retryCount, Precedence::greatest), 0),
                merge.of("error_type", NewTrace::errorType, Precedence::greatest),
                merge.of("error_message", NewTrace::errorMessage, Precedence::greatest),
                merge.of("input", NewTrace::input, Precedence::longest),
                merge.of("output", NewTrace::output, Precedence::longest),
                Objects.requireNonNullElse(
                        merge.of("metadata", TraceMerge::metadata, Precedence::union), Json.emptyObject()),
                List.of()));
    }

    private static @Nullable Integer retryCount(NewTrace trace) {
        return trace.retryCount() == 0 ? null : trace.retryCount();
    }

    private static @Nullable Json metadata(NewTrace trace) {
        return trace.metadata().equals(Json.emptyObject()) ? null : trace.metadata();
    }
}
