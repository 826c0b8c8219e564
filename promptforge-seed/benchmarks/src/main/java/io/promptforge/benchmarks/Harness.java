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
 * Runs the contenders of a case in turn, round by round (A B C, B C A, C A B …), so that a change of conditions on the machine
 * or in the database affects all of them.
 *
 * @param warmUps rounds that are not counted
 * @param rounds rounds that are
 */
record Harness(int warmUps, int rounds) {
    /**
     * Runs a case, after its check.
     *
     * @throws IllegalStateException if the contenders come to different results
     */
    CaseOutcome run(Case subject) throws Exception {
        List<Contender> inTurn = new ArrayList<>(subject.contenders());
        Map<String, double[]> nanos = new LinkedHashMap<>();
        subject.contenders().forEach(contender -> nanos.put(contender.name(), new double[rounds]));
        Map<String, String> failures = new LinkedHashMap<>();
        try {
            subject.check().requireEqualResults();
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
        return new CaseOutcome(subject, nanos, failures);
    }

    /** A contender that fails is left out of the later rounds; the others continue. */
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
