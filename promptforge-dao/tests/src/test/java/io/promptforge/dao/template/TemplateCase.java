package io.promptforge.dao.template;

import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.TemplateFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A template of the files in {@code resources/template}: its variables (with a question mark if they are not certain), values, and the
 * text that the engine of its format makes of them, which was written by that engine; or what cannot be rendered.
 */
record TemplateCase(
        TemplateFormat format,
        String name,
        List<String> variables,
        Map<String, Object> values,
        String template,
        boolean isSupported,
        String outcome) {

    static Stream<TemplateCase> all() {
        return Stream.of(TemplateFormat.values()).flatMap(format -> of(format).stream());
    }

    static List<TemplateCase> of(TemplateFormat format) {
        String file = format.name().toLowerCase(Locale.ROOT) + ".txt";
        try (InputStream stream = TemplateCase.class.getResourceAsStream("/template/" + file)) {
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return Stream.of(text.split("#### ", -1))
                    .skip(1)
                    .map(part -> of(format, part))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @SuppressWarnings("unchecked")
    private static TemplateCase of(TemplateFormat format, String text) {
        String head = text.substring(0, text.indexOf("\n--- template\n"));
        boolean isSupported = text.contains("\n--- text\n");
        String separator = isSupported ? "\n--- text\n" : "\n--- unsupported\n";
        int end = text.indexOf(separator);
        String[] lines = head.split("\n", -1);
        String variables = lines[1].substring("variables:".length()).strip();
        return new TemplateCase(
                format,
                lines[0],
                variables.isEmpty() ? List.of() : List.of(variables.split(" ", -1)),
                new LinkedHashMap<>((Map<String, Object>)
                        Json.parse(lines[2].substring("values:".length())).toJava()),
                text.substring(head.length() + "\n--- template\n".length(), end),
                isSupported,
                text.substring(end + separator.length(), text.length() - 1));
    }

    @Override
    public String toString() {
        return format + ": " + name;
    }
}
