package io.promptforge.dao.template;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Parses the format strings of Python. */
final class FormatStringParser {
    private static final Pattern NAME = Pattern.compile("\\s*+([\\p{L}_][\\p{L}\\p{M}\\p{N}_]*+)");
    private static final Pattern MEMBER =
            Pattern.compile("\\.([\\p{L}_][\\p{L}\\p{M}\\p{N}_]*+)|\\[([^\\[\\]{}]++)\\]");

    /** What is behind the name and its members: {@code !r:>10}. */
    private static final Pattern TAIL =
            Pattern.compile("(?:!(?<conversion>[rsa])\\s*+)?(?::(?<format>.*+))?", Pattern.DOTALL);

    private final Source source;
    private final String text;
    private final int end;
    private final boolean isFormat;
    private final List<FormatStringBody.Part> parts = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();

    private FormatStringParser(Source source, int end, boolean isFormat) {
        this.source = source;
        this.text = source.text();
        this.end = end;
        this.isFormat = isFormat;
    }

    static Body parse(String text) {
        Source source = new Source(text);
        return new FormatStringBody(source, new FormatStringParser(source, text.length(), false).parts(0));
    }

    /** The parts from an offset on. Within a format, fields have no formats, and braces cannot be escaped. */
    private List<FormatStringBody.Part> parts(int from) {
        int i = from;
        while (i < end) {
            char c = text.charAt(i);
            boolean isBrace = c == '{' || c == '}';
            if (isBrace && !isFormat && text.startsWith(String.valueOf(c), i + 1)) {
                literal.append(c);
                i += 2;
            } else if (c == '{') {
                i = field(i);
            } else if (c == '}') {
                throw source.error(i, "a single } closes no variable; write }} for a brace");
            } else {
                literal.append(c);
                i++;
            }
        }
        addLiteral();
        return List.copyOf(parts);
    }

    private void addLiteral() {
        if (literal.length() > 0) {
            parts.add(new FormatStringBody.Part(0, literal.toString(), null));
            literal.setLength(0);
        }
    }

    private int field(int start) {
        addLiteral();
        Matcher name = NAME.matcher(text).region(start + 1, end);
        if (!name.lookingAt()) {
            throw source.error(start, "a { begins the name of a variable; write {{ for a brace");
        }
        List<FormatStringBody.Key> keys = new ArrayList<>();
        Matcher member = MEMBER.matcher(text).region(name.end(), end);
        int at = name.end();
        while (member.lookingAt()) {
            boolean isName = member.group(1) != null;
            keys.add(new FormatStringBody.Key(isName ? member.group(1) : member.group(2), isName));
            at = member.end();
            member.region(at, end);
        }
        at = source.skip(at);
        int close = endOfField(start, at);
        Matcher tail = TAIL.matcher(text.substring(at, close));
        if (!tail.matches()) {
            throw source.error(start, "a conversion is one of !r, !s and !a, and a format begins with a colon");
        }
        String conversion = tail.group("conversion") == null ? "" : tail.group("conversion");
        if (isFormat && tail.group("format") != null) {
            throw source.error(start, "a field inside of a format has no format");
        }
        List<FormatStringBody.Part> format = tail.group("format") == null
                ? List.of()
                : new FormatStringParser(source, close, true).parts(at + tail.start("format"));
        parts.add(new FormatStringBody.Part(
                start, name.group(1), new FormatStringBody.Field(List.copyOf(keys), conversion, format)));
        return close + 1;
    }

    /** The end of a field whose conversion and format begin at an offset; a format may hold fields itself. */
    private int endOfField(int start, int at) {
        if (at < end && "}!:".indexOf(text.charAt(at)) < 0) {
            throw source.error(start, "only a name with members stands between { and }; write {{ for a brace");
        }
        int open = 0;
        for (int i = at; i < end; i++) {
            char c = text.charAt(i);
            if (c == '}' && open == 0) {
                return i;
            }
            open += c == '{' ? 1 : c == '}' ? -1 : 0;
        }
        throw source.error(start, "the variable is not closed by }");
    }
}
