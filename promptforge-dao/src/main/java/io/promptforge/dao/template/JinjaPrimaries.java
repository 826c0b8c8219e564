package io.promptforge.dao.template;

import io.promptforge.dao.template.JinjaExpression.Constant;
import io.promptforge.dao.template.JinjaExpression.Elements;
import io.promptforge.dao.template.JinjaExpression.Member;
import io.promptforge.dao.template.JinjaExpression.Members;
import io.promptforge.dao.template.JinjaExpression.Name;
import io.promptforge.dao.template.JinjaExpression.Operation;
import io.promptforge.dao.template.JinjaLexer.Kind;
import io.promptforge.dao.template.JinjaLexer.Token;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parses constants, names, brackets, and what follows them: members, calls, filters and tests. */
final class JinjaPrimaries {
    private final JinjaTokens tokens;
    private final JinjaExpressions expressions;

    JinjaPrimaries(JinjaTokens tokens, JinjaExpressions expressions) {
        this.tokens = tokens;
        this.expressions = expressions;
    }

    JinjaExpression unary() {
        return filtered(signed(0));
    }

    private JinjaExpression signed(int depth) {
        Token sign = tokens.peek();
        if (depth > Source.DEEPEST) {
            throw tokens.error("expressions are nested deeper than " + Source.DEEPEST + " levels");
        }
        if (tokens.takes("-") || tokens.takes("+")) {
            return expressions.operation(sign, sign.text(), List.of(signed(depth + 1)));
        }
        return withMembers(primary());
    }

    private JinjaExpression primary() {
        Token token = tokens.take();
        return switch (token.kind()) {
            case NAME -> name(token);
            case INTEGER -> new Constant(integer(token.text().replace("_", "")));
            case FRACTION -> new Constant(new BigDecimal(token.text().replace("_", "")));
            case STRING -> string(token);
            default -> bracket(token);
        };
    }

    /** Texts in a row are one. */
    private JinjaExpression string(Token first) {
        StringBuilder text = new StringBuilder(PythonStrings.unquoted(first.text()));
        while (tokens.isAt(Kind.STRING)) {
            text.append(PythonStrings.unquoted(tokens.take().text()));
        }
        return new Constant(text.toString());
    }

    private JinjaExpression bracket(Token token) {
        if (token.is(Kind.OPERATOR, "(")) {
            JinjaExpression value = tokens.isAt(")") ? new Elements(List.of(), true) : expressions.tuple();
            tokens.expect(")");
            return value;
        }
        if (token.is(Kind.OPERATOR, "[")) {
            return new Elements(until("]"), false);
        }
        if (token.is(Kind.OPERATOR, "{")) {
            return members();
        }
        throw tokens.source().error(token.at(), "a value is expected");
    }

    private static JinjaExpression name(Token token) {
        return switch (token.text()) {
            case "true", "True" -> new Constant(true);
            case "false", "False" -> new Constant(false);
            case "none", "None" -> new Constant(null);
            default -> new Name(token.text());
        };
    }

    private static Object integer(String digits) {
        BigInteger number = new BigInteger(digits);
        return number.bitLength() < Integer.SIZE ? (Object) number.intValue() : number;
    }

    private List<JinjaExpression> until(String close) {
        List<JinjaExpression> elements = new ArrayList<>();
        while (!tokens.takes(close)) {
            elements.add(expressions.expression());
            if (!tokens.isAt(close)) {
                tokens.expect(",");
            }
        }
        return List.copyOf(elements);
    }

    private JinjaExpression members() {
        List<JinjaExpression> keys = new ArrayList<>();
        List<JinjaExpression> values = new ArrayList<>();
        while (!tokens.takes("}")) {
            keys.add(expressions.expression());
            tokens.expect(":");
            values.add(expressions.expression());
            if (!tokens.isAt("}")) {
                tokens.expect(",");
            }
        }
        return new Members(List.copyOf(keys), List.copyOf(values));
    }

    private JinjaExpression withMembers(JinjaExpression primary) {
        JinjaExpression value = primary;
        while (true) {
            Token token = tokens.peek();
            if (tokens.takes(".")) {
                Token name = tokens.take();
                if (name.kind() != Kind.NAME && name.kind() != Kind.INTEGER) {
                    throw tokens.source().error(name.at(), "a name is expected");
                }
                boolean isName = name.kind() == Kind.NAME;
                expressions.link();
                value = new Member(value, new Constant(isName ? name.text() : integer(name.text())), isName);
            } else if (tokens.takes("[")) {
                value = subscript(token, value);
            } else if (tokens.takes("(")) {
                value = call(token, value);
            } else {
                return value;
            }
        }
    }

