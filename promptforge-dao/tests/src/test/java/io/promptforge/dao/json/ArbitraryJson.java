package io.promptforge.dao.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** JSON texts and Java values with extremes, at the limits and beyond them. The same seed gives the same ones. */
final class ArbitraryJson {
    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "-0.0",
            "0e5",
            "0e-5",
            "0e1500",
            "1.50",
            "100e-2",
            "1E+3",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775809",
            "2147483648",
            "4.9e-324",
            "1.7976931348623157e308",
            "1e999",
            "-1e999",
            "1e-999",
            "1.25e-997",
            "12e998",
            "1e400",
            "0." + "0".repeat(998) + "7",
            "9".repeat(1_000),
            "-" + "9".repeat(500) + "." + "1".repeat(500));

    private static final List<String> REFUSED_NUMBERS = List.of(
            "1e1000",
            "1e-1000",
            "1e1500",
            "1e-1500",
            "1e131071",
            "1e99999999999",
            "-1e-99999999999",
            "9".repeat(1_001),
            "0." + "0".repeat(1_000) + "7");

    private static final List<String> STRINGS = List.of(
            "",
            " ",
            "null",
            "\\u0001\\b\\f\\n\\r\\t\\u001f\\u007f",
            "\\\\ \\/ \\\"",
            "\\u00e4 ä \\u2028 \u2029 \ufeff \uffff",
            "\\ud83d\\udc4b 👋",
            "👋".repeat(40),
            "x".repeat(3_000));

    private static final List<String> REFUSED_STRINGS =
            List.of("\\u0000", "a\\u0000b", "\\ud83d", "\\udc4b\\ud83d", "half \ud83d", "\udc4b");

    private final Random random;

    ArbitraryJson(long seed) {
        this.random = new Random(seed);
    }

    /** The text of a value within the limits. */
    String text() {
        return (random.nextInt(8) == 0 ? "\ufeff " : "") + value(0, false);
    }

    /** The text of an object within the limits. */
    String object() {
        return object(0, false);
    }

    /** The text of an array within the limits. */
    String array() {
        return array(0, false);
    }

    /** The text of a value that is very likely refused. */
    String refused() {
        return "[" + object(0, true) + "," + value(0, true) + "," + array(0, true) + "]";
    }

    /** Any Java value. */
    @Nullable Object javaValue(int depth) {
        return switch (random.nextInt(depth < 5 ? 20 : 16)) {
            case 0 -> null;
            case 1 -> random.nextBoolean();
            case 2 -> random.nextInt();
            case 3 -> random.nextLong();
            case 4 -> random.nextGaussian();
            case 5 -> random.nextFloat();
            case 6 -> one(List.of(Double.NaN, Float.NEGATIVE_INFINITY, Double.MAX_VALUE, Double.MIN_VALUE, -0.0));
            case 7 -> BigInteger.TWO.pow(random.nextInt(5_000));
            case 8 -> new BigDecimal(one(NUMBERS));
            case 9 -> new BigDecimal(one(List.of("1e1500", "1e-1500", "1e131071", "1e-2147483647")));
            case 10 -> one(List.of("", "a\0b", "\ud83d", "\udc4b", "👋", "x".repeat(random.nextInt(2_000))));
            case 11 -> new byte[random.nextInt(9)];
            case 12 -> new Object[] {random.nextInt(), "a", null};
            case 13 -> new double[] {0.5, Double.NaN};
            case 14 -> java.time.Instant.EPOCH;
            case 15 -> Json.parse(text());
            case 16, 17 -> {
                Map<Object, @Nullable Object> map = new LinkedHashMap<>();
                for (int i = random.nextInt(6); i > 0; i--) {
                    map.put(one(Arrays.asList("", "a", "a\0", "a\ud83d", 7, "k" + i, null)), javaValue(depth + 1));
                }
                yield map;
            }
            default -> {
                List<@Nullable Object> list = new ArrayList<>();
                for (int i = random.nextInt(6); i > 0; i--) {
                    list.add(javaValue(depth + 1));
                }
                yield list;
            }
        };
    }

    private String value(int depth, boolean refused) {
        return switch (random.nextInt(depth < 5 ? 12 : 8)) {
            case 0 -> one(List.of("null", "true", "false"));
            case 1, 2 -> one(refused ? REFUSED_NUMBERS : NUMBERS);
            case 3 -> String.valueOf(random.nextLong());
            case 4 -> random.nextInt(100_000) + "e" + (random.nextInt(40) - 20);
            case 5 -> deep(refused ? 500 + random.nextInt(2_000) : 490 - depth);
            case 6, 7 -> string(refused);
            case 8, 9 -> array(depth, refused);
            default -> object(depth, refused);
        };
    }

    private String object(int depth, boolean refused) {
        return IntStream.range(0, random.nextInt(6))
                .mapToObj(i -> name(refused) + one(List.of(":", " : ")) + value(depth + 1, refused))
                .collect(Collectors.joining(one(List.of(",", ",\n\t")), "{", "}"));
    }

    private String array(int depth, boolean refused) {
        return IntStream.range(0, random.nextInt(6))
                .mapToObj(i -> value(depth + 1, refused))
                .collect(Collectors.joining(",", "[", "]"));
    }

    /** Names repeat, have one hash code, or are very long. */
    private String name(boolean refused) {
        return switch (random.nextInt(8)) {
            case 0 -> string(refused);
            case 1 -> '"' + one(List.of("AaAa", "BBBB", "AaBB", "BBAa")) + '"';
            case 2 -> '"' + "k".repeat(random.nextInt(300)) + '"';
            default -> '"' + one(List.of("a", "b", "", "a.b", "__proto__")) + '"';
        };
    }

    private String string(boolean refused) {
        return '"' + one(refused ? REFUSED_STRINGS : STRINGS) + '"';
    }

    private String deep(int levels) {
        return random.nextBoolean()
                ? "[".repeat(levels) + "]".repeat(levels)
                : "{\"a\":".repeat(levels) + "1" + "}".repeat(levels);
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
