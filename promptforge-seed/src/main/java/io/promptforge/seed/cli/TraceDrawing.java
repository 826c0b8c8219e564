package io.promptforge.seed.cli;

import io.promptforge.dao.trace.Span;
import io.promptforge.dao.trace.SpanNode;
import io.promptforge.dao.trace.TokenUsage;
import io.promptforge.dao.trace.Trace;
import io.promptforge.dao.trace.TraceTree;
import io.promptforge.schema.type.ExecutionStatus;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Draws a trace as a text tree, with one line per span: name, kind, duration, tokens and cost. */
final class TraceDrawing {
    private final List<String> lines = new ArrayList<>();

    private TraceDrawing() {}

    static List<String> of(TraceTree tree) {
        TraceDrawing drawing = new TraceDrawing();
        Trace trace = tree.trace();
        drawing.lines.add(line(
                trace.name() + " (" + lower(trace.status()) + ")",
                trace.duration(),
                trace.totals().totalTokens(),
                Optional.of(trace.totals().cost())));
        drawing.draw(tree.roots(), "");
        return drawing.lines;
    }

    private void draw(List<SpanNode> siblings, String indent) {
        for (int i = 0; i < siblings.size(); i++) {
            boolean last = i == siblings.size() - 1;
            Span span = siblings.get(i).span();
            TokenUsage usage = span.modelCall().usage();
            lines.add(line(
                    indent + (last ? "`- " : "|- ") + span.name() + " [" + lower(span.kind()) + "]" + failure(span),
                    span.duration(),
                    usage.input().orElse(0) + usage.output().orElse(0),
                    span.modelCall().cost()));
            draw(siblings.get(i).children(), indent + (last ? "   " : "|  "));
        }
    }

    private static String failure(Span span) {
        return span.status() == ExecutionStatus.SUCCESS ? "" : " (" + lower(span.status()) + ")";
    }

    private static String line(String what, Optional<Duration> duration, long tokens, Optional<BigDecimal> cost) {
        return String.format(
                        Locale.ROOT,
                        "%-44s %9s  %10s  %s",
                        what,
                        duration.map(time -> time.toMillis() + " ms").orElse("running"),
                        tokens == 0 ? "" : tokens + " tokens",
                        cost.filter(dollars -> dollars.signum() > 0)
                                .map(TraceDrawing::dollars)
                                .orElse(""))
                .stripTrailing();
    }

    private static String dollars(BigDecimal cost) {
        return "$" + cost.stripTrailingZeros().toPlainString();
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
