package io.promptforge.dao.template;

import io.promptforge.dao.template.JinjaLexer.Kind;
import io.promptforge.dao.template.JinjaLexer.Token;
import io.promptforge.dao.template.JinjaNode.Branch;
import io.promptforge.dao.template.JinjaNode.If;
import io.promptforge.dao.template.JinjaNode.Output;
import io.promptforge.dao.template.JinjaNode.SetMember;
import io.promptforge.dao.template.JinjaNode.SetValue;
import io.promptforge.dao.template.JinjaNode.Text;
import io.promptforge.dao.template.JinjaNode.With;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses Jinja with its own statements. */
final class JinjaParser {
    private final Source source;
    private final JinjaTokens tokens;
    private final JinjaExpressions expressions;
    private final JinjaRareStatements rare;
    private int depth;

    private JinjaParser(String text) {
        this.source = new Source(text);
        this.tokens = new JinjaTokens(source);
        this.expressions = new JinjaExpressions(tokens);
        this.rare = new JinjaRareStatements(tokens, expressions, this);
    }

    static Body parse(String text) {
        return new JinjaBody(new JinjaParser(text).nodes(0));
    }

    /**
     * The nodes up to a statement with one of these words, which is taken up to its word.
     *
     * @param start where the block begins that these words end
     */
    List<JinjaNode> nodes(int start, String... ends) {
        if (depth == Source.DEEPEST) {
            throw source.error(start, "blocks are nested deeper than " + Source.DEEPEST + " levels");
        }
        depth++;
        List<JinjaNode> nodes = new ArrayList<>();
        while (!tokens.isAt(Kind.END)) {
            Token token = tokens.take();
            if (token.kind() == Kind.TEXT) {
                nodes.add(new Text(token.text()));
            } else if (token.kind() == Kind.OUTPUT_BEGIN) {
                nodes.add(new Output(source, token.at(), expressions.tuple()));
                tokens.expect(Kind.OUTPUT_END, "the end of the tag");
            } else if (List.of(ends).contains(tokens.peek().text()) && tokens.isAt(Kind.NAME)) {
                depth--;
                return nodes;
            } else {
                nodes.add(statement(token));
            }
        }
        if (ends.length > 0) {
            throw source.error(start, "the block is not closed by {% " + ends[ends.length - 1] + " %}");
        }
        return nodes;
    }

    /** The nodes up to the end of the block, which is taken. */
    List<JinjaNode> block(int start, String end) {
        endStatement();
        List<JinjaNode> nodes = nodes(start, end);
        tokens.take();
        if (tokens.isAt(Kind.NAME)) {
            tokens.take(); // {% endblock name %}
        }
        endStatement();
        return nodes;
    }

    void endStatement() {
        tokens.expect(Kind.STATEMENT_END, "the end of the tag");
    }

    private JinjaNode statement(Token begin) {
        int at = begin.at();
        Token word = tokens.expect(Kind.NAME, "the name of a statement");
        return switch (word.text()) {
            case "if" -> condition(at);
            case "for" -> loop(at);
            case "set" -> assignment(at);
            case "with" -> with(at);
            default -> rare.statement(word, at);
        };
    }

    private JinjaNode condition(int at) {
        List<Branch> branches = new ArrayList<>();
        @Nullable JinjaExpression condition = expressions.tuple();
        while (true) {
            endStatement();
            List<JinjaNode> nodes = condition == null ? nodes(at, "endif") : nodes(at, "elif", "else", "endif");
            branches.add(new Branch(condition, nodes));
            String word = tokens.take().text();
            if (word.equals("endif")) {
                endStatement();
                return new If(List.copyOf(branches));
            }
            condition = word.equals("elif") ? expressions.tuple() : null;
        }
    }

    private JinjaNode loop(int at) {
        List<String> targets = targets();
        if (!tokens.takesWord("in")) {
            throw tokens.error("in is expected");
        }
        JinjaExpression list = list();
        JinjaExpression condition = tokens.takesWord("if") ? expressions.expression() : null;
        boolean isRecursive = tokens.takesWord("recursive");
        endStatement();
        List<JinjaNode> nodes = nodes(at, "else", "endfor");
        List<JinjaNode> otherwise = List.of();
        if (tokens.take().text().equals("else")) {
            endStatement();
            otherwise = nodes(at, "endfor");
            tokens.take();
        }
        endStatement();
        return new JinjaLoop(source, at, targets, list, condition, isRecursive, nodes, otherwise);
    }

    private JinjaExpression list() {
        JinjaExpression first = expressions.list();
        List<JinjaExpression> elements = new ArrayList<>(List.of(first));
        while (tokens.takes(",")) {
            elements.add(expressions.list());
        }
        return elements.size() == 1 ? first : new JinjaExpression.Elements(List.copyOf(elements), true);
    }

    /** Names, with or without brackets around them. */
    private List<String> targets() {
        List<String> names = new ArrayList<>();
        boolean inBrackets = tokens.takes("(");
        do {
            names.add(tokens.expect(Kind.NAME, "a name").text());
        } while (tokens.takes(","));
        if (inBrackets) {
            tokens.expect(")");
        }
        return List.copyOf(names);
    }

    private JinjaNode assignment(int at) {
        List<String> targets = targets();
        if (targets.size() == 1 && tokens.takes(".")) {
            String member = tokens.expect(Kind.NAME, "a name").text();
            tokens.expect("=");
            JinjaNode node = new SetMember(source, at, targets.get(0), member, expressions.tuple());
            endStatement();
            return node;
        }
        if (tokens.takes("=")) {
            JinjaNode node = new SetValue(source, at, targets, expressions.tuple());
            endStatement();
            return node;
        }
        List<JinjaNode> nodes = new ArrayList<>();
        JinjaExpression text = expressions.filters(new JinjaExpression.Captured(nodes));
        nodes.addAll(block(at, "endset"));
        return new SetValue(source, at, targets, text);
    }

    private JinjaNode with(int at) {
        List<String> names = new ArrayList<>();
        List<JinjaExpression> values = new ArrayList<>();
        while (!tokens.isAt(Kind.STATEMENT_END)) {
            names.add(tokens.expect(Kind.NAME, "a name").text());
            tokens.expect("=");
            values.add(expressions.expression());
            if (!tokens.isAt(Kind.STATEMENT_END)) {
                tokens.expect(",");
            }
        }
        return new With(List.copyOf(names), List.copyOf(values), block(at, "endwith"));
    }
}
