package io.promptforge.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What was promised, beside what was measured. */
final class Targets {
    private final List<List<String>> lines = new ArrayList<>();

    private Targets() {
        lines.add(List.of("Stored spans", "Target", "Promised", "Measured", ""));
    }

    static String of(Map<Long, List<Outcome>> bySize) {
        Targets targets = new Targets();
        SortedMap<Long, List<Outcome>> sizes = new TreeMap<>(bySize);
        sizes.forEach((size, outcomes) -> {
            String stored = Report.number(size);
            outcomes.forEach(outcome -> targets.add(stored, outcome));
            targets.growth(stored, sizes.values().iterator().next(), outcomes);
        });
        return Report.table(targets.lines);
    }

    private void add(String stored, Outcome outcome) {
        String name = outcome.name();
        if (name.equals(IngestCases.nameOfNew(1_000, 1)) || name.equals(IngestCases.nameOfNew(1_000, 4))) {
            atLeast(stored, name + " / COPY", 0.8, outcome.ratio(IngestCases.OURS, "COPY"));
            atLeast(stored, name + " / Hibernate", 4, outcome.ratio(IngestCases.OURS, "Hibernate"));
            atLeast(
                    stored,
                    name + " / Hibernate, rewriting",
                    4,
                    outcome.ratio(IngestCases.OURS, "Hibernate, rewriting"));
        }
        if (outcome.measure() == Case.Measure.TIME) {
            atMost(stored, name + " / JDBC", 1.25, outcome.ratio(IngestCases.OURS, "JDBC"));
        }
        if (outcome.contenders().contains(ListCases.FIRST_PAGE)) {
            atMost(stored, name + " / page 1", 1.1, outcome.ratio(IngestCases.OURS, ListCases.FIRST_PAGE));
        }
    }

    /** Ours, compared with ours at the first size: hours may lie between the two, so COPY's own growth stands beside it. */
    private void growth(String stored, List<Outcome> first, List<Outcome> now) {
        for (Outcome outcome : now) {
            if (!outcome.name().equals(IngestCases.nameOfNew(1_000, 1)) || now.equals(first)) {
                continue;
            }
            first.stream().filter(one -> one.name().equals(outcome.name())).forEach(one -> {
                String copy = Report.ratio(speed(outcome, one, "COPY"));
                atLeast(
                        stored,
                        outcome.name() + " / the same at the first size (COPY: " + copy + ")",
                        0.85,
                        speed(outcome, one, IngestCases.OURS));
            });
        }
    }

    private static Optional<Double> speed(Outcome now, Outcome first, String contender) {
        return now.contenders().contains(contender) && first.contenders().contains(contender)
                ? Optional.of(first.median(contender) / now.median(contender))
                : Optional.empty();
    }

    private void atLeast(String stored, String what, double limit, Optional<Double> measured) {
        add(stored, what, "≥ " + shown(limit), measured, measured.map(value -> value >= limit));
    }

    private void atMost(String stored, String what, double limit, Optional<Double> measured) {
        add(stored, what, "≤ " + shown(limit), measured, measured.map(value -> value <= limit));
    }

    private void add(String stored, String what, String promised, Optional<Double> measured, Optional<Boolean> met) {
        lines.add(List.of(
                stored,
                what,
                promised,
                Report.ratio(measured),
                met.map(kept -> kept ? "met" : "MISSED").orElse("")));
    }

    private static String shown(double limit) {
        return String.format(Locale.ROOT, "%s", limit);
    }
}
