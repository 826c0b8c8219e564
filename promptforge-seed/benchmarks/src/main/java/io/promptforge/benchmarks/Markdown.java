package io.promptforge.benchmarks;

import io.promptforge.benchmarks.Case.Measure;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Formats tables as Markdown whose columns are aligned as text too. */
final class Markdown {
    private Markdown() {}

    /** A list of facts. */
    static String facts(Map<String, String> facts) {
        StringBuilder text = new StringBuilder();
        facts.forEach((name, fact) ->
                text.append("* ").append(name).append(": ").append(fact).append('\n'));
        return text.toString();
    }

    /** The tables of the outcomes: rates first, then times. */
    static String of(List<CaseOutcome> outcomes) {
        return Stream.of(Measure.values())
                .map(measure -> outcomes(outcomes, measure))
                .filter(table -> !table.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    /** The outcomes of one measure: a line for each case, a column for each contender. */
    private static String outcomes(List<CaseOutcome> all, Measure measure) {
        List<CaseOutcome> outcomes = all.stream()
                .filter(outcome -> outcome.subject().measure() == measure)
                .toList();
        if (outcomes.isEmpty()) {
            return "";
        }
        Set<String> contenders = new LinkedHashSet<>();
        outcomes.forEach(outcome -> {
            contenders.addAll(outcome.contenders());
            contenders.addAll(outcome.failures().keySet());
        });
        List<List<String>> lines = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of(measure == Measure.RATE ? "Rows a second" : "Time a call"));
        head.addAll(contenders);
        lines.add(head);
        for (CaseOutcome outcome : outcomes) {
            List<String> line = new ArrayList<>(List.of(outcome.name()));
            contenders.forEach(contender -> line.add(cell(outcome, contender)));
            lines.add(line);
        }
        StringBuilder text = new StringBuilder(table(lines));
        for (CaseOutcome outcome : outcomes) {
            outcome.failures().forEach((contender, reason) -> text.append('\n')
                    .append(outcome.name() + ": " + contender + " failed: " + reason)
                    .append('\n'));
        }
        return text.toString();
    }

    private static String cell(CaseOutcome outcome, String contender) {
        if (!outcome.contenders().contains(contender)) {
            return outcome.failures().containsKey(contender) ? "failed" : "";
        }
        String baseline = outcome.contenders().get(0);
        String value = outcome.subject().measure() == Measure.RATE
                ? number(Math.round(1e9 / outcome.median(contender)))
                : time(outcome.median(contender));
        String spread = " ±" + Math.round(outcome.spread(contender) * 50) + "%";
        return contender.equals(baseline)
                ? value + spread
                : ratio(outcome.ratio(contender, baseline)) + " · " + value + spread;
    }

    /** A table of lines of cells; the first line is the head. */
    static String table(List<List<String>> lines) {
        int[] widths = new int[lines.get(0).size()];
        lines.forEach(line -> {
            for (int i = 0; i < line.size(); i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        });
        StringBuilder text = new StringBuilder();
        for (int number = 0; number < lines.size(); number++) {
            append(text, lines.get(number), widths);
            if (number == 0) {
                for (int width : widths) {
                    text.append("| ").append("-".repeat(width)).append(' ');
                }
                text.append("|\n");
            }
        }
        return text.toString();
    }

    private static void append(StringBuilder text, List<String> line, int[] widths) {
        for (int i = 0; i < line.size(); i++) {
            text.append("| ")
                    .append(line.get(i))
                    .append(" ".repeat(widths[i] - line.get(i).length() + 1));
        }
        text.append("|\n");
    }

    static String ratio(Optional<Double> ratio) {
        return ratio.map(value -> String.format(Locale.ROOT, "%.2f", value)).orElse("not measured");
    }

    static String number(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static String time(double nanos) {
        return nanos < 1e6 ? Math.round(nanos / 1e3) + " µs" : String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
    }
}
