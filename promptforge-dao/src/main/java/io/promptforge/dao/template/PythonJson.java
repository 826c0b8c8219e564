package io.promptforge.dao.template;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** JSON as Jinja's filter {@code tojson} writes it: keys in order, blanks behind commas and colons, ASCII, and safe within HTML. */
final class PythonJson {
    private final StringBuilder text = new StringBuilder();
    private final @Nullable Integer indent;

    private PythonJson(@Nullable Integer indent) {
        this.indent = indent;
    }

    /**
     * The text; empty if it holds what has no JSON that is known, such as an infinite number.
     *
     * @param indent the blanks before what is one level deeper; null for one line
     */
    static Optional<String> text(@Nullable Object value, @Nullable Integer indent) {
        PythonJson json = new PythonJson(indent);
        return json.append(value, 0) ? Optional.of(json.text.toString()) : Optional.empty();
    }

    private boolean append(@Nullable Object value, int depth) {
        if (text.length() > Rendering.MOST_CHARACTERS || value instanceof Undefined) {
            return false;
        }
        if (value instanceof Map<?, ?> map) {
            return appendMembers(map, depth);
        }
        if (value instanceof List<?> list) {
            return (!(list instanceof PythonElements elements) || elements.isTuple()) && appendElements(list, depth);
        }
        if (value instanceof String string) {
            appendString(string, text);
            return true;
        }
        if (value == null || value instanceof Boolean) {
            text.append(value);
            return true;
        }
        Optional<String> number = PythonValues.text(value);
        number.ifPresent(text::append);
        return number.isPresent();
    }

    private boolean appendMembers(Map<?, ?> map, int depth) {
        Map<String, @Nullable Object> sorted =
                new TreeMap<>((one, other) -> PythonValues.compare(one, other).orElseThrow());
        map.forEach((key, value) -> sorted.put(String.valueOf(key), value));
        text.append('{');
        String separator = "";
        for (Map.Entry<String, @Nullable Object> member : sorted.entrySet()) {
            begin(separator, depth + 1);
            appendString(member.getKey(), text);
            text.append(": ");
            if (!append(member.getValue(), depth + 1)) {
                return false;
            }
            separator = ",";
        }
        end(sorted.isEmpty(), depth, '}');
        return true;
    }

    private boolean appendElements(List<?> list, int depth) {
        text.append('[');
        String separator = "";
        for (Object element : list) {
            begin(separator, depth + 1);
            if (!append(element, depth + 1)) {
                return false;
            }
            separator = ",";
        }
        end(list.isEmpty(), depth, ']');
        return true;
    }

    private void begin(String separator, int depth) {
        text.append(separator);
        if (indent != null) {
            text.append('\n').append(" ".repeat(indent * depth));
        } else if (!separator.isEmpty()) {
            text.append(' ');
        }
    }

    private void end(boolean isEmpty, int depth, char close) {
        if (indent != null && !isEmpty) {
            text.append('\n').append(" ".repeat(indent * depth));
        }
        text.append(close);
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
