package io.promptforge.dao.template;

import static io.promptforge.dao.template.JinjaOperator.UNSUPPORTED;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The filters of Jinja: {@code name | title}. */
final class JinjaFilters {
    private static final Pattern WORD = Pattern.compile("[^-\\s({\\[<]+");

    private JinjaFilters() {}

    static @Nullable Object apply(String name, List<@Nullable Object> values, Map<String, @Nullable Object> options) {
        Object value = values.get(0);
        List<@Nullable Object> arguments = values.subList(1, values.size());
        return switch (name) {
            case "default", "d" -> orDefault(value, arguments, options);
            case "join" -> join(value, arguments, options);
            case "map" -> map(value, arguments, options);
            case "replace" -> options.isEmpty() ? replace(value, arguments) : UNSUPPORTED;
            default -> arguments.isEmpty() && options.isEmpty() ? simple(name, value) : UNSUPPORTED;
        };
    }

    private static @Nullable Object simple(String name, @Nullable Object value) {
        return switch (name) {
            case "length", "count" ->
                PythonValues.elements(value)
                        .map(elements -> (Object) elements.size())
                        .orElse(UNSUPPORTED);
            case "first" -> end(value, 0);
            case "last" -> end(value, -1);
            case "list" ->
                PythonValues.elements(value).map(elements -> (Object) elements).orElse(UNSUPPORTED);
            case "items" -> value instanceof Map<?, ?> map ? JinjaCalls.items(map) : UNSUPPORTED;
            case "safe" -> value;
            case "tojson" -> PythonJson.text(value).map(text -> (Object) text).orElse(UNSUPPORTED);
            case "int" -> PythonValues.isInteger(value) ? value : UNSUPPORTED;
            default -> PythonValues.text(value).map(text -> ofText(name, text)).orElse(UNSUPPORTED);
        };
    }

    private static Object ofText(String name, String text) {
        return switch (name) {
            case "upper" -> text.toUpperCase(Locale.ROOT);
            case "lower" -> text.toLowerCase(Locale.ROOT);
            case "trim" -> text.strip();
            case "string" -> text;
            case "capitalize" -> capitalized(text);
            case "title" -> WORD.matcher(text).replaceAll(word -> Matcher.quoteReplacement(capitalized(word.group())));
            default -> UNSUPPORTED;
        };
    }

    private static String capitalized(String text) {
        int first = text.isEmpty() ? 0 : text.offsetByCodePoints(0, 1);
        return text.substring(0, first).toUpperCase(Locale.ROOT)
                + text.substring(first).toLowerCase(Locale.ROOT);
    }

    private static @Nullable Object end(@Nullable Object value, int place) {
        Optional<List<?>> elements = PythonValues.elements(value);
        return elements.isPresent()
                ? PythonValues.member(elements.get(), place, "an element of an empty list")
                : UNSUPPORTED;
    }

    private static @Nullable Object orDefault(
            @Nullable Object value, List<@Nullable Object> arguments, Map<String, @Nullable Object> options) {
        Object otherwise = options.getOrDefault("default_value", arguments.isEmpty() ? "" : arguments.get(0));
        Object isForFalse = options.getOrDefault("boolean", arguments.size() > 1 ? arguments.get(1) : false);
        boolean isReplaced =
                value instanceof Undefined || (PythonValues.isTrue(isForFalse) && !PythonValues.isTrue(value));
        return isReplaced ? otherwise : value;
    }

    private static Object join(
            @Nullable Object value, List<@Nullable Object> arguments, Map<String, @Nullable Object> options) {
        Object attribute = options.getOrDefault("attribute", arguments.size() > 1 ? arguments.get(1) : null);
        Object mapped = attribute == null ? value : map(value, List.of(), Map.of("attribute", attribute));
        Object separator = options.getOrDefault("d", arguments.isEmpty() ? "" : arguments.get(0));
        Optional<List<?>> elements = PythonValues.elements(mapped);
        if (elements.isEmpty() || !(separator instanceof String between)) {
            return mapped instanceof Undefined ? mapped : UNSUPPORTED;
        }
        List<String> texts = new ArrayList<>();
        for (Object element : elements.get()) {
            Optional<String> text = PythonValues.text(element);
            if (text.isEmpty()) {
                return UNSUPPORTED;
            }
            texts.add(text.get());
        }
        return String.join(between, texts);
    }

    private static Object map(
            @Nullable Object value, List<@Nullable Object> arguments, Map<String, @Nullable Object> options) {
        Optional<List<?>> elements = PythonValues.elements(value);
        boolean isKnown = arguments.isEmpty() && options.size() == 1 && options.get("attribute") instanceof String;
        if (elements.isEmpty() || !isKnown) {
            return UNSUPPORTED;
        }
        List<@Nullable Object> members = new ArrayList<>();
        for (Object element : elements.get()) {
            Object member = element;
            for (String part : String.valueOf(options.get("attribute")).split("\\.", -1)) {
                member = PythonValues.member(member, part, part);
            }
            if (member instanceof Undefined) {
                return member;
            }
            members.add(member);
        }
        return members;
    }

    private static Object replace(@Nullable Object value, List<@Nullable Object> arguments) {
        return arguments.size() == 2
                        && value instanceof String text
                        && arguments.get(0) instanceof String old
                        && arguments.get(1) instanceof String now
                ? text.replace(old, now)
                : UNSUPPORTED;
    }
}
