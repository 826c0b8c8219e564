package io.promptforge.dao.opentelemetry;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.promptforge.dao.opentelemetry.OpenTelemetrySpan.StatusCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A file with the spans of an SDK, as it sends them. */
final class SentFile {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final TypeReference<Map<String, @Nullable Object>> OBJECT = new TypeReference<>() {};

    private SentFile() {}

    static MappedTraces map(UUID project, Path file) {
        try {
            JsonNode sent = MAPPER.readTree(file.toFile());
            List<OpenTelemetrySpan> spans = new ArrayList<>();
            sent.required("spans").forEach(span -> spans.add(span(span)));
            return OpenTelemetryTraces.of(project, object(sent.required("resource")), spans);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static OpenTelemetrySpan span(JsonNode sent) {
        OpenTelemetrySpan span = OpenTelemetrySpan.of(
                        sent.required("traceId").asText(),
                        sent.required("spanId").asText(),
                        sent.required("name").asText(),
                        nanos(sent.path("start")))
                .parentSpanId(sent.path("parentSpanId").asText(null))
                .parentRemote(
                        sent.has("parentRemote") ? sent.get("parentRemote").asBoolean() : null)
                .endEpochNanos(nanos(sent.path("end")))
                .statusCode(StatusCode.valueOf(sent.path("status").asText("UNSET")))
                .statusMessage(sent.path("statusMessage").asText(null))
                .attributes(object(sent.required("attributes")));
        for (JsonNode event : sent.path("events")) {
            span = span.event(
                    event.required("name").asText(), nanos(event.path("time")), object(event.path("attributes")));
        }
        return span;
    }

    private static Map<String, @Nullable Object> object(JsonNode node) {
        return MAPPER.convertValue(node, OBJECT);
    }

    private static long nanos(JsonNode time) {
        if (time.isMissingNode()) {
            return 0;
        }
        Instant instant = Instant.parse(time.asText());
        return instant.getEpochSecond() * 1_000_000_000L + instant.getNano();
    }
}
