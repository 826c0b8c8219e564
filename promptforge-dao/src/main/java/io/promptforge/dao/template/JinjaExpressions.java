package io.promptforge.dao.template;

import io.promptforge.dao.template.JinjaExpression.Conditional;
import io.promptforge.dao.template.JinjaExpression.Constant;
import io.promptforge.dao.template.JinjaExpression.Elements;
import io.promptforge.dao.template.JinjaExpression.Logical;
import io.promptforge.dao.template.JinjaExpression.Operation;
import io.promptforge.dao.template.JinjaLexer.Kind;
import io.promptforge.dao.template.JinjaLexer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Parses expressions of Jinja, by precedence from the weakest operator to the strongest. */
final class JinjaExpressions {
    private static final List<String> COMPARISONS = List.of("==", "!=", "<", "<=", ">", ">=");

    private static final int LONGEST = 1_000;

    private final JinjaTokens tokens;
    private final JinjaPrimaries primaries;
    private int depth;
    private int links;

    JinjaExpressions(JinjaTokens tokens) {
        this.tokens = tokens;
        this.primaries = new JinjaPrimaries(tokens, this);
    }

    /** An expression, or several with commas between them, which are a tuple. */
    JinjaExpression tuple() {
        JinjaExpression first = expression();
        if (!tokens.isAt(",")) {
            return first;
        }
        List<JinjaExpression> elements = new ArrayList<>(List.of(first));
        while (tokens.takes(",") && !isAtEndOfTuple()) {
            elements.add(expression());
        }
        return new Elements(List.copyOf(elements), true);
    }

    private boolean isAtEndOfTuple() {
        return tokens.isAt(Kind.STATEMENT_END) || tokens.isAt(Kind.OUTPUT_END) || tokens.isAt(")") || tokens.isAt("=");
    }

    JinjaExpression expression() {
        if (depth == 0) {
            links = 0;
        }
        depth++;
        if (depth > Source.DEEPEST) {
            throw tokens.error("expressions are nested deeper than " + Source.DEEPEST + " levels");
        }
        JinjaExpression value = or();
        while (tokens.takesWord("if")) {
            link();
            JinjaExpression condition = or();
            value = new Conditional(condition, value, tokens.takesWord("else") ? expression() : null);
        }
        depth--;
        return value;
    }

    /** The list of a loop, behind which a condition would be that of the loop. */
    JinjaExpression list() {
        links = 0;
        return or();
    }

    /** Counts an operator, member, call, filter or test: each makes the tree of the expression deeper. */
    void link() {
        links++;
        if (links > LONGEST) {
            throw tokens.error("the expression is too long");
        }
    }

    private JinjaExpression or() {
        JinjaExpression left = and();
        while (tokens.takesWord("or")) {
            link();
            left = new Logical(false, left, and());
        }
        return left;
    }

    private JinjaExpression and() {
        JinjaExpression left = not();
        while (tokens.takesWord("and")) {
            link();
            left = new Logical(true, left, not());
        }
        return left;
    }

    private JinjaExpression not() {
        int nots = 0;
        Token first = tokens.peek();
        while (tokens.takesWord("not")) {
            nots++;
        }
        JinjaExpression value = comparison();
        for (int i = 0; i < Math.min(nots, 2 - nots % 2); i++) {
            value = operation(first, "not", List.of(value));
        }
        return value;
    }

    /** Comparisons in a row hold if all of them do. */
    private JinjaExpression comparison() {
        JinjaExpression left = sum();
        JinjaExpression all = null;
        for (Token operator = tokens.peek(); isComparison(operator); operator = tokens.peek()) {
            tokens.take();
            String name = operator.text();
            if (name.equals("not")) {
                tokens.take();
                name = "not in";
            }
            JinjaExpression right = sum();
            JinjaExpression compared = operation(operator, name, List.of(left, right));
            all = all == null ? compared : new Logical(true, all, compared);
            left = right;
        }
        return all == null ? left : all;
    }

    private boolean isComparison(Token token) {
        return (token.kind() == Kind.OPERATOR && COMPARISONS.contains(token.text()))
                || token.is(Kind.NAME, "in")
                || token.is(Kind.NAME, "not");
    }

    private JinjaExpression sum() {
        return binary(List.of("+", "-"), this::concatenation);
    }

    private JinjaExpression concatenation() {
        return binary(List.of("~"), this::product);
    }

    private JinjaExpression product() {
        return binary(List.of("*", "/", "//", "%"), this::power);
    }

    private JinjaExpression power() {
        return binary(List.of("**"), primaries::unary);
    }

    private JinjaExpression binary(List<String> operators, Supplier<JinjaExpression> operand) {
        JinjaExpression left = operand.get();
        while (tokens.isAt(Kind.OPERATOR) && operators.contains(tokens.peek().text())) {
            Token operator = tokens.take();
            left = operation(operator, operator.text(), List.of(left, operand.get()));
        }
        return left;
    }

    Operation operation(Token at, String name, List<JinjaExpression> arguments) {
        link();
        return new Operation(tokens.source(), at.at(), name, JinjaOperator.OPERATOR, arguments, Map.of());
    }

    /** The value with the filters that follow. */
    JinjaExpression filters(JinjaExpression value) {
        return primaries.filtered(value);
    }

    /** The value with the filter whose name follows, and with those behind that. */
    JinjaExpression filter(JinjaExpression value) {
        return primaries.filtered(primaries.filter(value));
    }

    static Constant none() {
        return new Constant(null);
    }
}
