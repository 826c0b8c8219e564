package io.promptforge.dao.internal.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;

class PlanRowsTest {

    @Test
    void aPlanExpectsTheRowsOfItsRoot() {
        assertThat(PlanRows.of("""
                [{"Plan": {"Node Type": "Limit", "Plan Rows": 7, "Plans": [{"Node Type": "Seq Scan", "Plan Rows": 900}]}}]
                """)).isEqualTo(7);
    }

    /** Its root expects 0 rows for one shard, and 100,000 for several, whatever the shards have. */
    @Test
    void aPlanOfCitusExpectsTheRowsOfItsFirstTaskForEachTask() {
        assertThat(PlanRows.of("""
                [{"Plan": {"Custom Plan Provider": "Citus Adaptive", "Plan Rows": 100000, "Distributed Query": {"Job": {
                  "Task Count": 4, "Tasks Shown": "One of 4",
                  "Tasks": [{"Remote Plan": [[{"Plan": {"Node Type": "Seq Scan", "Plan Rows": 80}}]]}]}}}}]
                """)).isEqualTo(320);
    }

    @Test
    void aPlanWithoutRowsIsNone() {
        assertThatIllegalStateException().isThrownBy(() -> PlanRows.of("[]"));
    }
}
