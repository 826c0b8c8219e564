package io.promptforge.dao.template;

import java.util.ArrayList;
import java.util.List;

/** Splits a Handlebars template into text and tags, and removes the white space that tags take with them. */
final class HandlebarsTags {
    /**
     * A text, or a tag without its braces.
     *
     * @param kind {@code T} for a text, a blank for an expression, else the character behind the braces
     * @param content the text, or what follows the kind
     * @param start where it starts
     * @param at where the content starts
     */
    record Tag(char kind, String content, int start, int at) {}

    private final Source source;
    private final String text;
    private final List<Tag> tags = new ArrayList<>();
    private int textStart;

    private HandlebarsTags(Source source) {
        this.source = source;
        this.text = source.text();
    }

    static List<Tag> of(Source source) {
        HandlebarsTags lexer = new HandlebarsTags(source);
        lexer.run();
        return lexer.tags;
    }

    private void run() {
        int at = 0;
        for (int start = text.indexOf("{{"); start >= 0; start = text.indexOf("{{", at)) {
            int slashes = start > textStart && text.charAt(start - 1) == '\\' ? 1 : 0;
            slashes += slashes == 1 && start - 1 > textStart && text.charAt(start - 2) == '\\' ? 1 : 0;
            if (slashes == 1) {
                addText(start - 1);
                addLiteral(start, start + 2);
                at = start + 2;
            } else {
                addText(start - (slashes == 2 ? 1 : 0));
                at = text.startsWith("{{{{", start) ? rawBlock(start) : tag(start);
            }
        }
        addText(text.length());
    }

    private int rawBlock(int start) {
        int open = text.indexOf("}}}}", start);
        String name = open < 0 ? "" : text.substring(start + 4, open).strip().split("\\s", -1)[0];
        String end = "{{{{/" + name + "}}}}";
        int close = open < 0 ? -1 : text.indexOf(end, open);
        if (close < 0) {
            throw source.error(start, "the raw block is not closed");
        }
        if (name.equals("raw")) {
            addLiteral(open + 4, close);
        } else {
            tags.add(new Tag('R', name, start, start));
        }
        textStart = close + end.length();
        return textStart;
    }

    private int tag(int start) {
        boolean isTriple = text.startsWith("{{{", start);
        int first = start + (isTriple ? 3 : 2);
        boolean trimsBefore = text.startsWith("~", first);
        int begin = trimsBefore ? first + 1 : first;
        char kind = begin < text.length() && "#^/!>&*".indexOf(text.charAt(begin)) >= 0 ? text.charAt(begin) : ' ';
        int content = kind == ' ' ? begin : begin + 1;
        int close =
                kind == '!' ? endOfComment(start, content) : endOfExpression(start, content, isTriple ? "}}}" : "}}");
        int end = close + (isTriple && kind != '!' ? 3 : 2);
        boolean trimsAfter = text.charAt(close - 1) == '~' && close - 1 >= content;
        String inside = text.substring(content, trimsAfter ? close - 1 : close);
        boolean isElse = kind == ' ' && inside.strip().matches("(?s)else(\\s.*)?");
        Source.Range range =
                "#^/!>".indexOf(kind) >= 0 || isElse ? source.wholeLine(start, end) : new Source.Range(start, end);
        addTextBefore(trimsBefore ? source.skipBack(start) : range.start());
        if (kind != '!') {
            tags.add(new Tag(kind, inside, start, content));
        }
        textStart = trimsAfter ? source.skip(end) : range.end();
        return Math.max(textStart, end);
    }

    /** The text before a tag was added up to the tag already; what the tag takes of it is cut off again. */
    private void addTextBefore(int end) {
        Tag last = tags.isEmpty() ? null : tags.get(tags.size() - 1);
        if (last != null && last.kind == 'T' && last.at + last.content.length() > end) {
            tags.remove(tags.size() - 1);
            int keep = Math.max(0, end - last.at);
            if (keep > 0) {
                tags.add(new Tag('T', last.content.substring(0, keep), last.start, last.at));
            }
        }
    }

    private int endOfComment(int start, int content) {
        String end = text.startsWith("--", content) ? "--" : "";
        int from = content + end.length();
        int close = text.indexOf(end + "}}", from);
        int trimming = text.indexOf(end + "~}}", from);
        int first = close < 0 || (trimming >= 0 && trimming < close) ? trimming : close;
        if (first < 0) {
            throw source.error(start, "the comment is not closed by " + end + "}}");
        }
        return text.indexOf("}}", first);
    }

    /** The first end that is not inside of a text in quotes or of a name in brackets. */
    private int endOfExpression(int start, int content, String end) {
        int i = content;
        while (i < text.length()) {
            char c = text.charAt(i);
            if (text.startsWith(end, i)) {
                return i;
            }
            int close = c == '"' || c == '\'' ? endOfText(i) : c == '[' ? text.indexOf(']', i) : i;
            if (close < 0) {
                break;
            }
            i = close + 1;
        }
        throw source.error(start, "the tag is not closed by " + end);
    }

    private int endOfText(int quote) {
        int i = text.indexOf(text.charAt(quote), quote + 1);
        while (i > 0 && text.charAt(i - 1) == '\\') {
            i = text.indexOf(text.charAt(quote), i + 1);
        }
        return i;
    }

    private void addText(int end) {
        addLiteral(textStart, end);
    }

    private void addLiteral(int from, int to) {
        if (to > from) {
            tags.add(new Tag('T', text.substring(from, to), from, from));
        }
        textStart = Math.max(textStart, to);
    }
}