    private JinjaExpression subscript(Token at, JinjaExpression of) {
        List<JinjaExpression> parts = new ArrayList<>();
        boolean isSlice = false;
        JinjaExpression part = null;
        while (!tokens.takes("]")) {
            if (tokens.takes(":")) {
                isSlice = true;
                parts.add(part == null ? JinjaExpressions.none() : part);
                part = null;
            } else {
                part = expressions.tuple();
            }
        }
        parts.add(part == null ? JinjaExpressions.none() : part);
        if (!isSlice) {
            expressions.link();
            return new Member(of, parts.get(0), false);
        }
        parts.add(0, of);
        while (parts.size() < 4) {
            parts.add(JinjaExpressions.none());
        }
        return expressions.operation(at, "slice", List.copyOf(parts));
    }

    private JinjaExpression call(Token at, JinjaExpression called) {
        List<JinjaExpression> arguments = new ArrayList<>();
        Map<String, JinjaExpression> options = new LinkedHashMap<>();
        JinjaOperator kind = JinjaOperator.METHOD;
        String name = "of a value";
        if (called instanceof Name function) {
            kind = JinjaOperator.FUNCTION;
            name = function.name();
        } else if (called instanceof Member member && member.isName()) {
            arguments.add(member.of());
            name = String.valueOf(((Constant) member.key()).constant());
        } else {
            arguments.add(called);
        }
        arguments(arguments, options);
        expressions.link();
        Operation call = new Operation(tokens.source(), at.at(), name, kind, List.copyOf(arguments), options);
        return kind == JinjaOperator.FUNCTION ? new JinjaCall(call) : call;
    }

    private void arguments(List<JinjaExpression> arguments, Map<String, JinjaExpression> options) {
        while (!tokens.takes(")")) {
            Token first = tokens.peek();
            boolean isSpread = tokens.takes("*") || tokens.takes("**");
            JinjaExpression value = expressions.expression();
            if (isSpread) {
                value = expressions.operation(first, first.text(), List.of(value)); // is not rendered
            }
            if (!isSpread && value instanceof Name option && tokens.takes("=")) {
                options.put(option.name(), expressions.expression());
            } else {
                arguments.add(value);
            }
            if (!tokens.isAt(")")) {
                tokens.expect(",");
            }
        }
    }

    JinjaExpression filtered(JinjaExpression unary) {
        JinjaExpression value = unary;
        while (true) {
            if (tokens.takes("|")) {
                value = filter(value);
            } else if (tokens.takesWord("is")) {
                value = test(value);
            } else {
                return value;
            }
        }
    }

    JinjaExpression filter(JinjaExpression value) {
        Token name = tokens.peek();
        List<JinjaExpression> arguments = new ArrayList<>(List.of(value));
        Map<String, JinjaExpression> options = new LinkedHashMap<>();
        String filter = dottedName();
        if (tokens.takes("(")) {
            arguments(arguments, options);
        }
        expressions.link();
        return new Operation(tokens.source(), name.at(), filter, JinjaOperator.FILTER, List.copyOf(arguments), options);
    }

    private JinjaExpression test(JinjaExpression value) {
        boolean isNot = tokens.takesWord("not");
        Token name = tokens.peek();
        List<JinjaExpression> arguments = new ArrayList<>(List.of(value));
        String test = dottedName();
        if (tokens.takes("(")) {
            arguments(arguments, new LinkedHashMap<>());
        } else if (isArgument(tokens.peek())) {
            arguments.add(withMembers(primary()));
        }
        expressions.link();
        JinjaExpression result =
                new Operation(tokens.source(), name.at(), test, JinjaOperator.TEST, List.copyOf(arguments), Map.of());
        return isNot ? expressions.operation(name, "not", List.of(result)) : result;
    }

    private static boolean isArgument(Token token) {
        return switch (token.kind()) {
            case NAME ->
                !List.of("else", "or", "and", "is", "if", "in", "not", "recursive")
                        .contains(token.text());
            case STRING, INTEGER, FRACTION -> true;
            default -> token.is(Kind.OPERATOR, "[") || token.is(Kind.OPERATOR, "{");
        };
    }

    private String dottedName() {
        StringBuilder name =
                new StringBuilder(tokens.expect(Kind.NAME, "a name").text());
        while (tokens.takes(".")) {
            name.append('.').append(tokens.expect(Kind.NAME, "a name").text());
        }
        return name.toString();
    }
}
