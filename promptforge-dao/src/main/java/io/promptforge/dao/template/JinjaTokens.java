package io.promptforge.dao.template;

import io.promptforge.dao.error.TemplateSyntaxException;
import io.promptforge.dao.template.JinjaLexer.Kind;
import io.promptforge.dao.template.JinjaLexer.Token;
import java.util.List;

/** The tokens of a Jinja template, taken one after the other. */
final class JinjaTokens {
    private final Source source;
    private final List<Token> tokens;
    private int next;

    JinjaTokens(Source source) {
        this.source = source;
        this.tokens = JinjaLexer.of(source);
    }

    Source source() {
        return source;
    }

    Token peek() {
        return tokens.get(next);
    }

    Token take() {
        Token token = tokens.get(next);
        next = Math.min(next + 1, tokens.size() - 1);
        return token;
    }

    boolean isAt(Kind kind) {
        return peek().kind() == kind;
    }

    boolean isAt(String operator) {
        return peek().is(Kind.OPERATOR, operator);
    }

    boolean isAtWord(String word) {
        return peek().is(Kind.NAME, word);
    }

    /** Takes the operator if it is the next token. */
    boolean takes(String operator) {
        boolean isNext = isAt(operator);
        if (isNext) {
            take();
        }
        return isNext;
    }

    /** Takes the word if it is the next token. */
    boolean takesWord(String word) {
        boolean isNext = isAtWord(word);
        if (isNext) {
            take();
        }
        return isNext;
    }

    void expect(String operator) {
        if (!takes(operator)) {
            throw error(operator + " is expected");
        }
    }

    Token expect(Kind kind, String what) {
        if (!isAt(kind)) {
            throw error(what + " is expected");
        }
        return take();
    }

    TemplateSyntaxException error(String problem) {
        return source.error(peek().at(), problem);
    }
}
