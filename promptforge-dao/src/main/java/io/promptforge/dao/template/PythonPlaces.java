package io.promptforge.dao.template;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Texts of Python with places for values. Every method returns nothing for places that are not known, or not for the values. */
final class PythonPlaces {
    private static final Pattern PERCENT = Pattern.compile(
            "%(?<flags>[-+ 0]*+)(?<width>[0-9]{1,5})?(?:\\.(?<precision>[0-9]{1,5}))?(?<type>[sdifFeEgGxX%])");

    private static final Pattern BRACES = Pattern.compile(
            "\\{\\{|\\}\\}|\\{(?<key>[0-9]{0,5}|[\\p{L}_][\\p{L}\\p{N}_]*+)(?:!(?<conversion>[rs]))?(?::(?<format>[^{}]*+))?\\}");

    private PythonPlaces() {}

    /** {@code text % values}: the values in the place of {@code %s}, {@code %d}, {@code %.2f} and so on. */
    static Optional<String> percent(String text, List<?> values) {
        StringBuilder filled = new StringBuilder();
        Matcher place = PERCENT.matcher(text);
        int at = 0;
        int next = 0;
        for (int start = text.indexOf('%'); start >= 0; start = text.indexOf('%', at)) {
            filled.append(text, at, start);
            if (!place.region(start, text.length()).lookingAt()) {
                return Optional.empty();
            }
            at = place.end();
            boolean isPercent = place.group("type").equals("%");
            Optional<String> value = isPercent
                    ? Optional.of("%")
                    : next < values.size() ? percent(place, values.get(next)) : Optional.empty();
            if (value.isEmpty() || filled.length() > Rendering.MOST_CHARACTERS) {
                return Optional.empty();
            }
            filled.append(value.get());
            next += isPercent ? 0 : 1;
        }
        return next == values.size()
                ? Optional.of(filled.append(text.substring(at)).toString())
                : Optional.empty();
    }

    private static Optional<String> percent(Matcher place, @Nullable Object value) {
        String flags = place.group("flags");
        String type = place.group("type").equals("i") ? "d" : place.group("type");
        boolean isText = type.equals("s");
        Object shown = isText
                ? PythonValues.text(value).orElse(null)
                : type.equals("d") && value instanceof BigDecimal number ? number.toBigInteger() : value;
        boolean hasOtherType = shown == null || (!isText && shown instanceof String);
        if (hasOtherType || (type.equals("d") && place.group("precision") != null)) {
            return Optional.empty();
        }
        String align = flags.contains("-") ? "<" : flags.contains("0") && !isText ? "0=" : ">";
        String sign = isText ? "" : flags.contains("+") ? "+" : flags.contains(" ") ? " " : "";
        String precision = place.group("precision") == null ? "" : "." + place.group("precision");
        String width = place.group("width") == null ? "" : place.group("width");
        return PythonFormat.format(shown, align + sign + width + precision + type);
    }

    /** {@code text.format(values, options)}: the values in the place of {@code {}}, {@code {0}}, <code>{name:&gt;10}</code> and so on. */
    static Optional<String> braces(String text, List<?> values, Map<String, @Nullable Object> options) {
        StringBuilder filled = new StringBuilder();
        Matcher place = BRACES.matcher(text);
        int at = 0;
        int next = 0;
        while (place.find()) {
            filled.append(text, at, place.start());
            at = place.end();
            String key = place.group("key");
            if (key == null) {
                filled.append(text.charAt(place.start()));
                continue;
            }
            boolean isNumbered = key.isEmpty() || Character.isDigit(key.charAt(0));
            int number = key.isEmpty() ? next++ : isNumbered ? Integer.parseInt(key) : 0;
            boolean isGiven = isNumbered ? number < values.size() : options.containsKey(key);
            Optional<String> value =
                    isGiven ? formatted(isNumbered ? values.get(number) : options.get(key), place) : Optional.empty();
            if (value.isEmpty() || filled.length() > Rendering.MOST_CHARACTERS) {
                return Optional.empty();
            }
            filled.append(value.get());
        }
        String rest = text.substring(at);
        boolean hasOtherBrace = BRACES.matcher(text).replaceAll("").matches("(?s).*[{}].*");
        return hasOtherBrace
                ? Optional.empty()
                : Optional.of(filled.append(rest).toString());
    }

    private static Optional<String> formatted(@Nullable Object value, Matcher place) {
        String format = place.group("format") == null ? "" : place.group("format");
        String conversion = place.group("conversion") == null ? "" : place.group("conversion");
        return switch (conversion) {
            case "s" -> PythonValues.text(value).flatMap(text -> PythonFormat.format(text, format));
            case "r" -> PythonText.of(value).flatMap(text -> PythonFormat.format(text, format));
            default -> PythonFormat.format(value, format);
        };
    }
}
