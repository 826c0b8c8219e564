package io.promptforge.dao.template;

import io.promptforge.dao.template.HandlebarsExpressions.Content;
import io.promptforge.dao.template.HandlebarsNode.Output;
import io.promptforge.dao.template.HandlebarsNode.Text;
import io.promptforge.dao.template.HandlebarsNode.Unsupported;
import io.promptforge.dao.template.HandlebarsTags.Tag;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Parses Handlebars with its own helpers: if, unless, each, with and lookup. */
final class HandlebarsParser {
    private final Source source;
    private final Deque<Open> open = new ArrayDeque<>();

    private HandlebarsParser(String text) {
        this.source = new Source(text);
    }

    static Body parse(String text) {
        HandlebarsParser parser = new HandlebarsParser(text);
        return new HandlebarsBody(parser.nodes());
    }

    private List<HandlebarsNode> nodes() {
        Open root = new Open(null, 0, false, false);
        open.push(root);
        HandlebarsTags.of(source).forEach(this::add);
        if (open.size() > 1) {
            throw source.error(open.element().start, "the block " + name(open.element()) + " is not closed");
        }
        return root.nodes;
    }

    private void add(Tag tag) {
        switch (tag.kind()) {
            case 'T' -> add(new Text(tag.content()));
            case 'R' -> add(new Unsupported(source, tag.start(), "the raw block " + tag.content(), List.of()));
            case '>' -> addPartial(tag);
            case '#' -> open(tag);
            case '/' -> close(tag);
            case '^' -> {
                if (tag.content().isBlank()) {
                    otherwise(tag, "");
                } else {
                    open(tag);
                }
            }
            default -> addExpression(tag);
        }
    }

    private void addExpression(Tag tag) {
        String content = tag.content().strip();
        if (content.matches("(?s)else(\\s.*)?")) {
            otherwise(tag, content.substring("else".length()));
        } else {
            add(new Output(source, tag.start(), parse(tag.content(), tag.at())));
        }
    }

    private void addPartial(Tag tag) {
        Content content = parse(tag.content(), tag.at());
        add(new Unsupported(
                source,
                tag.start(),
                "the partial " + content.path().text(),
                List.of(new Output(source, tag.start(), content))));
    }

    private void open(Tag tag) {
        String content = tag.content();
        boolean isForeign = content.startsWith(">") || content.startsWith("*");
        push(new Open(
                parse(isForeign ? content.substring(1) : content, tag.at() + (isForeign ? 1 : 0)),
                tag.start(),
                tag.kind() == '^',
                isForeign));
    }

    private void push(Open block) {
        if (open.size() > Source.DEEPEST) {
            throw source.error(block.start, "blocks are nested deeper than " + Source.DEEPEST + " levels");
        }
        open.push(block);
    }

    /** The else part of a block. {@code else if} is a block of its own in it, which is closed with the first one. */
    private void otherwise(Tag tag, String condition) {
        Open block = open.element();
        if (block.content == null || block.otherwise != null) {
            throw source.error(tag.start(), "the else belongs to no block");
        }
        block.otherwise = new ArrayList<>();
        if (!condition.isBlank()) {
            int at = source.text().indexOf("else", tag.at()) + "else".length();
            Open chained = new Open(parse(condition, at), tag.start(), false, false);
            chained.isChained = true;
            push(chained);
        }
    }

    private void close(Tag tag) {
        String name = tag.content().strip();
        Open block = open.pop();
        while (block.isChained) {
            add(block.node(source));
            block = open.pop();
        }
        if (block.content == null) {
            throw source.error(tag.start(), "no block " + name + " is open");
        }
        if (!name(block).equals(name)) {
            throw source.error(tag.start(), "the block " + name(block) + " is closed as " + name);
        }
        add(block.node(source));
    }

    private void add(HandlebarsNode node) {
        Open block = open.element();
        (block.otherwise == null ? block.nodes : block.otherwise).add(node);
    }

    private Content parse(String content, int offset) {
        return new HandlebarsExpressions(source, content, offset).content();
    }

    private static String name(Open block) {
        return block.content == null ? "" : block.content.path().text();
    }

    /** A block whose end is not found yet. */
    private static final class Open {
        private final @Nullable Content content;
        private final int start;
        private final boolean isInverted;
        private final boolean isForeign;
        private final List<HandlebarsNode> nodes = new ArrayList<>();
        private @Nullable List<HandlebarsNode> otherwise;
        private boolean isChained;

        Open(@Nullable Content content, int start, boolean isInverted, boolean isForeign) {
            this.content = content;
            this.start = start;
            this.isInverted = isInverted;
            this.isForeign = isForeign;
        }

        HandlebarsNode node(Source source) {
            List<HandlebarsNode> other = otherwise == null ? List.of() : otherwise;
            Content known = Objects.requireNonNull(content);
            return isForeign
                    ? new Unsupported(
                            source,
                            start,
                            "the partial or decorator " + known.path().text(),
                            nodes)
                    : new HandlebarsBlock(source, start, known, isInverted ? other : nodes, isInverted ? nodes : other);
        }
    }
}
