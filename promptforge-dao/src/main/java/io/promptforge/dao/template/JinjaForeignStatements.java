package io.promptforge.dao.template;

import io.promptforge.dao.template.JinjaLexer.Kind;
import io.promptforge.dao.template.JinjaLexer.Token;
import io.promptforge.dao.template.JinjaNode.Unsupported;
import java.util.ArrayList;
import java.util.List;

/** Parses the statements of Jinja that are not rendered, for the variables in them: macros, blocks, imports and so on. */
final class JinjaForeignStatements {
    private final JinjaTokens tokens;
    private final JinjaExpressions expressions;
    private final JinjaParser parser;

    JinjaForeignStatements(JinjaTokens tokens, JinjaExpressions expressions, JinjaParser parser) {
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

    /** <code>{% set name %}…{% endset %}</code>. */
    JinjaNode assignedText(List<String> targets, int at) {
        skipFilters();
        List<JinjaNode> nodes = parser.block(at, "endset");
        return new Unsupported(tokens.source(), at, "set with a text", List.of(), targets, List.of(), nodes);
    }

    private JinjaNode macro(int at) {
        String name = tokens.expect(Kind.NAME, "a name").text();
        List<JinjaExpression> defaults = new ArrayList<>();
        List<String> parameters = parameters(defaults);
        List<JinjaNode> nodes = parser.block(at, "endmacro");
        return new Unsupported(tokens.source(), at, "the macro " + name, defaults, List.of(name), parameters, nodes);
    }

    private JinjaNode call(int at) {
        List<JinjaExpression> values = new ArrayList<>();
        List<String> parameters = tokens.isAt("(") ? parameters(values) : List.of();
        values.add(expressions.expression());
        List<JinjaNode> nodes = parser.block(at, "endcall");
        return new Unsupported(tokens.source(), at, "the call of a macro", values, List.of(), parameters, nodes);
    }

    private List<String> parameters(List<JinjaExpression> defaults) {
        List<String> names = new ArrayList<>(List.of("caller", "varargs", "kwargs"));
        tokens.expect("(");
        while (!tokens.takes(")")) {
            names.add(tokens.expect(Kind.NAME, "a name").text());
            if (tokens.takes("=")) {
                defaults.add(expressions.expression());
            }
            if (!tokens.isAt(")")) {
                tokens.expect(",");
            }
        }
        return List.copyOf(names);
    }

    private JinjaNode filter(int at) {
        skipFilters();
        List<JinjaNode> nodes = parser.block(at, "endfilter");
        return new Unsupported(tokens.source(), at, "a block with a filter", List.of(), List.of(), List.of(), nodes);
    }

    private JinjaNode block(int at) {
        String name = tokens.expect(Kind.NAME, "a name").text();
        while (tokens.isAt(Kind.NAME)) {
            tokens.take(); // scoped, required
        }
        List<JinjaNode> nodes = parser.block(at, "endblock");
        return new Unsupported(tokens.source(), at, "the block " + name, List.of(), List.of(), List.of("self"), nodes);
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
