package io.promptforge.dao.template;

import static io.promptforge.dao.template.JinjaOperator.UNSUPPORTED;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The methods of Python's strings. */
final class PythonMethods {
    private static final Pattern LETTERS = Pattern.compile("\\p{L}+");

    private PythonMethods() {}

    static Object ofText(
            String name, String text, List<@Nullable Object> arguments, Map<String, @Nullable Object> options) {
        if (name.equals("format")) {
            return PythonPlaces.braces(text, arguments, options)
                    .map(filled -> (Object) filled)
                    .orElse(UNSUPPORTED);
        }
        if (!options.isEmpty()) {
            return UNSUPPORTED;
        }
        if (arguments.isEmpty()) {
            return ofText(name, text);
        }
        Object first = arguments.get(0);
        if (arguments.size() == 1 && name.equals("join")) {
            return PythonValues.elements(first)
                    .map(elements -> joined(text, elements))
                    .orElse(UNSUPPORTED);
        }
        if (!(first instanceof String other)) {
            return UNSUPPORTED;
        }
        if (arguments.size() == 1) {
            return ofTexts(name, text, other);
        }
        Object second = arguments.get(1);
        if (name.equals("split") && second instanceof Integer most && arguments.size() == 2 && !other.isEmpty()) {
            return split(text, other, most);
        }
        return name.equals("replace") && second instanceof String now && arguments.size() == 2
                ? text.replace(other, now)
                : UNSUPPORTED;
    }

    private static Object ofText(String name, String text) {
        return switch (name) {
            case "upper" -> text.toUpperCase(Locale.ROOT);
            case "lower" -> text.toLowerCase(Locale.ROOT);
            case "strip" -> PythonStrings.strip(text, null);
            case "lstrip" -> PythonStrings.stripStart(text, null);
            case "rstrip" -> PythonStrings.stripEnd(text, null);
            case "capitalize" -> PythonStrings.capitalized(text);
            case "title" ->
                LETTERS.matcher(text)
                        .replaceAll(word -> Matcher.quoteReplacement(PythonStrings.capitalized(word.group())));
            case "splitlines" -> PythonStrings.lines(text);
            case "split" -> words(text);
            case "isdigit" -> text.matches("[0-9]+");
            default -> UNSUPPORTED;
        };
    }

    private static Object ofTexts(String name, String text, String other) {
        return switch (name) {
            case "startswith" -> text.startsWith(other);
            case "endswith" -> text.endsWith(other);
            case "strip" -> PythonStrings.strip(text, other);
            case "lstrip" -> PythonStrings.stripStart(text, other);
            case "rstrip" -> PythonStrings.stripEnd(text, other);
            case "removeprefix" -> text.startsWith(other) ? text.substring(other.length()) : text;
            case "removesuffix" -> text.endsWith(other) ? text.substring(0, text.length() - other.length()) : text;
            case "split" -> other.isEmpty() ? UNSUPPORTED : split(text, other, -1);
            case "find" -> {
                int found = text.indexOf(other);
                yield found < 0 ? found : text.codePointCount(0, found);
            }
            case "count" -> other.isEmpty() ? UNSUPPORTED : (Object) (text.split(Pattern.quote(other), -1).length - 1);
            default -> UNSUPPORTED;
        };
    }

    private static List<String> split(String text, String separator, int most) {
        String[] parts = text.split(Pattern.quote(separator), most < 0 ? -1 : most + 1);
        return new ArrayList<>(List.of(most == 0 ? new String[] {text} : parts));
    }

    private static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (!PythonStrings.isSpace(c)) {
                word.appendCodePoint(c);
            } else if (word.length() > 0) {
                words.add(word.toString());
                word.setLength(0);
            }
        });
        if (word.length() > 0) {
            words.add(word.toString());
        }
        return words;
    }

    private static Object joined(String separator, List<?> elements) {
        List<String> texts = new ArrayList<>();
        for (Object element : elements) {
            if (!(element instanceof String text)) {
                return UNSUPPORTED;
            }
            texts.add(text);
        }
        return String.join(separator, texts);
    }
}
