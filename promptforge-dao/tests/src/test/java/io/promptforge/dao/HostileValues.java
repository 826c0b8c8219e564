package io.promptforge.dao;

import io.promptforge.dao.audit.AuditDigest;
import io.promptforge.dao.json.Json;
import io.promptforge.dao.page.PageRequest;
import java.lang.reflect.Array;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values that break careless code, by type; empty for a type of which there is none. */
final class HostileValues {
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "'",
            "\"",
            "\\",
            "%",
            "_",
            "?",
            ":name",
            "$1",
            "{0}",
            "'; DROP TABLE promptforge.users; --",
            "' OR '1'='1",
            "$$; SELECT pg_sleep(9); $$",
            "\\'; DELETE FROM promptforge.prompts; --",
            "COPY x FROM PROGRAM 'id'",
            "\\.",
            "\\N",
            "a\tb\nc\rd",
            "a,b\"c\"",
            "{a,NULL,\"b\"}",
            "\0",
            "before\0after",
            "\u0001\u0008\u001b[2J\u007f\u0085",
            "\ud800",
            "\udc00 and \ud83d",
            "\ud83d\ude00 \ud83d\udc68\u200d\ud83d\udc69",
            "\u202eevil\u202c",
            "\u200b",
            "\ufeff",
            "\ufffe\uffff",
            "\u00a0",
            "I\u0307\u0131\u1e9e",
            "a\u0301".repeat(300),
            "x".repeat(201),
            "x".repeat(5_000),
            "\ud83d\ude00".repeat(200_000),
            "null",
            "NaN",
            "-1",
            "2026-13-45",
            "00000000-0000-0000-0000-000000000000",
            "../../etc/passwd",
            "{{" + "#a}}{{".repeat(2_000),
            "(".repeat(5_000),
            "<script>alert(1)</script>",
            "a@b",
            "@",
            "A@B.C'--");

    private static final List<String> DOCUMENTS = List.of(
            "null",
            "{}",
            "[]",
            "\"\"",
            "0",
            "true",
            "-0",
            "1e400",
            "1e-400",
            "1E131073",
            "1E999999999",
            "12345678901234567890123456789012345678901234567890.123456789",
            "{\"\\u0000\": 1}",
            "{\"a\": \"\\u0000\"}",
            "[\"\\ud800\"]",
            "{\"a\": 1, \"a\": 2}",
            "{\"\": {\"\": {\"\": null}}}",
            "[".repeat(900) + "]".repeat(900),
            "[".repeat(50_000) + "]".repeat(50_000),
            "{\"a\":".repeat(900) + "1" + "}".repeat(900),
            "\"" + "x".repeat(20_000_000) + "\"",
            "[" + "0,".repeat(300_000) + "0]",
            "{\"__proto__\": {}, \"constructor\": null, \"$ref\": \"#\"}",
            "{\"role\": \"system\", \"content\": [[[]]]}",
            "[{\"role\": null}]",
            "{\"type\": \"object\", \"properties\": {\"a\": {\"$ref\": \"#/properties/a\"}}}");

    private static final List<BigDecimal> NUMBERS = List.of(
            BigDecimal.ZERO,
            new BigDecimal("-0.0000001"),
            new BigDecimal("-1"),
            new BigDecimal("1E-20000"),
            new BigDecimal("1E+20000"),
            new BigDecimal("1E+131073"),
            new BigDecimal(BigInteger.ONE, Integer.MAX_VALUE),
            new BigDecimal(BigInteger.ONE, Integer.MIN_VALUE),
            new BigDecimal("9".repeat(40)),
            new BigDecimal("0." + "3".repeat(40)));

    private static final List<Long> INTEGERS =
            List.of(0L, -1L, 1L, 1L << 31, (1L << 31) - 1, -(1L << 31), Long.MAX_VALUE, Long.MIN_VALUE);

    private static final List<Double> DOUBLES = List.of(
            Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, Double.MIN_VALUE, Double.MAX_VALUE);

    private static final List<Instant> TIMES = List.of(
            Instant.MIN,
            Instant.MAX,
            Instant.EPOCH,
            Instant.parse("-4713-01-01T00:00:00Z"),
            Instant.parse("+294277-01-01T00:00:00Z"),
            Instant.parse("+10000-01-01T00:00:00Z"),
            Instant.parse("2026-11-29T12:00:00.999999999Z"));

    private static final List<Duration> DURATIONS = List.of(
            Duration.ZERO,
            Duration.ofSeconds(Long.MAX_VALUE, 999_999_999),
            Duration.ofSeconds(Long.MIN_VALUE),
            Duration.ofNanos(-1),
            Duration.ofNanos(1),
            Duration.ofDays(40_000_000));

    private final Random random;
    private final List<UUID> foreign;
    private final List<String> cursors;

    /**
     * Values in an order that follows from the seed.
     *
     * @param foreign ids of another tenant
     * @param cursors of other lists
     */
    HostileValues(long seed, List<UUID> foreign, List<String> cursors) {
        this.random = new Random(seed);
        this.foreign = foreign;
        this.cursors = cursors;
    }

    Optional<Object> of(Type type) {
        return Optional.ofNullable(value(type));
    }

    private @Nullable Object value(Type type) {
        if (type instanceof ParameterizedType many) {
            return many((Class<?>) many.getRawType(), many.getActualTypeArguments());
        }
        Class<?> raw = (Class<?>) type;
        if (raw == byte[].class) {
            return new byte[any(List.of(0, 1, 8_193, 1 << 20))];
        }
        if (raw.isArray()) {
            Object array = Array.newInstance(raw.getComponentType(), random.nextInt(3));
            for (int i = 0; i < Array.getLength(array); i++) {
                Array.set(array, i, value(raw.getComponentType()));
            }
            return array;
        }
        if (raw.isEnum()) {
            return any(List.of(raw.getEnumConstants()));
        }
        return switch (raw.getSimpleName()) {
            case "String" -> any(TEXTS);
            case "UUID" -> random.nextBoolean() ? any(foreign) : any(List.of(new UUID(0, 0), new UUID(-1, -1)));
            case "Instant" -> any(TIMES);
            case "Duration" -> any(DURATIONS);
            case "BigDecimal" -> any(NUMBERS);
            case "Json" -> document();
            case "Long", "long" -> any(INTEGERS);
            case "Integer", "int" -> any(INTEGERS).intValue();
            case "Double", "double" -> any(DOUBLES);
            case "Boolean", "boolean" -> random.nextBoolean();
            case "PageRequest" -> PageRequest.first(1).after(cursor());
            case "AuditDigest" -> new AuditDigest(any(foreign), any(INTEGERS), any(TEXTS));
            default -> null;
        };
    }

    private @Nullable Object many(Class<?> raw, Type[] of) {
        int size = any(List.of(0, 1, 2, 1_001));
        List<@Nullable Object> elements = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            elements.add(i < 2 || of[0] != UUID.class ? value(of[0]) : UUID.randomUUID());
        }
        if (Collection.class.isAssignableFrom(raw)) {
            return raw == Set.class ? new LinkedHashSet<>(elements) : elements;
        }
        return raw == Map.class && !elements.isEmpty()
                ? Collections.singletonMap(elements.get(0), value(of[1]))
                : raw == Map.class ? Map.of() : null;
    }

    private Json document() {
        return random.nextInt(8) == 0 ? Json.of(any(TEXTS)) : Json.parse(any(DOCUMENTS));
    }

    private String cursor() {
        String some = any(cursors);
        return switch (random.nextInt(5)) {
            case 0 -> any(TEXTS);
            case 1 -> some.substring(random.nextInt(some.length()));
            case 2 -> some;
            case 3 -> Base64.getUrlEncoder().encodeToString(any(TEXTS).getBytes(StandardCharsets.UTF_8));
            default -> changed(some);
        };
    }

    private String changed(String text) {
        int at = random.nextInt(text.length());
        return text.substring(0, at) + (char) ('!' + random.nextInt(90)) + text.substring(at + 1);
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
