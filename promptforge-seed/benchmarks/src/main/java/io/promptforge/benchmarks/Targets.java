package io.promptforge.benchmarks;

import io.promptforge.benchmarks.Case.Measure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** A table of the promised ratios and the measured ones. */
final class Targets {
    /** The least rate of ingest at a size, as a fraction of the rate at the first size. */
    private static final double LEAST_GROWN = 0.85;

    private final List<List<String>> lines = new ArrayList<>();

    private Targets() {
        lines.add(List.of("Stored spans", "Target", "Promised", "Measured", ""));
    }

    static String of(Map<Long, List<CaseOutcome>> bySize) {
        Targets targets = new Targets();
        SortedMap<Long, List<CaseOutcome>> sizes = new TreeMap<>(bySize);
        sizes.forEach((size, outcomes) -> {
            String stored = Markdown.number(size);
            outcomes.forEach(outcome -> targets.add(stored, outcome));
            targets.growth(stored, sizes.values().iterator().next(), outcomes);
        });
        return Markdown.table(targets.lines);
    }

    private void add(String stored, CaseOutcome outcome) {
        Measure measure = outcome.subject().measure();
        outcome.subject()
                .targets()
                .forEach(target -> add(
                        stored,
                        outcome.name() + " / " + target.baseline(),
                        measure,
                        target.limit(),
                        outcome.ratio(Case.PROMPTFORGE, target.baseline())));
    }

    /**
     * Compares rates at this size with those at the first size. Hours may lie between the two, so the ratio of COPY stands
     * beside it.
     */
    private void growth(String stored, List<CaseOutcome> first, List<CaseOutcome> now) {
        for (CaseOutcome outcome : now) {
            if (!outcome.name().equals(IngestCases.name(1_000, 1)) || now.equals(first)) {
                continue;
            }
            first.stream().filter(one -> one.name().equals(outcome.name())).forEach(one -> {
                String copy = Markdown.ratio(speed(outcome, one, "COPY"));
                add(
                        stored,
                        outcome.name() + " / the same at the first size (COPY: " + copy + ")",
                        Measure.RATE,
                        LEAST_GROWN,
                        speed(outcome, one, Case.PROMPTFORGE));
            });
        }
    }

    private static Optional<Double> speed(CaseOutcome now, CaseOutcome first, String contender) {
        return now.contenders().contains(contender) && first.contenders().contains(contender)
                ? Optional.of(first.median(contender) / now.median(contender))
                : Optional.empty();
    }

    private void add(String stored, String what, Measure measure, double limit, Optional<Double> measured) {
        lines.add(List.of(
                stored,
                what,
                (measure == Measure.RATE ? "≥ " : "≤ ") + shown(limit),
                Markdown.ratio(measured),
                measured.map(ratio -> measure.keeps(ratio, limit) ? "met" : "MISSED")
                        .orElse("")));
    }

    private static String shown(double limit) {
        return String.format(Locale.ROOT, "%s", limit);
    }
}
