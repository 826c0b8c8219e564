package io.promptforge.dao.template;

import io.promptforge.dao.error.MissingVariablesException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.TemplateFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A parsed template. Immutable and thread-safe.
 *
 * <p>It is rendered as the engine of its format does, with these differences:
 * <ul>
 * <li>A variable, or a member of one, that is written without having a value is an error, not an empty text. In a condition it is
 *     false, as in the format; so it is for a loop that has an else part.
 * <li>Mustache and Handlebars do not escape HTML: a prompt is not a page.
 * <li>What an application adds to the engine (helpers, partials, macros of other files), and what has no text that says anything, such
 *     as an object in Handlebars, is refused with an {@link io.promptforge.dao.error.UnsupportedTemplateException}.
 * </ul>
 */
public final class Template {
    private final Body body;
    private final List<TemplateVariable> variables;

    private Template(Body body) {
        this.body = body;
        VariableNames names = new VariableNames();
        body.names(names);
        this.variables = names.variables();
    }

    /**
     * Parses a template.
     *
     * @throws io.promptforge.dao.error.TemplateSyntaxException if the text is no template of the format
     */
    public static Template parse(TemplateFormat format, String text) {
        Check.present("text", text);
        return new Template(
                switch (Check.present("format", format)) {
                    case MUSTACHE -> MustacheParser.parse(text);
                    case HANDLEBARS -> HandlebarsParser.parse(text);
                    case JINJA -> JinjaParser.parse(text);
                    case F_STRING -> FormatStringParser.parse(text);
                    case PLAIN -> new PlainText(text);
                });
    }

    /**
     * The variables for which values can be given, in the order of their first use. What the template itself defines (variables of loops,
     * parameters, names of helpers, filters and functions) is not among them.
     */
    public List<TemplateVariable> variables() {
        return variables;
    }

    /** The names of the variables that are {@linkplain TemplateVariable#isCertain certain}. */
    public List<String> names() {
        return variables.stream()
                .filter(TemplateVariable::isCertain)
                .map(TemplateVariable::name)
                .toList();
    }

    /**
     * The text with values. Those that the template does not use are ignored.
     *
     * @param values by the names of the variables; texts, numbers, booleans, null, lists, maps and {@link Json}
     * @throws io.promptforge.dao.error.InvalidValueException if a value is of another type, or the text has more than 32 Mi
     *     characters
     * @throws MissingVariablesException if variables have no value; it lists all
     * @throws io.promptforge.dao.error.UnsupportedTemplateException if the template uses what cannot be rendered exactly
     */
    public String render(Map<String, ? extends @Nullable Object> values) {
        return render(values, Set.of());
    }

    /**
     * {@link #render(Map)}, in which some variables need no value: nothing is written for them.
     *
     * @param optional the names of these variables
     */
    public String render(Map<String, ? extends @Nullable Object> values, Set<String> optional) {
        Rendering rendering = new Rendering(Check.present("optional", optional));
        try {
            body.render(plain(values), rendering);
        } catch (StackOverflowError e) { // a macro that calls itself, or lists in lists without end
            throw Rendering.tooLong();
        }
        if (!rendering.missing().isEmpty()) {
            throw new MissingVariablesException(rendering.missing());
        }
        return rendering.text();
    }

    @SuppressWarnings("unchecked") // the names of a JSON object are texts
    private static Map<String, @Nullable Object> plain(Map<String, ? extends @Nullable Object> values) {
        Object plain = Json.of(Check.present("values", values)).toJava();
        return (Map<String, @Nullable Object>) Objects.requireNonNull(plain);
    }
}
