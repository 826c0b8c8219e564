package io.promptforge.dao.opentelemetry;

import io.promptforge.dao.json.Json;
import io.promptforge.dao.opentelemetry.OpenTelemetrySpan.Event;
import io.promptforge.dao.text.StorableText;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The events of a span, whose attributes can be lifted. Not thread-safe. */
final class SpanEvents {
    /** Events that tell the arrival of the first token by their time: OpenInference's, LangSmith's, and others'. */
    private static final Set<String> FIRST_TOKEN = Set.of(
            "First Token Stream Event",
            "new_token",
            "gen_ai.content.first_token",
            "ai.stream.firstChunk",
            "gen_ai.response.first_token");

    private final List<ReadEvent> events;

    private SpanEvents(List<ReadEvent> events) {
        this.events = events;
    }

    static SpanEvents of(List<Event> events) {
        return new SpanEvents(events.stream()
                .map(event -> new ReadEvent(
                        StorableText.of(String.valueOf(event.name())),
                        Instant.ofEpochSecond(0, event.epochNanos()),
                        Attributes.of(event.attributes())))
                .toList());
    }

    List<ReadEvent> all() {
        return events;
    }

    /** The attributes of the last exception, which is the one that ended a span with an error; null if there is none. */
    @Nullable Attributes lastException() {
        return events.stream()
                .filter(event -> event.name.equals("exception"))
                .reduce((earlier, later) -> later)
                .map(ReadEvent::attributes)
                .orElse(null);
    }

    /** When the first token came; null if no event tells. */
    @Nullable Instant firstToken() {
        return events.stream()
                .filter(event -> FIRST_TOKEN.contains(event.name))
                .map(ReadEvent::time)
                .min(Instant::compareTo)
                .orElse(null);
    }

    /** The events without what was lifted, cut to this number of bytes. */
    Json rest(int mostBytes) {
        return Json.storable(events.stream().map(ReadEvent::rest).toList(), mostBytes);
    }

    /** An event with its attributes. */
    record ReadEvent(String name, Instant time, Attributes attributes) {

        private Map<String, @Nullable Object> rest() {
            Map<String, @Nullable Object> object = new LinkedHashMap<>();
            object.put("name", name);
            object.put("time", time.toString());
            object.put("attributes", attributes.left());
            return object;
        }
    }
}
