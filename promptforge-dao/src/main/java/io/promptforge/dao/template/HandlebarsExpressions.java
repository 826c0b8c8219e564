package io.promptforge.dao.template;

import io.promptforge.dao.error.TemplateSyntaxException;
import io.promptforge.dao.template.HandlebarsExpression.Call;
import io.promptforge.dao.template.HandlebarsExpression.Literal;
import io.promptforge.dao.template.HandlebarsExpression.Path;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses what is inside of a Handlebars tag. */
final class HandlebarsExpressions {
    private static final String NAME = "[^\\s!\"#%&'()*+,./;<=>@\\[\\\\\\]^`{|}~]++";

    private static final Pattern TOKEN =
            Pattern.compile("(?<option>" + NAME + ")\\s*+=|(?<path>@?(?:\\.\\.?|\\[[^\\]]*+\\]|" + NAME
                    + ")(?:[./](?:\\.\\.|\\[[^\\]]*+\\]|" + NAME + ")){0,50}+/?)|(?<open>\\()");

    private static final Pattern PART = Pattern.compile("\\.\\.|\\[[^\\]]*+\\]|" + NAME + "|\\.");

    private final Source source;
    private final String text;
    private final int offset;
    private int at;
    private int depth;

    /**
     * An expression.
     *
     * @param text what is inside of the tag
     * @param offset where in the template that starts
     */
    HandlebarsExpressions(Source source, String text, int offset) {
        this.source = source;
        this.text = text;
        this.offset = offset;
    }

    /** A path with arguments and block parameters: the content of a tag. */
    record Content(
            Path path,
            List<HandlebarsExpression> arguments,
            Map<String, HandlebarsExpression> options,
            List<String> parameters) {
        boolean isCall() {
            return !arguments.isEmpty() || !options.isEmpty();
        }

        /** The path is a variable, unless it is a helper's. */
        void names(HandlebarsNames names) {
            if (!isCall()) {
                path.names(names);
            }
            arguments.forEach(argument -> argument.names(names));
            options.values().forEach(option -> option.names(names));
        }

        @Nullable Object value(Source source, int start, HandlebarsContext context) {
            return isCall() ? new Call(source, start, path, arguments, options).value(context) : path.value(context);
        }
    }

    Content content() {
        HandlebarsExpression first = argument();
        if (first instanceof Literal literal) {
            // {{"a name"}} and {{12}} are names, too
            String name = String.valueOf(literal.value());
            first = new Path(0, false, false, List.of(name), name);
        }
        if (!(first instanceof Path path)) {
            throw error("the tag begins with no name");
        }
        List<HandlebarsExpression> arguments = new ArrayList<>();
        Map<String, HandlebarsExpression> options = new LinkedHashMap<>();
        while (!isAtEnd() && !text.startsWith("as |", at) && !text.startsWith(")", at)) {
            addArgument(arguments, options);
        }
        return new Content(path, List.copyOf(arguments), options, parameters());
    }

    private void addArgument(List<HandlebarsExpression> arguments, Map<String, HandlebarsExpression> options) {
        Matcher token = token();
        if (token.lookingAt() && token.group("option") != null) {
            at = token.end();
            options.put(token.group("option"), argument());
        } else if (options.isEmpty()) {
            arguments.add(argument());
        } else {
            throw error("an argument follows an option");
        }
    }

    private List<String> parameters() {
        if (isAtEnd() || text.startsWith(")", at)) {
            return List.of();
        }
        int end = text.indexOf('|', at + "as |".length());
        if (end < 0) {
            throw error("the block parameters are not closed by |");
        }
        List<String> names =
                List.of(text.substring(at + "as |".length(), end).strip().split("\\s+", -1));
        at = end + 1;
        if (!isAtEnd()) {
            throw error("the tag goes on behind the block parameters");
        }
        return names;
    }

    private HandlebarsExpression argument() {
        if (isAtEnd()) {
            throw error("the tag ends too early");
        }
        if ("\"'".indexOf(text.charAt(at)) >= 0) {
            return quoted();
        }
        Matcher token = token();
        if (!token.lookingAt() || depth == Source.DEEPEST) {
            throw error("the tag is no expression");
        }
        if (token.group("path") != null) {
            at = token.end();
            return pathOrLiteral(token.group("path"));
        }
        if (token.group("open") == null) {
            throw error("a value is expected");
        }
        int start = offset + at;
        at = token.end();
        depth++;
        Content inner = content();
        depth--;
        if (isAtEnd()) {
            throw source.error(start, "the bracket is not closed");
        }
        at++;
        return new Call(source, start, inner.path(), inner.arguments(), inner.options());
    }

    private Literal quoted() {
        char quote = text.charAt(at);
        int end = Source.endOfQuoted(text, at);
        if (end < 0) {
            throw error("the text in quotes is not closed");
        }
        String inside = text.substring(at + 1, end - 1);
        at = end;
        return new Literal(inside.replace("\\" + quote, String.valueOf(quote)));
    }

    private static HandlebarsExpression pathOrLiteral(String written) {
        return switch (written) {
            case "true" -> new Literal(true);
            case "false" -> new Literal(false);
            case "null" -> new Literal(null);
            case "undefined" -> new Literal(new Undefined("undefined"));
            default -> written.matches("-?[0-9]+(\\.[0-9]+)?") ? new Literal(new BigDecimal(written)) : path(written);
        };
    }

    static Path path(String written) {
        boolean isData = written.startsWith("@");
        List<String> parts = new ArrayList<>();
        int up = 0;
        boolean isScoped = false;
        Matcher part = PART.matcher(written);
        while (part.find()) {
            String name = part.group();
            if (name.equals("..")) {
                up++;
            } else if (name.equals(".") || (name.equals("this") && parts.isEmpty())) {
                isScoped |= parts.isEmpty();
            } else {
                parts.add(name.startsWith("[") ? name.substring(1, name.length() - 1) : name);
            }
        }
        return new Path(up, isData, isScoped || up > 0, List.copyOf(parts), written);
    }

    private Matcher token() {
        isAtEnd();
        return TOKEN.matcher(text).region(at, text.length());
    }

    /** Skips white space. */
    private boolean isAtEnd() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at == text.length();
    }

    private TemplateSyntaxException error(String problem) {
        return source.error(Math.min(offset + at, source.text().length()), problem);
    }
}
