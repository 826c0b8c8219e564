package io.promptforge.dao.template;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A format string of Python. */
record FormatStringBody(Source source, List<Part> parts) implements Body {
    /**
     * A text or a variable.
     *
     * @param text the text, or the name of the variable
     * @param field null for a text
     */
    record Part(int at, String text, @Nullable Field field) {}

    /**
     * What is behind the name of a variable.
     *
     * @param keys the members that lead to the value
     * @param conversion {@code s}, {@code r} or {@code a}; empty for none
     * @param format texts and variables that make the format; empty for none
     */
    record Field(List<Key> keys, String conversion, List<Part> format) {}

    /** {@code .name} or {@code [key]}. */
    record Key(String key, boolean isName) {}

    @Override
    public void names(VariableNames names) {
        names(parts, names);
    }

    private static void names(List<Part> parts, VariableNames names) {
        for (Part part : parts) {
            if (part.field != null) {
                names.add(part.text, path(part.text, part.field), true);
                names(part.field.format, names);
            }
        }
    }

    @Override
    public void render(Map<String, @Nullable Object> values, Rendering rendering) {
        render(parts, values, rendering);
    }

    private void render(List<Part> rendered, Map<String, @Nullable Object> values, Rendering rendering) {
        for (Part part : rendered) {
            if (part.field == null) {
                rendering.append(part.text);
            } else {
                renderField(part, part.field, values, rendering);
            }
        }
    }

    private void renderField(Part part, Field field, Map<String, @Nullable Object> values, Rendering rendering) {
        Object value = values.containsKey(part.text) ? values.get(part.text) : new Undefined(part.text);
        for (Key key : field.keys) {
            boolean isPlace = !key.isName && key.key.matches("[0-9]{1,9}");
            value = PythonValues.member(
                    value, isPlace ? (Object) Integer.valueOf(key.key) : key.key, path(part.text, field));
        }
        String format = rendering.captured(() -> render(field.format, values, rendering));
        if (value instanceof Undefined undefined) {
            rendering.missing(undefined.path());
            return;
        }
        Optional<String> text = field.conversion.isEmpty()
                ? PythonFormat.format(value, format)
                : converted(field.conversion, value).flatMap(converted -> PythonFormat.format(converted, format));
        rendering.append(text.orElseThrow(() -> source.unsupported(
                part.at, format.isEmpty() ? "the value of " + part.text + " as text" : "the format :" + format)));
    }

    private static Optional<String> converted(String conversion, @Nullable Object value) {
        return switch (conversion) {
            case "s" -> PythonValues.text(value);
            case "r" -> PythonText.of(value);
            default ->
                PythonText.of(value)
                        .filter(text -> text.chars().allMatch(c -> c < 0x80)); // !a escapes other characters
        };
    }

    /** The members up to the first one in brackets. */
    private static String path(String name, Field field) {
        StringBuilder path = new StringBuilder(name);
        for (Key key : field.keys) {
            if (!key.isName) {
                break;
            }
            path.append('.').append(key.key);
        }
        return path.toString();
    }
}
