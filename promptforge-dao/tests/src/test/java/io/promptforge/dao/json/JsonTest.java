package io.promptforge.dao.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.error.InvalidValueException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @Test
    void aJavaValueWithoutAJsonFormIsRefused() {
        assertThatThrownBy(() -> Json.of(new Object())).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> Json.of(Double.NaN)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> Json.of(Map.of("rate", Double.POSITIVE_INFINITY)))
                .isInstanceOf(InvalidValueException.class);
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
}
