package io.promptforge.dao.template;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits a Jinja template into texts and the tokens of its tags, and removes the white space that tags take with them. */
final class JinjaLexer {
    /** What a token is. */
    enum Kind {
        TEXT,
        OUTPUT_BEGIN,
        OUTPUT_END,
        STATEMENT_BEGIN,
        STATEMENT_END,
        NAME,
        INTEGER,
        FRACTION,
        STRING,
        OPERATOR,
        END
    }

    /** A token at an offset of the template. */
    record Token(Kind kind, String text, int at) {
        boolean is(Kind other, String value) {
            return kind == other && text.equals(value);
        }
    }

    private static final Pattern TOKEN = Pattern.compile(
            "\\s*+(?:(?<name>[\\p{L}_][\\p{L}\\p{M}\\p{N}_]*+)"
                    + "|(?<fraction>[0-9][0-9_]*+(?:\\.[0-9][0-9_]*+(?:[eE][+-]?[0-9]++)?|[eE][+-]?[0-9]++))|(?<integer>[0-9][0-9_]*+)"
                    + "|(?<operator>\\*\\*|//|==|!=|>=|<=|[-+*/%~(){}\\[\\]<>=.:|,;]))",
            Pattern.DOTALL);

    private static final Pattern END_OF_RAW = Pattern.compile("\\{%([-+]?)\\s*+endraw\\s*+([-+]?)%}");
    private static final Pattern RAW = Pattern.compile("\\{%[-+]?\\s*+raw\\s*+([-+]?)%}");

    private final Source source;
    private final String text;
    private final List<Token> tokens = new ArrayList<>();
    private int textStart;
    private int at;

    private JinjaLexer(Source source) {
        this.source = source;
        // a line break at the end is not part of the text
        String all = source.text();
        this.text = all.endsWith("\r\n")
                ? all.substring(0, all.length() - 2)
                : all.endsWith("\n") || all.endsWith("\r") ? all.substring(0, all.length() - 1) : all;
    }

    static List<Token> of(Source source) {
        JinjaLexer lexer = new JinjaLexer(source);
        lexer.run();
        return lexer.tokens;
    }

    private void run() {
        int start = nextTag();
        while (start >= 0) {
            boolean trims = text.startsWith("-", start + 2);
            addText(trims ? Math.max(textStart, source.skipBack(start)) : start);
            switch (text.charAt(start + 1)) {
                case '#' -> comment(start);
                case '%' -> statement(start);
                default -> tag(start, Kind.OUTPUT_BEGIN, Kind.OUTPUT_END, "}}");
            }
            start = nextTag();
        }
        addText(text.length());
        tokens.add(new Token(Kind.END, "", source.text().length()));
    }

    private int nextTag() {
        for (int i = text.indexOf('{', at); i >= 0 && i + 1 < text.length(); i = text.indexOf('{', i + 1)) {
            if ("{%#".indexOf(text.charAt(i + 1)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    private void comment(int start) {
        int close = text.indexOf("#}", start + 2);
        if (close < 0) {
            throw source.error(start, "the comment is not closed by #}");
        }
        leave(close + 2, text.charAt(close - 1) == '-');
    }

    private void statement(int start) {
        Matcher raw = RAW.matcher(text).region(start, text.length());
        if (!raw.lookingAt()) {
            tag(start, Kind.STATEMENT_BEGIN, Kind.STATEMENT_END, "%}");
            return;
        }
        Matcher end = END_OF_RAW.matcher(text);
        if (!end.find(raw.end())) {
            throw source.error(start, "the raw part is not closed by {% endraw %}");
        }
        leave(raw.end(), raw.group(1).equals("-"));
        addText(end.group(1).equals("-") ? Math.max(textStart, source.skipBack(end.start())) : end.start());
        leave(end.end(), end.group(2).equals("-"));
    }

    private void tag(int start, Kind begin, Kind end, String close) {
        tokens.add(new Token(begin, "", start));
        at = start + 2;
        if (at < text.length() && "-+".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        Deque<String> brackets = new ArrayDeque<>();
        while (true) {
            int token = source.skip(at);
            boolean trims = text.startsWith("-" + close, token);
            if (brackets.isEmpty() && (trims || text.startsWith(close, token) || text.startsWith("+" + close, token))) {
                tokens.add(new Token(end, "", token));
                leave(text.indexOf(close, token) + 2, trims);
                return;
            }
            token(start, token, brackets, close);
        }
    }

    private void token(int start, int from, Deque<String> brackets, String close) {
        Matcher token = TOKEN.matcher(text).region(from, text.length());
        if (from >= text.length()) {
            throw source.error(start, "the tag is not closed by " + close);
        }
        if ("\"'".indexOf(text.charAt(from)) >= 0) {
            string(from);
            return;
        }
        if (!token.lookingAt()) {
            throw source.error(
                    from,
                    "the character " + text.substring(from, from + Character.charCount(text.codePointAt(from)))
                            + " has no meaning in a tag");
        }
        for (Kind kind : List.of(Kind.NAME, Kind.FRACTION, Kind.INTEGER, Kind.OPERATOR)) {
            String value = token.group(kind.name().toLowerCase(Locale.ROOT));
            if (value != null) {
                tokens.add(new Token(kind, value, from));
                balance(value, kind, from, brackets);
            }
        }
        at = token.end();
    }

    private void string(int from) {
        int end = Source.endOfQuoted(text, from);
        if (end < 0) {
            throw source.error(from, "the text in quotes is not closed");
        }
        tokens.add(new Token(Kind.STRING, text.substring(from, end), from));
        at = end;
    }

    private void balance(String value, Kind kind, int from, Deque<String> brackets) {
        if (kind != Kind.OPERATOR) {
            return;
        }
        switch (value) {
            case "(" -> brackets.push(")");
            case "[" -> brackets.push("]");
            case "{" -> brackets.push("}");
            case ")", "]", "}" -> {
                if (brackets.isEmpty() || !brackets.pop().equals(value)) {
                    throw source.error(from, "the bracket " + value + " closes none");
                }
            }
            default -> {}
        }
    }

    private void leave(int end, boolean trims) {
        textStart = trims ? Math.min(source.skip(end), text.length()) : end;
        at = textStart;
    }

    private void addText(int end) {
        if (end > textStart) {
            tokens.add(new Token(Kind.TEXT, text.substring(textStart, end), textStart));
        }
    }
}
