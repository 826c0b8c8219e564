package io.promptforge.dao.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.json.Json;
import io.promptforge.dao.trace.NewSpan;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Messages that come as events are input and output, as those in attributes are. */
class EventMessagesTest {
    private static final String TIME = "2026-11-22T12:00:00.123456789Z";

    @Test
    void anEventForEachMessage() {
        NewSpan span = Sent.span(Sent.root()
                .event("gen_ai.system.message", Sent.START, Map.of("gen_ai.system", "openai", "content", "Be brief."))
                .event("retry", Sent.START, Map.of("content", "not a message"))
                .event("gen_ai.user.message", Sent.START, Map.of("content", "Weather in Paris?"))
                .event("gen_ai.assistant.message", Sent.START, Map.of("tool_calls", "[{\"id\":\"c1\"}]"))
                .event("gen_ai.tool.message", Sent.START, Map.of("id", "c1", "content", "rainy"))
                .event(
                        "gen_ai.choice",
                        Sent.START,
                        Map.of("index", 0, "finish_reason", "stop", "message", "{\"content\":\"Rain.\"}")));

        assertThat(span.input()).isEqualTo(Json.parse("""
                        [{"role":"system","content":"Be brief."},
                         {"role":"user","content":"Weather in Paris?"},
                         {"role":"assistant","tool_calls":[{"id":"c1"}]},
                         {"role":"tool","id":"c1","content":"rainy"}]
                        """));
        assertThat(span.output())
                .isEqualTo(
                        Json.parse("[{\"index\":0,\"finish_reason\":\"stop\",\"message\":{\"content\":\"Rain.\"}}]"));
        assertThat(span.events()).as("what is left").isEqualTo(Json.parse("""
                        [{"name":"gen_ai.system.message","time":"%1$s","attributes":{"gen_ai.system":"openai"}},
                         {"name":"retry","time":"%1$s","attributes":{"content":"not a message"}},
                         {"name":"gen_ai.user.message","time":"%1$s","attributes":{}},
                         {"name":"gen_ai.assistant.message","time":"%1$s","attributes":{}},
                         {"name":"gen_ai.tool.message","time":"%1$s","attributes":{}},
                         {"name":"gen_ai.choice","time":"%1$s","attributes":{}}]
                        """.formatted(TIME)));
    }

    @Test
    void theBodyOfAnEventMayBeAText() {
        NewSpan span = Sent.span(Sent.root()
                .event(
                        "gen_ai.user.message",
                        Sent.START,
                        Map.of("gen_ai.event.content", "{\"role\":\"user\",\"content\":\"Hi\"}"))
                .event("gen_ai.choice", Sent.START, Map.of("body", "{\"message\":{\"content\":\"Hello\"}}")));

        assertThat(span.input()).isEqualTo(Json.parse("[{\"role\":\"user\",\"content\":\"Hi\"}]"));
        assertThat(span.output()).isEqualTo(Json.parse("[{\"message\":{\"content\":\"Hello\"}}]"));
    }

    @Test
    void anEventForThePromptAndOneForTheCompletion() {
        NewSpan span = Sent.span(Sent.root()
                .event("gen_ai.content.prompt", Sent.START, Map.of("gen_ai.prompt", "[{\"role\":\"user\"}]"))
                .event("gen_ai.content.completion", Sent.START, Map.of("gen_ai.completion", "Hello", "index", 1)));

        assertThat(span.input()).isEqualTo(Json.parse("[{\"role\":\"user\"}]"));
        assertThat(span.output()).isEqualTo(Json.of("Hello"));
        assertThat(span.events()).isEqualTo(Json.parse("""
                        [{"name":"gen_ai.content.prompt","time":"%1$s","attributes":{}},
                         {"name":"gen_ai.content.completion","time":"%1$s","attributes":{"index":1}}]
                        """.formatted(TIME)));
    }

    @Test
    void severalPromptsAreAList() {
        NewSpan span = Sent.span(Sent.root()
                .event("gen_ai.content.prompt", Sent.START, Map.of("gen_ai.prompt", "one"))
                .event("gen_ai.content.prompt", Sent.START, Map.of("gen_ai.prompt", "two")));

        assertThat(span.input()).isEqualTo(Json.parse("[\"one\",\"two\"]"));
    }

    @Test
    void promptsThatAreTooLargeTogetherAreCut() {
        String large = "x".repeat(9 * 1024 * 1024);
        NewSpan span = Sent.span(Sent.root()
                .event("gen_ai.content.prompt", Sent.START, Map.of("gen_ai.prompt", large))
                .event("gen_ai.content.prompt", Sent.START, Map.of("gen_ai.prompt", large)));

        String cut = "x".repeat(10_000) + "… (cut: it had 9437184 characters)";
        assertThat(span.input()).isEqualTo(Json.of(List.of(cut, cut)));
    }

    @Test
    void oneEventWithTheDetailsOfTheCall() {
        NewSpan span = Sent.span(Sent.root()
                .event(
                        "gen_ai.client.inference.operation.details",
                        Sent.START,
                        Map.of(
                                "gen_ai.system_instructions", "[{\"type\":\"text\",\"content\":\"Be brief.\"}]",
                                "gen_ai.input.messages", "[{\"role\":\"user\"}]",
                                "gen_ai.output.messages", "[{\"role\":\"assistant\"}]")));

        assertThat(span.input()).isEqualTo(Json.parse("""
                        [{"role":"system","parts":[{"type":"text","content":"Be brief."}]},{"role":"user"}]
                        """));
        assertThat(span.output()).isEqualTo(Json.parse("[{\"role\":\"assistant\"}]"));
    }

    @Test
    void eventsAsAnAttributeAreRead() {
        NewSpan span = Sent.span(Map.of("events", """
                        [{"event.name":"gen_ai.user.message","content":"Hi","role":"user","gen_ai.message.index":0},
                         {"event.name":"gen_ai.choice","index":0,"message":{"role":"assistant","content":"Hello"}}]
                        """));

        assertThat(span.input()).isEqualTo(Json.parse("[{\"role\":\"user\",\"content\":\"Hi\"}]"));
        assertThat(span.output())
                .isEqualTo(Json.parse("[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"Hello\"}}]"));
        assertThat(Sent.span(Map.of("events", "[{\"name\":\"other\"}]")).input())
                .isNull();
    }

    @Test
    void attributesComeBeforeEvents() {
        NewSpan span = Sent.span(Sent.root()
                .attributes(Map.of("gen_ai.input.messages", "[]"))
                .event("gen_ai.user.message", Sent.START, Map.of("content", "Hi")));

        assertThat(span.input()).isEqualTo(Json.emptyArray());
        assertThat(span.events())
                .isEqualTo(Json.parse(
                        "[{\"name\":\"gen_ai.user.message\",\"time\":\"%s\",\"attributes\":{\"content\":\"Hi\"}}]"
                                .formatted(TIME)));
    }
}
