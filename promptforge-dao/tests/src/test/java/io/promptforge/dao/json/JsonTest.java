package io.promptforge.dao.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.MAP;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.promptforge.dao.error.InvalidValueException;
import java.lang.annotation.RetentionPolicy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "\"text\"", "1", "-0.5", "true", "null", "{\"a\":[{\"b\":null}]}"})
    void aWellFormedTextIsWrittenAsItWasRead(String text) {
        assertThat(Json.parse(text).text()).isEqualTo(text);
        assertThat(Json.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "{", "[1,]", "{a:1}", "'x'", "1 2", "{}x", "NaN", "nul", "\"open", "01"})
    void aTextOtherThanOneValueIsRefused(String text) {
        assertThatThrownBy(() -> Json.parse(text))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("json"));
    }

    @Test
    void aRefusalNamesThePlaceAndNotTheText() {
        assertThatThrownBy(() -> Json.parse("{\"password\":\n \"hunter2\" oops}"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("line 2")
                .hasMessageNotContaining("hunter2")
                .hasNoCause();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1,\"b\":2} | { \"b\" : 2,\t\"a\" : 1 }",
                "[1, 2] | [1,2]",
                "1.50 | 1.5",
                "1 | 1.0",
                "100 | 1e2",
                "{\"a\":[1.0]} | {\"a\":[1]}",
                "\"\\u00e4\" | \"ä\""
            })
    void valuesThatMeanTheSameAreEqual(String one, String other) {
        assertThat(Json.parse(one)).isEqualTo(Json.parse(other)).hasSameHashCodeAs(Json.parse(other));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"1 | 2", "1 | \"1\"", "[1,2] | [2,1]", "{} | []", "null | {}", "{\"a\":null} | {}", "true | 1"})
    void valuesThatMeanSomethingElseAreNotEqual(String one, String other) {
        assertThat(Json.parse(one)).isNotEqualTo(Json.parse(other));
    }

    @Test
    void aValueMadeFromJavaEqualsTheOneReadFromText() {
        Map<String, @Nullable Object> value = new LinkedHashMap<>();
        value.put("text", "ä");
        value.put("int", 1);
        value.put("long", 2L);
        value.put("double", 0.5);
        value.put("decimal", new BigDecimal("0.1"));
        value.put("list", Arrays.asList(true, null));
        value.put("json", Json.parse("{\"deep\":[]}"));
        value.put("record", new Point(3, 4));

        Json json = Json.of(value);

        assertThat(json)
                .isEqualTo(Json.parse("{\"text\":\"ä\",\"int\":1,\"long\":2,\"double\":0.5,\"decimal\":0.1,"
                        + "\"list\":[true,null],\"json\":{\"deep\":[]},\"record\":{\"x\":3,\"y\":4}}"));
        assertThat(Json.parse(json.text())).isEqualTo(json).hasSameHashCodeAs(json);
        assertThat(json.isObject()).isTrue();
        assertThat(Json.of(null)).isEqualTo(Json.parse("null"));
        assertThat(Json.of(List.of()).isObject()).isFalse();
    }

    static Stream<Arguments> valuesWithoutAForm() {
        return Stream.of(
                arguments(Double.NaN, "", "is NaN, which is no number"),
                arguments(Map.of("rates", List.of(1, Map.of("p95", Double.NaN))), "rates[1].p95", "is NaN"),
                arguments(Map.of("rate", Float.NEGATIVE_INFINITY), "rate", "is -Infinity"),
                arguments(new double[] {1, Double.NaN}, "[1]", "is NaN"),
                arguments(new Rate(Double.NaN), "rate", "is NaN"),
                arguments(Map.of("at", Instant.EPOCH), "at", "is a java.time.Instant, which has no form in JSON"),
                arguments(new Object(), "", "is a java.lang.Object"),
                arguments(Map.of("a", Collections.singletonMap(null, 1)), "a", "has a key that is null"),
                arguments(Map.of(Instant.EPOCH, 1), "", "has a key that is no text but a java.time.Instant"),
                arguments(Map.of("a", "nul\0"), "a", "holds a NUL character"),
                arguments(List.of("half \ud83d"), "[0]", "holds half of a surrogate pair"),
                arguments(List.of(Map.of("nul\0", 1)), "[0]", "has a key that holds a NUL character"),
                arguments(Map.of("n", new BigDecimal("1e1000")), "n", "more than 1,000 digits"),
                arguments(Map.of("n", BigInteger.TWO.pow(4_000)), "n", "more than 1,000 digits"));
    }

    @ParameterizedTest
    @MethodSource("valuesWithoutAForm")
    void aJavaValueWithoutAFormIsRefusedByPlaceAndReason(Object value, String path, String reason) {
        assertThatThrownBy(() -> Json.of(value)).isInstanceOfSatisfying(InvalidValueException.class, e -> {
            assertThat(e.path().orElse("")).isEqualTo(path);
            assertThat(e.problem()).contains(reason);
            assertThat(e.remedy()).isNotBlank();
            assertThat(e.field()).isEqualTo("json");
        });
    }

    @Test
    void aValueThatContainsItselfIsRefused() {
        Map<String, Object> circle = new HashMap<>();
        circle.put("self", circle);

        assertThatThrownBy(() -> Json.of(circle))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("nested deeper than 500 levels")
                .hasMessageContaining("….self.self");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[1 | ends at line 1, column 3",
                "[1,] | malformed at line 1, column 4",
                "{} {} | goes on behind its value, at line 1, column 4",
                "{\"a\":\"\\u0000\"} | holds a NUL character, which PostgreSQL cannot store, at line 1, column 6",
                "{\"a\ud83d\":1} | holds half of a surrogate pair, which is no character, at line 1, column 2"
            })
    void aRefusalOfATextSaysWhyAndWhere(String text, String reason) {
        assertThatThrownBy(() -> Json.parse(text))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining(reason);
    }

    @Test
    void aTextIsReadTo500Levels() {
        assertThat(Json.parse("[".repeat(500) + "]".repeat(500)).text()).hasSize(1_000);
        assertThatThrownBy(() -> Json.parse("\n" + "[".repeat(501) + "]".repeat(501)))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("nested deeper than 500 levels, at line 2, column 501");
    }

    @Test
    void aByteOrderMarkIsSkippedAndTheLastOfEqualNamesCounts() {
        assertThat(Json.parse("\ufeff{\"a\":1,\"a\":2}")).isEqualTo(Json.of(Map.of("a", 2)));
    }

    @Test
    void keysAndValuesThatAreNoTextsBecomeTexts() {
        Map<Object, Object> value = new LinkedHashMap<>();
        value.put(RetentionPolicy.CLASS, RetentionPolicy.SOURCE);
        value.put(7, 'c');
        value.put("bytes", new byte[] {1, 2, 3});
        value.put("array", new int[] {1, 2});
        value.put("float", 0.7f);
        value.put("id", new UUID(0, 1));

        assertThat(Json.of(value))
                .isEqualTo(
                        Json.parse("{\"CLASS\":\"SOURCE\",\"7\":\"c\",\"bytes\":\"AQID\",\"array\":[1,2],\"float\":0.7,"
                                + "\"id\":\"00000000-0000-0000-0000-000000000001\"}"));
    }

    @Test
    void anyValueIsMadeStorable() {
        Map<Object, @Nullable Object> value = new LinkedHashMap<>();
        value.put("nul\0", "a\0b\ud83d");
        value.put("nul\ufffd", Double.NaN);
        value.put(null, new BigDecimal("1e1500"));
        value.put("at", Instant.EPOCH);
        value.put("broken", new Broken());
        value.put("deep", nested(101));
        value.put("fine", List.of(1, Map.of("a", true)));

        Json storable = Json.storable(value);

        assertThat(storable.toJava())
                .asInstanceOf(MAP)
                .containsEntry("nul\ufffd", "a\ufffdb\ufffd")
                .containsEntry("nul\ufffd\ufffd1", "NaN")
                .containsEntry("null", "1E+1500")
                .containsEntry("at", "1970-01-01T00:00:00Z")
                .containsEntry("broken", "(a io.promptforge.dao.json.JsonTest$Broken without a text)")
                .containsEntry("fine", List.of(1, Map.of("a", true)))
                .hasSize(7);
        assertThat(storable.text()).contains("(nested deeper than 100 levels)");
        assertThat(Json.storable("{\"a\":1}")).isEqualTo(Json.of("{\"a\":1}"));
        assertThat(Json.storable(Json.parse("[".repeat(500) + "]".repeat(500))).text())
                .hasSize(1_000);
    }

    @Test
    void whatIsTooBigIsCutWithANote() {
        String text = "x".repeat(70_000);

        assertThat(Json.storable(text, 1_024).text())
                .contains("… (cut: it had 70000 characters)")
                .hasSizeLessThan(1_024);
        assertThat(Json.storable(Map.of("a", text), 65_536).text()).contains("… (cut: it had 70000 characters)");
        assertThat(Json.storable(List.of(List.of(text).toArray(), "b"), 65_536).text())
                .endsWith("(cut: it had 70000 characters)\"],\"b\"]");
        assertThat(Json.storable(Collections.nCopies(5_000, "element"), 1_024).text())
                .endsWith("\"element\",{\"promptforge.dropped_count\":4926}]");
        Iterable<String> endless =
                () -> Stream.generate(() -> "x".repeat(1_000)).iterator();
        assertThat(Json.storable(endless, 1_024).text()).contains("promptforge.dropped_count");
        Map<String, Object> many = new LinkedHashMap<>();
        IntStream.range(0, 5).forEach(i -> many.put("text " + i, "x".repeat(9 << 20)));
        assertThat(Json.storable(many, 1 << 20).text())
                .contains("text 3")
                .doesNotContain("text 4")
                .endsWith("\"promptforge.left_out\":true}");
        assertThat(Json.storable(many.values(), 1 << 20).text()).endsWith("{\"promptforge.left_out\":true}]");
        assertThatThrownBy(() -> Json.of(endless)).hasMessageContaining("32 MiB");
        assertThatThrownBy(() -> Json.storable(1, 1_023)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void aValueIsPlainJavaAgain() {
        assertThat(Json.parse("{\"a\":[1,9007199254740993,0.1,\"x\",true,null]}")
                        .toJava())
                .isEqualTo(Map.of("a", Arrays.asList(1, 9007199254740993L, new BigDecimal("0.1"), "x", true, null)));
        assertThat(Json.parse("null").toJava()).isNull();
    }

    @Test
    void aNumberKeepsAllItsDigits() {
        String digits = "12345678901234567890.12345678901234567891";

        assertThat(Json.parse(digits).text()).isEqualTo(digits);
    }

    record Point(int x, int y) {}

    private static Object nested(int levels) {
        Object value = List.of();
        for (int i = 1; i < levels; i++) {
            value = List.of(value);
        }
        return value;
    }

    record Rate(double rate) {}

    static final class Broken {
        @Override
        public String toString() {
            throw new IllegalStateException("broken");
        }
    }
}
