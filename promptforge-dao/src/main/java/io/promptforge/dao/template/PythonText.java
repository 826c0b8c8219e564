package io.promptforge.dao.template;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What Python's {@code repr} writes: texts in quotes, lists in brackets. */
final class PythonText {
    private static final BigDecimal LEAST_PLAIN = new BigDecimal("1e-4");
    private static final BigDecimal LEAST_NOT_PLAIN = new BigDecimal("1e16");

    private final StringBuilder text = new StringBuilder();

    private PythonText() {}

    /** The text; empty for what has none that is known: an infinite number, what is not given, what is only gone through. */
    static Optional<String> of(@Nullable Object value) {
        PythonText text = new PythonText();
        return text.append(value) ? Optional.of(text.text.toString()) : Optional.empty();
    }

    /** A number with a point. */
    static Optional<String> number(BigDecimal number) {
        return ShortestNumber.of(number.doubleValue()).map(PythonText::shortest);
    }

    private static String shortest(BigDecimal number) {
        BigDecimal size = number.abs();
        boolean isPlain =
                size.signum() == 0 || (size.compareTo(LEAST_PLAIN) >= 0 && size.compareTo(LEAST_NOT_PLAIN) < 0);
        return isPlain
                ? number.setScale(Math.max(1, number.scale())).toPlainString()
                : ShortestNumber.withExponent(number, 2);
    }

    private boolean append(@Nullable Object value) {
        if (text.length() > Rendering.MOST_CHARACTERS || value instanceof Undefined) {
            return false;
        }
        if (value instanceof String string) {
            appendQuoted(string);
            return true;
        }
        if (value instanceof PythonElements elements && !elements.isTuple()) {
            return false;
        }
        if (value instanceof List<?> list) {
            boolean isTuple = value instanceof PythonElements;
            return appendElements(list, isTuple ? "(" : "[", isTuple ? list.size() == 1 ? ",)" : ")" : "]");
        }
        if (value instanceof Map<?, ?> map) {
            return appendMembers(map);
        }
        Optional<String> plain = PythonValues.text(value);
        plain.ifPresent(text::append);
        return plain.isPresent();
    }

    private boolean appendElements(List<?> list, String open, String close) {
        String separator = open;
        for (Object element : list) {
            text.append(separator);
            if (!append(element)) {
                return false;
            }
            separator = ", ";
        }
        text.append(list.isEmpty() ? open : "").append(close);
        return true;
    }

    private boolean appendMembers(Map<?, ?> map) {
        String separator = "{";
        for (Map.Entry<?, ?> member : map.entrySet()) {
            text.append(separator);
            if (!append(member.getKey())) {
                return false;
            }
            text.append(": ");
            if (!append(member.getValue())) {
                return false;
            }
            separator = ", ";
        }
        text.append(map.isEmpty() ? "{" : "").append('}');
        return true;
    }

    private void appendQuoted(String string) {
        char quote = string.contains("'") && !string.contains("\"") ? '"' : '\'';
        text.append(quote);
        string.codePoints().forEach(c -> {
            switch (c) {
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                case '\\' -> text.append("\\\\");
                default -> {
                    if (c == quote) {
                        text.append('\\').append(quote);
                    } else if (isPrintable(c)) {
                        text.appendCodePoint(c);
                    } else {
                        text.append(String.format(c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x", c));
                    }
                }
            }
        });
        text.append(quote);
    }

    /** As {@code str.isprintable}: neither control characters nor separators other than the blank. */
    private static boolean isPrintable(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> c == ' ';
            default -> true;
        };
    }
}
