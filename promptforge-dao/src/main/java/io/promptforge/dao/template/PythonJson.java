package io.promptforge.dao.template;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** JSON as Jinja's filter {@code tojson} writes it: keys in order, blanks behind commas and colons, ASCII, and safe within HTML. */
final class PythonJson {
    private PythonJson() {}

    /** The text; empty if it holds a number that Python writes with an exponent. */
    static Optional<String> text(@Nullable Object value) {
        StringBuilder text = new StringBuilder();
        return append(value, text) ? Optional.of(text.toString()) : Optional.empty();
    }

    private static boolean append(@Nullable Object value, StringBuilder text) {
        if (value instanceof Map<?, ?> map) {
            return appendMembers(map, text);
        }
        if (value instanceof List<?> list) {
            return appendElements(list, text);
        }
        if (value instanceof String string) {
            appendString(string, text);
            return true;
        }
        if (value instanceof BigDecimal) {
            Optional<String> number = PythonValues.text(value);
            number.ifPresent(text::append);
            return number.isPresent();
        }
        text.append(value);
        return !(value instanceof Undefined);
    }

    private static boolean appendMembers(Map<?, ?> map, StringBuilder text) {
        Map<String, @Nullable Object> sorted =
                new TreeMap<>((one, other) -> PythonValues.compare(one, other).orElseThrow());
        map.forEach((key, value) -> sorted.put(String.valueOf(key), value));
        String separator = "{";
        for (Map.Entry<String, @Nullable Object> member : sorted.entrySet()) {
            appendString(member.getKey(), text.append(separator));
            if (!append(member.getValue(), text.append(": "))) {
                return false;
            }
            separator = ", ";
        }
        text.append(sorted.isEmpty() ? "{}" : "}");
        return true;
    }

    private static boolean appendElements(List<?> list, StringBuilder text) {
        String separator = "[";
        for (Object element : list) {
            if (!append(element, text.append(separator))) {
                return false;
            }
            separator = ", ";
        }
        text.append(list.isEmpty() ? "[]" : "]");
        return true;
    }

    private static void appendString(String string, StringBuilder text) {
        text.append('"');
        for (int i = 0; i < string.length(); i++) {
            char c = string.charAt(i);
            switch (c) {
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                case '\b' -> text.append("\\b");
                case '\f' -> text.append("\\f");
                default -> {
                    if (c < ' ' || c > '~' || "<>&'".indexOf(c) >= 0) {
                        text.append(String.format("\\u%04x", (int) c));
                    } else {
                        text.append(c);
                    }
                }
            }
        }
        text.append('"');
    }
}
