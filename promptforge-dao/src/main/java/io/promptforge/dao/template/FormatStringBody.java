package io.promptforge.dao.template;

import java.util.List;
import java.util.Map;
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
     * @param format conversion and format, such as {@code !r} or {@code :.2f}
     * @param isAsIs whether the format changes nothing
     */
    record Field(List<Key> keys, String format, boolean isAsIs) {}

    /** {@code .name} or {@code [key]}. */
    record Key(String key, boolean isName) {}

    @Override
    public void names(VariableNames names) {
        for (Part part : parts) {
            if (part.field != null) {
                names.add(part.text, path(part.text, part.field), true);
            }
        }
    }

    @Override
    public void render(Map<String, @Nullable Object> values, Rendering rendering) {
        for (Part part : parts) {
            if (part.field == null) {
                rendering.append(part.text);
            } else {
                renderField(part, part.field, values, rendering);
            }
        }
    }

    private void renderField(Part part, Field field, Map<String, @Nullable Object> values, Rendering rendering) {
        if (!field.isAsIs) {
            throw source.unsupported(part.at, "the format " + field.format);
        }
        Object value = values.containsKey(part.text) ? values.get(part.text) : new Undefined(part.text);
        for (Key key : field.keys) {
            boolean isPlace = !key.isName && key.key.matches("[0-9]{1,9}");
            value = PythonValues.member(
                    value, isPlace ? (Object) Integer.valueOf(key.key) : key.key, path(part.text, field));
        }
        if (value instanceof Undefined undefined) {
            rendering.missing(undefined.path());
        } else {
            rendering.append(PythonValues.text(value)
                    .orElseThrow(() -> source.unsupported(part.at, "a list, an object or an extreme number as text")));
        }
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
