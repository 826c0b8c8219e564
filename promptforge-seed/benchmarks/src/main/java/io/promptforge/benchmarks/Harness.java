package io.promptforge.benchmarks;

import io.promptforge.benchmarks.Case.Contender;
import io.promptforge.benchmarks.Case.Work;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Runs the contenders of a case in turn, round by round (A B C, B C A, C A B …), so that whatever changes meanwhile, on
 * the machine or in the database, happens to all of them.
 *
 * @param warmUps rounds that are thrown away
 * @param rounds rounds that count
 */
record Harness(int warmUps, int rounds) {
    Outcome run(Case subject) {
        List<Contender> inTurn = new ArrayList<>(subject.contenders());
        Map<String, double[]> nanos = new LinkedHashMap<>();
        subject.contenders().forEach(contender -> nanos.put(contender.name(), new double[rounds]));
        Map<String, String> failures = new LinkedHashMap<>();
        try {
            for (int round = -warmUps; round < rounds; round++) {
                for (Contender contender : inTurn) {
                    if (!failures.containsKey(contender.name())) {
                        measure(contender, round, nanos, failures);
                    }
                }
                Collections.rotate(inTurn, -1);
            }
        } finally {
            subject.afterwards().run();
        }
        nanos.keySet().removeAll(failures.keySet());
        return new Outcome(subject.name(), subject.measure(), nanos, failures);
    }

    /** Who fails is out of the case; the others go on. */
    private static void measure(
            Contender contender, int round, Map<String, double[]> nanos, Map<String, String> failures) {
        try {
            Work work = contender.preparation().next();
            long start = System.nanoTime();
            long operations = work.run();
            long time = System.nanoTime() - start;
            double[] times = Objects.requireNonNull(nanos.get(contender.name()));
            if (round >= 0) {
                times[round] = (double) time / operations;
            }
        } catch (Exception e) {
            failures.put(
                    contender.name(),
                    String.valueOf(e.getMessage()).lines().findFirst().orElse(e.toString()));
        }
    }
}
