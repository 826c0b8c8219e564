package io.promptforge.dao.template;

import io.promptforge.dao.template.JinjaLexer.Kind;
import io.promptforge.dao.template.JinjaLexer.Token;
import io.promptforge.dao.template.JinjaNode.Output;
import io.promptforge.dao.template.JinjaNode.Unsupported;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Parses the statements of Jinja that are rare in prompts. Those that name other templates are not rendered, but the variables in them
 * are found.
 */
final class JinjaRareStatements {
    private final JinjaTokens tokens;
    private final JinjaExpressions expressions;
    private final JinjaParser parser;

    JinjaRareStatements(JinjaTokens tokens, JinjaExpressions expressions, JinjaParser parser) {
        this.tokens = tokens;
        this.expressions = expressions;
        this.parser = parser;
    }

    JinjaNode statement(Token word, int at) {
        return switch (word.text()) {
            case "macro" -> macro(at);
            case "call" -> call(at);
            case "filter" -> filter(at);
            case "block" -> block(at);
            case "autoescape", "do", "include", "extends" -> expression(word.text(), at);
            case "import", "from" -> imports(word.text(), at);
            case "break", "continue" -> alone(word.text(), at);
            default -> throw tokens.source().error(word.at(), "there is no statement " + word.text());
        };
    }

    private JinjaNode macro(int at) {
        String name = tokens.expect(Kind.NAME, "a name").text();
        Map<String, JinjaExpression> defaults = new LinkedHashMap<>();
        List<String> parameters = parameters(defaults);
        return new JinjaMacro(name, parameters, defaults, parser.block(at, "endmacro"));
    }

    private JinjaNode call(int at) {
        Map<String, JinjaExpression> defaults = new LinkedHashMap<>();
        List<String> parameters = tokens.isAt("(") ? parameters(defaults) : List.of();
        JinjaExpression called = expressions.expression();
        List<JinjaNode> nodes = parser.block(at, "endcall");
        return new JinjaMacro.CallBlock(
                tokens.source(), at, called, new JinjaMacro("caller", parameters, defaults, nodes));
    }

    private List<String> parameters(Map<String, JinjaExpression> defaults) {
        List<String> names = new ArrayList<>();
        tokens.expect("(");
        while (!tokens.takes(")")) {
            String name = tokens.expect(Kind.NAME, "a name").text();
            names.add(name);
            if (tokens.takes("=")) {
                defaults.put(name, expressions.expression());
            }
            if (!tokens.isAt(")")) {
                tokens.expect(",");
            }
        }
        return List.copyOf(names);
    }

    private JinjaNode filter(int at) {
        List<JinjaNode> nodes = new ArrayList<>();
        JinjaExpression text = expressions.filter(new JinjaExpression.Captured(nodes));
        nodes.addAll(parser.block(at, "endfilter"));
        return new Output(tokens.source(), at, text);
    }

    /** A block is rendered in its place, since a template that extends another one is not rendered. */
    private JinjaNode block(int at) {
        tokens.expect(Kind.NAME, "a name");
        while (tokens.isAt(Kind.NAME)) {
            tokens.take(); // scoped, required
        }
        return new Output(tokens.source(), at, new JinjaExpression.Captured(parser.block(at, "endblock")));
    }

    private JinjaNode expression(String word, int at) {
        List<JinjaExpression> values = List.of(expressions.tuple());
        List<JinjaNode> nodes = List.of();
        if (word.equals("autoescape")) {
            nodes = parser.block(at, "endautoescape");
        } else {
            skipStatement();
        }
        return new Unsupported(tokens.source(), at, word, values, List.of(), List.of(), nodes);
    }

    private JinjaNode imports(String word, int at) {
        List<JinjaExpression> values = List.of(expressions.expression());
        List<String> names = new ArrayList<>();
        while (!tokens.isAt(Kind.STATEMENT_END)) {
            Token token = tokens.take();
            if (token.kind() == Kind.END) {
                throw tokens.error("the end of the tag is expected");
            }
            if (token.kind() == Kind.NAME
                    && !List.of("import", "as", "with", "without", "context").contains(token.text())) {
                names.add(token.text());
            }
        }
        parser.endStatement();
        return new Unsupported(tokens.source(), at, word, values, names, List.of(), List.of());
    }

    private JinjaNode alone(String word, int at) {
        parser.endStatement();
        return new Unsupported(tokens.source(), at, word, List.of(), List.of(), List.of(), List.of());
    }

    /** Filters hold names of filters and constants. */
    private void skipFilters() {
        while (!tokens.isAt(Kind.STATEMENT_END) && !tokens.isAt(Kind.END)) {
            tokens.take();
        }
    }

    private void skipStatement() {
        skipFilters();
        parser.endStatement();
    }
}
