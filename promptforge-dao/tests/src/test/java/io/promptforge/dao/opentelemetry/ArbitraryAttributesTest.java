package io.promptforge.dao.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.json.Json;
import io.promptforge.dao.trace.NewSpan;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a sender sends: nothing of it is refused, and no value is lost. */
class ArbitraryAttributesTest {
    private static final int ROUNDS = 400;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 5);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void nothingIsRefused(long seed) {
        ArbitrarySpans arbitrary = new ArbitrarySpans(seed);
        for (int i = 0; i < ROUNDS / 20; i++) {
            List<OpenTelemetrySpan> spans =
                    IntStream.range(0, 20).mapToObj(arbitrary::span).toList();
            Map<String, @Nullable Object> resource = arbitrary.attributes();
            assertThatCode(() -> OpenTelemetryTraces.of(Sent.PROJECT, resource, spans))
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyAttributeIsInAColumnOrStays(long seed) {
        ArbitrarySpans arbitrary = new ArbitrarySpans(seed);
        int lifted = 0;
        for (int i = 0; i < ROUNDS; i++) {
            Map<String, @Nullable Object> sent =
                    Attributes.of(arbitrary.attributes()).left();
            NewSpan span = Sent.span(sent);
            Map<?, ?> left =
                    (Map<?, ?>) Objects.requireNonNull(span.attributes().toJava());
            Set<Json> inColumns = inColumns(span);
            for (Map.Entry<String, @Nullable Object> attribute : sent.entrySet()) {
                if (left.containsKey(attribute.getKey())) {
                    assertThat(Json.of(left.get(attribute.getKey()))).isEqualTo(Json.of(attribute.getValue()));
                } else {
                    assertThat(forms(attribute.getValue()))
                            .as("%s of %s", attribute, sent)
                            .anyMatch(inColumns::contains);
                    lifted++;
                }
            }
            assertThat(sent.keySet().stream().map(Object.class::cast)).containsAll(left.keySet());
        }
        assertThat(lifted).as("lifted attributes").isGreaterThan(ROUNDS);
    }

    /** All values of the columns, and all parts of the documents in them. */
    private static Set<Json> inColumns(NewSpan span) {
        Set<Json> values = new HashSet<>();
        Stream.of(
                        span.operationName(),
                        span.providerName(),
                        span.requestModel(),
                        span.responseModel(),
                        span.responseId(),
                        span.finishReasons(),
                        span.temperature(),
                        span.maxTokens(),
                        seconds(span.timeToFirstToken(), 0),
                        seconds(span.timeToFirstToken(), 3),
                        seconds(span.timeToFirstToken(), 9),
                        span.inputTokens(),
                        span.outputTokens(),
                        span.cachedInputTokens(),
                        span.cacheCreationInputTokens(),
                        span.reasoningOutputTokens(),
                        span.serviceTier(),
                        span.errorType(),
                        span.errorMessage(),
                        span.input() == null ? null : span.input().toJava(),
                        span.output() == null ? null : span.output().toJava())
                .forEach(value -> addParts(value, values));
        return values;
    }

    private static void addParts(@Nullable Object value, Set<Json> parts) {
        parts.add(Json.of(value));
        if (value instanceof Map<?, ?> map) {
            map.values().forEach(part -> addParts(part, parts));
        }
        if (value instanceof List<?> list) {
            list.forEach(part -> addParts(part, parts));
            // The messages behind the system's instructions.
            parts.add(Json.of(list.isEmpty() ? list : list.subList(1, list.size())));
        }
    }

    /** What a value may have become. */
    private static List<Json> forms(@Nullable Object value) {
        List<Json> forms = new ArrayList<>(List.of(Json.of(value)));
        if (value instanceof Number) {
            forms.add(Json.of(value.toString()));
        }
        if (value instanceof List<?> list) {
            forms.add(Json.of(list.stream()
                    .map(each -> each instanceof String text ? parsed(text) : each)
                    .toList()));
        }
        if (value instanceof String text) {
            try {
                forms.add(Json.parse(text));
            } catch (InvalidValueException e) {
                // No JSON.
            }
            try {
                forms.add(Json.of(new BigDecimal(text.strip())));
            } catch (NumberFormatException | InvalidValueException e) {
                // No number, or one that stays a text.
            }
        }
        return forms;
    }

    private static @Nullable Object parsed(String text) {
        try {
            return Json.parse(text).toJava();
        } catch (InvalidValueException e) {
            return text;
        }
    }

    /** The duration in units of which a second has this power of ten. */
    private static @Nullable BigDecimal seconds(@Nullable Duration duration, int digits) {
        return duration == null
                ? null
                : BigDecimal.valueOf(duration.getSeconds())
                        .add(BigDecimal.valueOf(duration.getNano(), 9))
                        .movePointRight(digits);
    }
}
