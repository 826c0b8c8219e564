package io.promptforge.dao.opentelemetry;

import static io.promptforge.dao.opentelemetry.Sent.END;
import static io.promptforge.dao.opentelemetry.Sent.START;
import static io.promptforge.dao.opentelemetry.Sent.root;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;

import io.promptforge.dao.json.Json;
import io.promptforge.dao.opentelemetry.OpenTelemetrySpan.StatusCode;
import io.promptforge.dao.trace.NewSpan;
import io.promptforge.schema.type.ExecutionStatus;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a span is beside its attributes, and what is done for careless senders. */
class ReadSpanTest {

    @Test
    void idsNameAndTimesAreTaken() {
        NewSpan span = Sent.span(root().parentSpanId("00F067AA0BA902B7"));

        assertThat(OpenTelemetryIds.spanId(span.id())).isEqualTo(Sent.SPAN);
        assertThat(span.parentId()).isEqualTo(new UUID(0, 0x00f067aa0ba902b7L));
        assertThat(span.name()).isEqualTo("answer");
        assertThat(span.startedAt()).isEqualTo(Instant.parse("2026-11-22T12:00:00.123456Z"));
        assertThat(span.endedAt()).isEqualTo(Instant.parse("2026-11-22T12:00:02.123456Z"));
        assertThat(span.attributes()).isEqualTo(Json.emptyObject());
        assertThat(span.events()).isEqualTo(Json.emptyArray());
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                "0",
                "0000000000000000",
                "00000000000000000000000000000000",
                "AAAAAAAAAAA=",
                "AAAAAAAAAAA"
            })
    void withoutAParentItIsARoot(@Nullable String parent) {
        assertThat(Sent.span(root().parentSpanId(parent)).parentId()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "UNSET, -, SUCCESS",
                "OK, -, SUCCESS",
                "OK, timeout, SUCCESS",
                "ERROR, -, ERROR",
                "ERROR, rate_limit, ERROR",
                "ERROR, timeouts, ERROR",
                "ERROR, timeout, TIMEOUT",
                "ERROR, DEADLINE_EXCEEDED, TIMEOUT",
                "ERROR, java.util.concurrent.TimeoutException, TIMEOUT",
                "ERROR, openai.APITimeoutError, TIMEOUT",
                "ERROR, requests.exceptions.ReadTimeout, TIMEOUT",
                "ERROR, DeadlineExceeded, TIMEOUT",
                "ERROR, google.api_core.exceptions.DeadlineExceeded, TIMEOUT",
                "ERROR, context deadline exceeded, TIMEOUT",
                "ERROR, ETIMEDOUT, TIMEOUT",
                "ERROR, ESOCKETTIMEDOUT, TIMEOUT",
                "ERROR, 504, TIMEOUT",
                "ERROR, 408, TIMEOUT",
                "ERROR, HTTP_504, TIMEOUT",
                "ERROR, 504 Gateway Timeout, TIMEOUT",
                "ERROR, TimeoutError, TIMEOUT",
                "ERROR, java.net.SocketTimeoutException, TIMEOUT",
                "ERROR, subprocess.TimeoutExpired, TIMEOUT",
                "ERROR, 500, ERROR",
                "ERROR, 5040, ERROR",
            })
    void theStatusIsThatOfTheCodeAndTheError(StatusCode code, @Nullable String error, ExecutionStatus status) {
        Map<String, String> attributes = error == null ? Map.of() : Map.of("error.type", error);

        assertThat(Sent.span(root().statusCode(code).attributes(attributes)).status())
                .isEqualTo(status);
        NewSpan endless = Sent.span(root().endEpochNanos(0).statusCode(code).attributes(attributes));
        assertThat(endless.status()).isEqualTo(code == StatusCode.ERROR ? status : ExecutionStatus.RUNNING);
        assertThat(endless.endedAt()).isNull();
    }

    @Test
    void anErrorMayBeAnAttribute() {
        OpenTelemetrySpan failed = root().attributes(Map.of(
                "langfuse.observation.level", "ERROR", "langfuse.observation.status_message", "no answer"));

        NewSpan span = Sent.span(failed);
        assertThat(span.status()).isEqualTo(ExecutionStatus.ERROR);
        assertThat(span.errorMessage()).isEqualTo("no answer");
        assertThat(Sent.span(failed.statusCode(StatusCode.OK)).status()).isEqualTo(ExecutionStatus.SUCCESS);
    }

    @Test
    void aStatusOfHttpOrOfAnRpcTellsATimeout() {
        OpenTelemetrySpan failed = root().statusCode(StatusCode.ERROR);

        assertThat(Sent.span(failed.attributes(Map.of("rpc.response.status_code", "DEADLINE_EXCEEDED")))
                        .status())
                .isEqualTo(ExecutionStatus.TIMEOUT);

        assertThat(Sent.span(failed.attributes(Map.of("http.response.status_code", 504)))
                        .status())
                .isEqualTo(ExecutionStatus.TIMEOUT);
        assertThat(Sent.span(failed.attributes(Map.of("http.status_code", 408, "error.type", "_OTHER")))
                        .status())
                .isEqualTo(ExecutionStatus.TIMEOUT);
        assertThat(Sent.span(failed.attributes(Map.of("http.response.status_code", 500)))
                        .status())
                .isEqualTo(ExecutionStatus.ERROR);
    }

    @Test
    void theLastExceptionTellsTheErrorOfASpanThatFailed() {
        OpenTelemetrySpan failed = root().statusCode(StatusCode.ERROR)
                .statusMessage("")
                .event("exception", START, Map.of("exception.type", "First", "exception.message", "handled"))
                .event("exception", END, Map.of("exception.type", "a.TimeoutError", "exception.message", "too slow"))
                .event("retry", END, Map.of());

        NewSpan span = Sent.span(failed);
        assertThat(span.errorType()).isEqualTo("a.TimeoutError");
        assertThat(span.errorMessage()).isEqualTo("too slow");
        assertThat(span.status()).isEqualTo(ExecutionStatus.TIMEOUT);

        NewSpan told = Sent.span(failed.statusCode(StatusCode.ERROR)
                .statusMessage("gave up")
                .attributes(Map.of("error.type", "upstream")));
        assertThat(told.errorType()).isEqualTo("upstream");
        assertThat(told.errorMessage()).isEqualTo("gave up");
        assertThat(told.status()).isEqualTo(ExecutionStatus.ERROR);
    }

    @Test
    void anExceptionThatWasHandledIsNoError() {
        NewSpan span = Sent.span(root().event("exception", START, Map.of("exception.type", "Handled")));

        assertThat(span.errorType()).isNull();
        assertThat(span.status()).isEqualTo(ExecutionStatus.SUCCESS);
    }

    @Test
    void aStatusMessageWithoutAnErrorIsKept() {
        NewSpan span = Sent.span(root().statusCode(StatusCode.OK).statusMessage("fine"));

        assertThat(span.errorMessage()).isNull();
        assertThat(span.attributes()).isEqualTo(Json.of(Map.of("otel.status_description", "fine")));
    }

    @Test
    void tooLongTextsAreCutAndKeptInTheAttributes() {
        String name = "👋".repeat(201);
        String message = "x".repeat(10_001);
        NewSpan span = Sent.span(OpenTelemetrySpan.of(Sent.TRACE, Sent.SPAN, name, START)
                .endEpochNanos(END)
                .statusCode(StatusCode.ERROR)
                .statusMessage(message));

        assertThat(span.name()).isEqualTo("👋".repeat(200));
        assertThat(span.errorMessage()).isEqualTo("x".repeat(10_000));
        assertThat(span.attributes())
                .isEqualTo(Json.of(Map.of("otel.span.name", name, "otel.status_description", message)));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  \t", "\u00a0\u0085\u2003"})
    @SuppressWarnings("NullAway") // on purpose
    void aSpanWithoutANameIsCalledSo(@Nullable String name) {
        assertThat(Sent.span(OpenTelemetrySpan.of(Sent.TRACE, Sent.SPAN, name, START))
                        .name())
                .isEqualTo("(unnamed)");
    }

    @Test
    void anEndBeforeTheStartBecomesTheStart() {
        NewSpan span = Sent.span(root().endEpochNanos(START - 5_000));

        assertThat(span.endedAt()).isEqualTo(span.startedAt());
        assertThat(span.status()).isEqualTo(ExecutionStatus.SUCCESS);
        assertThat(span.attributes()).isEqualTo(Json.of(Map.of("otel.end_time_unix_nano", START - 5_000)));
    }

    @Test
    void aSpanWithoutAStartBeganWhenItEndedElseInNineteenSeventy() {
        NewSpan ended =
                Sent.span(OpenTelemetrySpan.of(Sent.TRACE, Sent.SPAN, "a", 0).endEpochNanos(END));
        assertThat(ended.startedAt()).isEqualTo(Instant.parse("2026-11-22T12:00:02.123456Z"));
        assertThat(ended.endedAt()).isEqualTo(ended.startedAt());
        assertThat(Sent.span(OpenTelemetrySpan.of(Sent.TRACE, Sent.SPAN, "a", 0))
                        .startedAt())
                .isEqualTo(Instant.EPOCH);
    }

    @Test
    void aSpanThatIsItsOwnParentBecomesARoot() {
        NewSpan span = Sent.span(root().parentSpanId(Sent.SPAN));

        assertThat(span.parentId()).isNull();
        assertThat(span.attributes()).isEqualTo(Json.of(Map.of("otel.parent_span_id", Sent.SPAN)));
    }

    @Test
    void eventsAndLinksAreKept() {
        NewSpan span = Sent.span(root().event("retry", START, Map.of("attempt", 2))
                .event("done", END, Map.of())
                .link("no id at all", "", Map.of("a", 1)));

        assertThat(span.events()).isEqualTo(Json.parse("""
                        [{"name":"retry","time":"2026-11-22T12:00:00.123456789Z","attributes":{"attempt":2}},
                         {"name":"done","time":"2026-11-22T12:00:02.123456789Z","attributes":{}}]
                        """));
        assertThat(span.attributes()).isEqualTo(Json.parse("""
                        {"otel.links":[{"trace_id":"no id at all","span_id":"","attributes":{"a":1}}]}
                        """));
    }

    @Test
    void everySortOfValueHasAForm() {
        Map<String, @Nullable Object> sent = new HashMap<>();
        sent.put("null", null);
        sent.put("text", "a\0b\ud800c👋");
        sent.put("n\0ul", true);
        sent.put("float", 0.7f);
        sent.put("nan", Float.NaN);
        sent.put("infinity", Double.NEGATIVE_INFINITY);
        sent.put("list", Arrays.asList(1, null, List.of("x")));
        sent.put("longs", new long[] {1, 2});
        sent.put("doubles", new double[] {0.5});
        sent.put("booleans", new boolean[] {true});
        sent.put("texts", new String[] {"a"});
        sent.put("bytes", new byte[] {1, 2, 3});
        sent.put("map", Map.of("k", Map.of(7, 'c')));
        sent.put("json", Json.parse("{\"a\":[1.0]}"));
        sent.put("enum", StatusCode.OK);
        sent.put("huge", new BigDecimal("1e9999"));

        assertThat(Sent.span(sent).attributes()).isEqualTo(Json.parse("""
                        {"null":null, "text":"a\ufffdb\ufffdc👋", "n\ufffdul":true, "float":0.7, "nan":"NaN",
                         "infinity":"-Infinity", "list":[1,null,["x"]], "longs":[1,2], "doubles":[0.5], "booleans":[true],
                         "texts":["a"], "bytes":"AQID", "map":{"k":{"7":"c"}}, "json":{"a":[1]}, "enum":"OK",
                         "huge":"1E+9999"}
                        """));
    }

    @Test
    void namesThatBecomeOneKeepTheirValues() {
        Map<String, Integer> sent = Map.of("a\0", 1, "a\ufffd", 2);
        assertThat(Sent.span(sent).attributes().toJava())
                .asInstanceOf(MAP)
                .containsOnlyKeys("a\ufffd", "a\ufffd\ufffd1")
                .containsValues(1, 2);
    }

    @Test
    void aValueThatContainsItselfIsCut() {
        Map<String, Object> circle = new HashMap<>();
        circle.put("self", circle);

        assertThat(Sent.span(Map.of("circle", circle)).attributes().text()).contains("nested deeper than 100 levels");
    }

    @Test
    void aTextOfJsonThatIsNestedTooDeepStaysAText() {
        String deep = "[".repeat(5_000) + "]".repeat(5_000);

        assertThat(Sent.span(Map.of("input.value", deep)).input()).isEqualTo(Json.of(deep));
    }

    @Test
    void aSpanKeepsACopyOfItsAttributes() {
        Map<String, Object> attributes = new HashMap<>(Map.of("a", 1));
        OpenTelemetrySpan span = root().attributes(attributes);
        attributes.put("b", 2);

        assertThat(Sent.span(span).attributes()).isEqualTo(Json.of(Map.of("a", 1)));
    }
}
