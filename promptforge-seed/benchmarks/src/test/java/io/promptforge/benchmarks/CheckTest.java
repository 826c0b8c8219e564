package io.promptforge.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.promptforge.benchmarks.Case.Check;
import io.promptforge.benchmarks.Case.Contender;
import io.promptforge.benchmarks.Case.Measure;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckTest {
    private final List<String> stored = new ArrayList<>();

    @Test
    void contendersThatReadDifferentRecordsAreRefused() {
        Case subject = new ReadCase<>("greet", List.of("a", "b"), 1)
                .by("one", key -> key)
                .by("other", key -> key.equals("b") ? "c" : key)
                .asCase();

        assertThatIllegalStateException()
                .isThrownBy(() -> new Harness(0, 1).run(subject))
                .withMessageContaining("other reads\nc\nwhere the baseline reads\nb");
    }

    @Test
    void contendersThatLeaveDifferentRowsAreRefused() {
        List<Contender> contenders = List.of(writing("one", "a"), writing("other", "b"));
        Case subject =
                Case.of("write", Measure.RATE, contenders, Check.ofStates(contenders, () -> List.copyOf(stored)));

        assertThatIllegalStateException()
                .isThrownBy(() -> new Harness(0, 1).run(subject))
                .withMessageContaining("other leaves\n[b]\nwhere one leaves\n[a]");
    }

    @Test
    void aContenderThatFailsIsNamedAndTheOthersContinue() throws Exception {
        Contender failing = new Contender("failing", () -> () -> {
            throw new IllegalArgumentException("no such table");
        });
        Case subject = Case.of("write", Measure.RATE, List.of(writing("one", "a"), failing), () -> {});

        CaseOutcome outcome = new Harness(1, 2).run(subject);

        assertThat(outcome.contenders()).containsExactly("one");
        assertThat(outcome.failures()).containsEntry("failing", "no such table");
    }

    private Contender writing(String name, String value) {
        return new Contender(name, () -> {
            stored.clear();
            return () -> {
                stored.add(value);
                return 1;
            };
        });
    }
}
