package io.promptforge.dao.opentelemetry;

import io.promptforge.dao.json.Json;
import io.promptforge.dao.trace.NewSpan;
import io.promptforge.dao.trace.NewTrace;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Traces as a text that a person can read: a line for each field that is known, spans below their parents, documents in order. */
final class TraceText {
    private final StringBuilder text = new StringBuilder();

    static String of(MappedTraces mapped) {
        TraceText page = new TraceText();
        mapped.traces().forEach(page::trace);
        mapped.unread().forEach(unread -> page.line(0, "unread", unread.path() + ": " + unread.problem()));
        return page.text.toString();
    }

    private void trace(NewTrace trace) {
        text.append("trace ").append(OpenTelemetryIds.traceId(trace.id())).append('\n');
        line(1, "name", trace.name());
        line(1, "status", trace.startedAt() == null ? "that of the root" : trace.status());
        line(1, "started", trace.startedAt());
        line(1, "ended", trace.endedAt());
        line(1, "environment", trace.environment());
        line(1, "tags", trace.tags().isEmpty() ? null : trace.tags());
        line(1, "session", trace.sessionId());
        line(1, "end user", trace.endUserId());
        line(1, "prompt version", trace.promptVersionId());
        line(1, "provider", trace.providerName());
        line(1, "model", trace.modelName());
        line(1, "error", trace.errorType());
        line(1, "message", trace.errorMessage());
        line(1, "input", json(trace.input()));
        line(1, "output", json(trace.output()));
        members(1, "metadata", trace.metadata());
        List<UUID> ids = trace.spans().stream().map(NewSpan::id).toList();
        trace.spans().stream()
                .filter(span -> span.parentId() == null || !ids.contains(span.parentId()))
                .sorted(Comparator.comparing(NewSpan::startedAt))
                .forEach(span -> span(1, span, trace.spans()));
    }

    private void span(int level, NewSpan span, List<NewSpan> all) {
        text.append('\n')
                .append("    ".repeat(level))
                .append(span.kind())
                .append(' ')
                .append(span.name())
                .append('\n');
        int inner = level + 1;
        line(inner, "id", OpenTelemetryIds.spanId(span.id()));
        line(inner, "parent elsewhere", span.parentRemote());
        line(inner, "status", span.status());
        line(inner, "started", span.startedAt());
        line(inner, "ended", span.endedAt());
        line(inner, "operation", span.operationName());
        line(inner, "provider", span.providerName());
        line(inner, "request model", span.requestModel());
        line(inner, "response model", span.responseModel());
        line(inner, "response id", span.responseId());
        line(inner, "finish reasons", span.finishReasons().isEmpty() ? null : span.finishReasons());
        line(inner, "temperature", span.temperature());
        line(inner, "max tokens", span.maxTokens());
        line(inner, "first token", span.timeToFirstToken());
        line(inner, "input tokens", span.inputTokens());
        line(inner, "  from cache", span.cachedInputTokens());
        line(inner, "  to cache", span.cacheCreationInputTokens());
        line(inner, "output tokens", span.outputTokens());
        line(inner, "  reasoning", span.reasoningOutputTokens());
        line(inner, "usage", span.usage().isEmpty() ? null : span.usage());
        line(inner, "service tier", span.serviceTier());
        line(inner, "cost", span.cost() == null ? null : span.cost().toPlainString());
        line(inner, "error", span.errorType());
        line(inner, "message", span.errorMessage());
        line(inner, "input", json(span.input()));
        line(inner, "output", json(span.output()));
        members(inner, "attributes", span.attributes());
        line(inner, "events", span.events().equals(Json.emptyArray()) ? null : json(span.events()));
        all.stream()
                .filter(child -> span.id().equals(child.parentId()))
                .sorted(Comparator.comparing(NewSpan::startedAt))
                .forEach(child -> span(inner, child, all));
    }

    private void members(int level, String name, Json object) {
        Map<String, @Nullable Object> sorted = new TreeMap<>();
        ((Map<?, ?>) Objects.requireNonNull(object.toJava()))
                .forEach((key, value) -> sorted.put(String.valueOf(key), value));
        if (!sorted.isEmpty()) {
            text.append("    ".repeat(level)).append(name).append('\n');
            sorted.forEach((key, value) -> line(level + 1, key, json(Json.of(value))));
        }
    }

    private void line(int level, String name, @Nullable Object value) {
        if (value != null) {
            text.append("    ".repeat(level))
                    .append(name)
                    .append(": ")
                    .append(value)
                    .append('\n');
        }
    }

    private static @Nullable String json(@Nullable Json document) {
        return document == null ? null : document.canonicalText();
    }
}
