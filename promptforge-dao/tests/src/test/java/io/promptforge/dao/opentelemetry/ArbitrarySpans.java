package io.promptforge.dao.opentelemetry;

import io.promptforge.dao.json.Json;
import io.promptforge.dao.opentelemetry.OpenTelemetrySpan.StatusCode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Spans as no sender should send them: known names with any value, and whatever else. The same seed gives the same ones. */
final class ArbitrarySpans {
    private static final List<String> KNOWN = known();

    private final Random random;

    ArbitrarySpans(long seed) {
        this.random = new Random(seed);
    }

    /** A span of one of a few traces; every id of a span is new. */
    OpenTelemetrySpan span(int number) {
        OpenTelemetrySpan span = OpenTelemetrySpan.of(
                        "%032x".formatted(1 + random.nextInt(3)), "%016x".formatted(1 + number), text(), nanos())
                .parentSpanId(random.nextBoolean() ? null : "%016x".formatted(1 + random.nextInt(number + 2)))
                .endEpochNanos(random.nextInt(4) == 0 ? 0 : nanos())
                .statusCode(one(StatusCode.values()))
                .statusMessage(random.nextBoolean() ? null : text())
                .attributes(attributes());
        for (int i = random.nextInt(3); i > 0; i--) {
            span = span.event(eventName(), nanos(), attributes());
            span = span.link(text(), text(), attributes());
        }
        return span;
    }

    /** Up to 40 attributes. */
    Map<String, @Nullable Object> attributes() {
        Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
        for (int i = random.nextInt(40); i > 0; i--) {
            attributes.put(name(), value(0));
        }
        return attributes;
    }

    /** Any value that an attribute may have. */
    @Nullable Object value(int depth) {
        return switch (random.nextInt(depth < 4 ? 22 : 16)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2, 3, 4 -> random.nextInt(200);
            case 5 -> random.nextLong();
            case 6 -> random.nextInt(100) / 10.0;
            case 7 -> one(Double.NaN, Double.MAX_VALUE, Double.MIN_VALUE, -0.0, Double.NEGATIVE_INFINITY, 1e300);
            case 8 -> random.nextFloat();
            case 9 -> one(new BigDecimal("1e-600"), BigDecimal.TEN.pow(400), BigInteger.TWO.pow(5_000), 1.5f);
            case 10 -> String.valueOf(random.nextInt(200));
            case 11, 12, 13, 14, 15 -> text();
            case 16, 17 -> list(depth);
            case 18 -> object(depth);
            case 19 -> Json.storable(object(depth)).text();
            case 20 -> new byte[random.nextInt(50)];
            default -> one(new long[] {1, 2}, new double[] {Double.NaN}, new String[] {"stop", text()}, StatusCode.OK);
        };
    }

    private List<@Nullable Object> list(int depth) {
        List<@Nullable Object> list = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            list.add(value(depth + 1));
        }
        return list;
    }

    private Map<String, @Nullable Object> object(int depth) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            object.put(text(), value(depth + 1));
        }
        return object;
    }

    private String eventName() {
        return one(
                text(),
                "exception",
                "new_token",
                "gen_ai.user.message",
                "gen_ai.choice",
                "gen_ai.content.prompt",
                "gen_ai.content.completion",
                "gen_ai.client.inference.operation.details");
    }

    private String name() {
        return switch (random.nextInt(10)) {
            case 0 -> text();
            case 1 ->
                one("gen_ai.prompt.", "llm.output_messages.", "retrieval.documents.", "gen_ai.completion.")
                        + random.nextInt(2)
                        + one("", ".role", ".content", ".message.role", "..", ".0.x");
            default -> KNOWN.get(random.nextInt(KNOWN.size()));
        };
    }

    private String text() {
        return switch (random.nextInt(14)) {
            case 0 -> "";
            case 1 -> one(" ", "\t\n", "\u00a0", "\u0085", "\u2028", "\u001f", "\u200b", "\ufeff");
            case 2 -> "a\0b" + random.nextInt();
            case 3 -> "\ud83d" + random.nextInt();
            case 4 -> "👋".repeat(random.nextInt(300));
            case 5 -> "x".repeat(random.nextInt(300));
            case 6 -> "é".repeat(9_990 + random.nextInt(20));
            case 7 ->
                one(
                        "{",
                        "[1,2",
                        "{\"a\":\"\\u0000\"}",
                        "[\"stop\"]",
                        "[[[]]]",
                        "1e999999",
                        "0x10",
                        "NaN",
                        "+7",
                        "null");
            case 8 -> one("chat", "timeout", "AGENT", "tool", "execute_tool", "java.lang.TimeoutException");
            default -> "text " + random.nextInt(1_000);
        };
    }

    private long nanos() {
        return switch (random.nextInt(10)) {
            case 0 -> random.nextLong();
            case 1 -> one(0L, 1L, -1L, Long.MIN_VALUE, Long.MAX_VALUE);
            default -> Sent.START + random.nextInt();
        };
    }

    @SafeVarargs
    private <T> T one(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** The names of all attributes that are read, the beginnings of flattened lists with a place. */
    private static List<String> known() {
        List<String> names = new ArrayList<>(List.of("otel.span.name", "langfuse.trace.metadata.plan"));
        Tables.sources().forEach(source -> names.add(source.attribute() + (source.isFlattened() ? ".0.text" : "")));
        return names;
    }
}
