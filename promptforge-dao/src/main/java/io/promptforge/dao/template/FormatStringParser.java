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

    private final Source source;
    private final String text;
    private final List<FormatStringBody.Part> parts = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();

    private FormatStringParser(String text) {
        this.source = new Source(text);
        this.text = text;
    }

    static Body parse(String text) {
        FormatStringParser parser = new FormatStringParser(text);
        parser.run();
        return new FormatStringBody(parser.source, List.copyOf(parser.parts));
    }

    private void run() {
        int i = 0;
        while (i < text.length()) {
            char c = text.charAt(i);
            boolean isBrace = c == '{' || c == '}';
            if (isBrace && text.startsWith(String.valueOf(c), i + 1)) {
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
    }

    private void addLiteral() {
        if (literal.length() > 0) {
            parts.add(new FormatStringBody.Part(0, literal.toString(), null));
            literal.setLength(0);
        }
    }

    private int field(int start) {
        addLiteral();
        Matcher name = NAME.matcher(text).region(start + 1, text.length());
        if (!name.lookingAt()) {
            throw source.error(start, "a { begins the name of a variable; write {{ for a brace");
        }
        List<FormatStringBody.Key> keys = new ArrayList<>();
        Matcher member = MEMBER.matcher(text).region(name.end(), text.length());
        int at = name.end();
        while (member.lookingAt()) {
            boolean isName = member.group(1) != null;
            keys.add(new FormatStringBody.Key(isName ? member.group(1) : member.group(2), isName));
            at = member.end();
            member.region(at, text.length());
        }
        at = source.skip(at);
        int end = endOfField(start, at);
        boolean isAsIs = end == at || text.substring(at, end).matches("!s\\s*");
        parts.add(new FormatStringBody.Part(
                start, name.group(1), new FormatStringBody.Field(List.copyOf(keys), text.substring(at, end), isAsIs)));
        if (!isAsIs) {
            addFormatVariables(start, at, end);
        }
        return end + 1;
    }

    /** The end of a field whose conversion and format begin at an offset; a format may hold fields itself. */
    private int endOfField(int start, int at) {
        if (at < text.length() && "}!:".indexOf(text.charAt(at)) < 0) {
            throw source.error(start, "only a name with members stands between { and }; write {{ for a brace");
        }
        int open = 0;
        for (int i = at; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '}' && open == 0) {
                return i;
            }
            open += c == '{' ? 1 : c == '}' ? -1 : 0;
        }
        throw source.error(start, "the variable is not closed by }");
    }

    /** The variables in a format: {@code {price:{width}}}. */
    private void addFormatVariables(int start, int from, int to) {
        Matcher inner = Pattern.compile("\\{" + NAME.pattern()).matcher(text).region(from, to);
        while (inner.find()) {
            parts.add(
                    new FormatStringBody.Part(start, inner.group(1), new FormatStringBody.Field(List.of(), "", false)));
        }
    }
}
