package io.promptforge.dao.template;

import io.promptforge.dao.template.MustacheNode.Section;
import io.promptforge.dao.template.MustacheNode.Text;
import io.promptforge.dao.template.MustacheNode.Unsupported;
import io.promptforge.dao.template.MustacheNode.Variable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Parses Mustache: variables, sections, inverted sections, comments and delimiters; partials and blocks are not rendered. */
final class MustacheParser {
    private static final int LONGEST_NAME = 200;
    private static final Pattern PART = Pattern.compile("[^\\s{}#^/!=>&|()\"'.]++");

    private final Source source;
    private final String text;
    private final Deque<Open> open = new ArrayDeque<>();
    private String left = "{{";
    private String right = "}}";
    private int at;

    private MustacheParser(String text) {
        this.source = new Source(text);
        this.text = text;
    }

    static Body parse(String text) {
        return new MustacheBody(new MustacheParser(text).nodes());
    }

    private List<MustacheNode> nodes() {
        open.push(new Open("", 0, '#'));
        for (int start = text.indexOf(left); start >= 0; start = text.indexOf(left, at)) {
            Tag tag = tag(start);
            Source.Range range = "#^/!=><$".indexOf(tag.kind) >= 0
                    ? source.wholeLine(start, tag.end)
                    : new Source.Range(start, tag.end);
            addText(range.start());
            add(tag);
            at = range.end();
        }
        addText(text.length());
        Open last = open.element();
        if (open.size() > 1) {
            throw source.error(last.start, "the section " + last.name + " is not closed");
        }
        return last.nodes;
    }

    private Tag tag(int start) {
        int first = source.skip(start + left.length());
        char kind = first < text.length() ? text.charAt(first) : ' ';
        boolean hasKind = "{&#^/!=><$".indexOf(kind) >= 0;
        String end = kind == '{' ? "}" + right : kind == '=' ? "=" + right : right;
        int begin = hasKind ? first + 1 : first;
        int close = text.indexOf(end, begin);
        if (close < 0) {
            throw source.error(start, "the tag is not closed by " + end);
        }
        return new Tag(hasKind ? kind : ' ', text.substring(begin, close).strip(), start, close + end.length());
    }

    private void add(Tag tag) {
        switch (tag.kind) {
            case '#', '^', '<', '$' -> open(tag);
            case '/' -> close(tag);
            case '!' -> {}
            case '=' -> setDelimiters(tag);
            case '>' -> add(new Unsupported(source, tag.start, "the partial " + tag.content, List.of()));
            default -> add(new Variable(source, tag.start, name(tag)));
        }
    }

    private void open(Tag tag) {
        if (open.size() > Source.DEEPEST) {
            throw source.error(tag.start, "sections are nested deeper than " + Source.DEEPEST + " levels");
        }
        open.push(new Open(name(tag), tag.start, tag.kind));
    }

    private void close(Tag tag) {
        Open section = open.element();
        if (open.size() == 1 || !section.name.equals(tag.content)) {
            throw source.error(
                    tag.start,
                    open.size() == 1
                            ? "no section " + tag.content + " is open"
                            : "the section " + section.name + " is closed as " + tag.content);
        }
        open.pop();
        boolean isSection = "#^".indexOf(section.kind) >= 0;
        add(
                isSection
                        ? new Section(section.name, section.kind == '^', section.nodes)
                        : new Unsupported(source, section.start, "the block " + section.name, section.nodes));
    }

    private void setDelimiters(Tag tag) {
        String[] delimiters = tag.content.split("\\s+", -1);
        if (delimiters.length != 2 || delimiters[0].isEmpty()) {
            throw source.error(tag.start, "a change of delimiters names two of them");
        }
        left = delimiters[0];
        right = delimiters[1];
    }

    private String name(Tag tag) {
        if (!tag.content.equals(".") && !isName(tag.content)) {
            throw source.error(tag.start, "the tag names no variable; is the template of another format than mustache");
        }
        return tag.content;
    }

    private static boolean isName(String content) {
        return content.length() <= LONGEST_NAME
                && Stream.of(content.split("\\.", -1))
                        .allMatch(part -> PART.matcher(part).matches());
    }

    private void addText(int end) {
        if (end > at) {
            add(new Text(text.substring(at, end)));
        }
    }

    private void add(MustacheNode node) {
        open.element().nodes.add(node);
    }

    private record Tag(char kind, String content, int start, int end) {}

    private static final class Open {
        private final String name;
        private final int start;
        private final char kind;
        private final List<MustacheNode> nodes = new ArrayList<>();

        Open(String name, int start, char kind) {
            this.name = name;
            this.start = start;
            this.kind = kind;
        }
    }
}
