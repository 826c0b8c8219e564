package io.promptforge.dao.template;

import static io.promptforge.dao.template.JinjaOperator.UNSUPPORTED;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The filters that make a text of the text of a value. */
final class JinjaTextFilters {
    private static final Pattern WORD_OF_TITLE = Pattern.compile("[^-\\s({\\[<]+");
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}_]+");

    private JinjaTextFilters() {}

    static Object apply(String name, @Nullable Object value, JinjaArguments arguments) {
        Optional<String> text = PythonValues.text(value);
        if (text.isEmpty()) {
            return UNSUPPORTED;
        }
        return switch (name) {
            case "trim" ->
                arguments.areOf("chars") ? trimmed(text.get(), arguments.get(0, "chars", null)) : UNSUPPORTED;
            case "replace" -> arguments.areOf("old", "new", "count") ? replaced(text.get(), arguments) : UNSUPPORTED;
            case "center" -> arguments.areOf("width") ? centered(text.get(), arguments) : UNSUPPORTED;
            case "indent" -> arguments.areOf("width", "first", "blank") ? indented(text.get(), arguments) : UNSUPPORTED;
            case "truncate" ->
                arguments.areOf("length", "killwords", "end", "leeway")
                        ? shortened(text.get(), arguments)
                        : UNSUPPORTED;
            case "format" ->
                arguments.options().isEmpty()
                        ? PythonPlaces.percent(text.get(), arguments.values())
                                .map(filled -> (Object) filled)
                                .orElse(UNSUPPORTED)
                        : UNSUPPORTED;
            default -> arguments.areOf() ? simple(name, text.get()) : UNSUPPORTED;
        };
    }

    private static Object simple(String name, String text) {
        return switch (name) {
            case "upper" -> text.toUpperCase(Locale.ROOT);
            case "lower" -> text.toLowerCase(Locale.ROOT);
            case "string", "safe" -> text;
            case "capitalize" -> PythonStrings.capitalized(text);
            case "title" ->
                WORD_OF_TITLE
                        .matcher(text)
                        .replaceAll(word -> Matcher.quoteReplacement(PythonStrings.capitalized(word.group())));
            case "wordcount" -> (int) WORD.matcher(text).results().count();
            case "escape", "e", "forceescape" ->
                text.replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;")
                        .replace("'", "&#39;")
                        .replace("\"", "&#34;");
            default -> UNSUPPORTED;
        };
    }

    private static Object trimmed(String text, @Nullable Object characters) {
        return characters == null || characters instanceof String
                ? PythonStrings.strip(text, (String) characters)
                : UNSUPPORTED;
    }

    private static Object replaced(String text, JinjaArguments arguments) {
        Object count = arguments.get(2, "count", null);
        String old = PythonValues.text(arguments.get(0, "old", "")).orElse("");
        Optional<String> now = PythonValues.text(arguments.get(1, "new", ""));
        return now.isPresent() && !old.isEmpty() && (count == null || count instanceof Integer)
                ? PythonStrings.replaced(text, old, now.get(), (Integer) count)
                : UNSUPPORTED;
    }

    private static Object centered(String text, JinjaArguments arguments) {
        int width = arguments.count(0, "width", 80);
        int missing = Math.max(0, width - text.codePointCount(0, text.length()));
        int before = missing / 2 + (missing & width & 1);
        return width < 0 ? UNSUPPORTED : " ".repeat(before) + text + " ".repeat(missing - before);
    }

    private static Object indented(String text, JinjaArguments arguments) {
        Object width = arguments.get(0, "width", 4);
        int blanks = arguments.count(0, "width", 4);
        if (!(width instanceof String) && blanks < 0) {
            return UNSUPPORTED;
        }
        String indention = width instanceof String given ? given : " ".repeat(blanks);
        boolean isForBlank = arguments.isTrue(2, "blank");
        List<String> lines = new ArrayList<>();
        for (String line : PythonStrings.lines(text + "\n")) {
            boolean isIndented = lines.isEmpty() ? arguments.isTrue(1, "first") : isForBlank || !line.isEmpty();
            lines.add(isIndented ? indention + line : line);
        }
        return String.join("\n", lines);
    }

    private static Object shortened(String text, JinjaArguments arguments) {
        int length = arguments.count(0, "length", 255);
        int leeway = arguments.get(3, "leeway", null) == null ? 5 : arguments.count(3, "leeway", 5);
        List<String> characters = PythonValues.characters(text);
        if (!(arguments.get(2, "end", "...") instanceof String end)
                || length < end.codePointCount(0, end.length())
                || leeway < 0) {
            return UNSUPPORTED;
        }
        if (characters.size() <= length + leeway) {
            return text;
        }
        String kept = String.join("", characters.subList(0, length - end.codePointCount(0, end.length())));
        int lastBlank = arguments.isTrue(1, "killwords") ? -1 : kept.lastIndexOf(' ');
        return (lastBlank < 0 ? kept : kept.substring(0, lastBlank)) + end;
    }
}
