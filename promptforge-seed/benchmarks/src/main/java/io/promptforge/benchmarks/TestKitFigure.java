package io.promptforge.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** The times that something takes. */
final class TestKitFigure {
    private final String what;
    private final OptionalDouble promised;
    private final double[] millis;

    private TestKitFigure(String what, OptionalDouble promised, double[] millis) {
        this.what = what;
        this.promised = promised;
        this.millis = millis;
    }

    /**
     * A figure with a limit.
     *
     * @param what is measured
     * @param median the greatest median that is promised, in milliseconds
     * @param millis the times of all runs, in milliseconds
     */
    static TestKitFigure promised(String what, double median, double[] millis) {
        return new TestKitFigure(what, OptionalDouble.of(median), millis);
    }

    /** A figure without a limit: an alternative, or for information. */
    static TestKitFigure beside(String what, double[] millis) {
        return new TestKitFigure(what, OptionalDouble.empty(), millis);
    }

    static String table(List<TestKitFigure> figures) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.of("Milliseconds", "Promised", "Median", "99th percentile", "Greatest", "Runs", ""));
        figures.forEach(figure -> lines.add(figure.line()));
        return Markdown.table(lines);
    }

    private List<String> line() {
        double median = CaseOutcome.quantile(millis, 0.5);
        return List.of(
                what,
                promised.stream()
                        .mapToObj(limit -> "≤ " + shown(limit))
                        .findFirst()
                        .orElse(""),
                shown(median),
                millis.length < 100 ? "" : shown(CaseOutcome.quantile(millis, 0.99)),
                shown(CaseOutcome.quantile(millis, 1)),
                Markdown.number(millis.length),
                promised.stream()
                        .mapToObj(limit -> median <= limit ? "met" : "MISSED")
                        .findFirst()
                        .orElse(""));
    }

    private static String shown(double millis) {
        return String.format(Locale.ROOT, millis < 100 ? "%.1f" : "%.0f", millis);
    }
}
