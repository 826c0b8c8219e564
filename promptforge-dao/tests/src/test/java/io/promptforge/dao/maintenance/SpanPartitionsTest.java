package io.promptforge.dao.maintenance;

import static io.promptforge.dao.maintenance.KeptTraces.NOW;
import static io.promptforge.dao.maintenance.KeptTraces.partition;
import static io.promptforge.dao.maintenance.KeptTraces.settings;
import static io.promptforge.dao.maintenance.KeptTraces.startOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.NotOnCitus;
import io.promptforge.dao.PromptForge;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.AccessDeniedException;
import io.promptforge.dao.evaluation.NewEvaluationResult;
import io.promptforge.schema.Migrations;
import io.promptforge.schema.type.ResultOutcome;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Partitions are created ahead, and dropped when all their traces are expired. */
class SpanPartitionsTest {

    /** An old month: with 60 days kept, all that began in it or before is gone. */
    private static final int OLD = 5;

    private final KeptTraces kept = new KeptTraces();

    @Test
    void partitionsAreCreatedFromLastMonthToThreeMonthsAhead() {
        List<String> all = List.of(partition(1), partition(0), partition(-1), partition(-2), partition(-3));
        all.subList(1, 5).forEach(name -> kept.database.execute("DROP TABLE promptforge." + name));

        MaintenanceReport report = kept.maintain();

        assertThat(report.partitionsCreated()).isEqualTo(all.subList(1, 5));
        assertThat(kept.partitions()).containsAll(all).contains("spans_default").hasSize(6);
        assertThat(kept.maintain().partitionsCreated()).isEmpty();
    }

    @Test
    @NotOnCitus("the nodes keep the statistics")
    void statisticsOfAllPartitionsTogetherAreCollected() {
        kept.trace(NOW);

        kept.maintain();

        assertThat(kept.database.query("SELECT attname FROM pg_stats WHERE tablename = 'spans' AND inherited"))
                .contains("trace_id");
    }

    @Test
    void spansThatOnlyAWrongClockNamesStayInTheDefaultPartitionAndAreNotReported() {
        Instant nineties = Instant.parse("1999-01-01T00:00:00Z");
        UUID trace = kept.trace(startOf(OLD), startOf(OLD).minusNanos(1_000), nineties, nineties.plusSeconds(1));
        UUID ancient = kept.trace(Instant.parse("0001-01-01T00:00:00Z"));
        UUID ahead = kept.trace(Instant.parse("2262-04-11T23:47:16Z"), startOf(-4));
        assertThat(kept.count("spans_default")).isEqualTo(7);

        MaintenanceReport report = kept.maintain();

        assertThat(report.partitionsCreated()).containsExactly(partition(OLD + 1), partition(OLD));
        assertThat(report.spansWithoutPartition()).isEmpty();
        assertThat(kept.count("spans_default")).isEqualTo(5);
        assertThat(kept.count(partition(OLD))).isEqualTo(1);
        assertThat(kept.spans(trace)).isEqualTo(4);
        assertThat(kept.spans(ancient)).isEqualTo(1);
        assertThat(kept.spans(ahead)).isEqualTo(2);
    }

    @Test
    void aMonthWithoutUnexpiredTracesIsDropped() {
        kept.projectKeeps(kept.project, 60);
        kept.createPartition(OLD);
        kept.traces(100, startOf(OLD).plusSeconds(1));
        UUID young = kept.trace(NOW.minus(10, ChronoUnit.DAYS));

        MaintenanceReport report = kept.maintain(progress -> {
            if (progress.tracesDeleted() == 0) {
                assertThat(progress.partitionsDropped()).containsExactly(partition(OLD));
            }
        });

        assertThat(report.partitionsDropped()).containsExactly(partition(OLD));
        assertThat(report.outcome()).isEqualTo(MaintenanceOutcome.FINISHED);
        assertThat(report.spansDeleted()).isEqualTo(100);
        assertThat(report.tracesDeleted()).isEqualTo(100);
        assertThat(kept.partitions()).doesNotContain(partition(OLD));
        assertThat(kept.spans(young)).isEqualTo(1);
        assertThat(kept.count("traces")).isEqualTo(1);
    }

    @Test
    void oneTraceThatMustStayKeepsThePartitionAndTheOthersAreDeleted() {
        kept.projectKeeps(kept.project, 60);
        kept.createPartition(OLD);
        kept.traces(100, startOf(OLD).plusSeconds(1));
        UUID used = kept.trace(startOf(OLD).plusSeconds(2));
        refer(used);

        MaintenanceReport report = kept.maintain();

        assertThat(report.partitionsDropped()).isEmpty();
        assertThat(report.partitionsInUse()).isEmpty();
        assertThat(report.spansDeleted()).isEqualTo(100);
        assertThat(kept.count(partition(OLD))).isEqualTo(1);
        assertThat(kept.spans(used)).isEqualTo(1);
    }

    @Test
    void tracesWithoutRetentionKeepThePartition() {
        TestTenant others = kept.database.newTenant();
        kept.projectKeeps(kept.project, 60);
        kept.createPartition(OLD);
        UUID gone = kept.trace(startOf(OLD).plusSeconds(1));
        UUID theirs = kept.trace(others, others.project().id(), startOf(OLD).plusSeconds(1));

        MaintenanceReport report = kept.maintain();

        assertThat(report.partitionsDropped()).isEmpty();
        assertThat(kept.isThere(gone)).isFalse();
        assertThat(kept.spans(theirs)).isEqualTo(1);
    }

    /** A trace that has to stay, but began in a month before; and an old one that went on into a month that stays. */
    @Test
    void aSpanIsDeletedWithItsTraceWhateverItsMonth() {
        kept.projectKeeps(kept.project, 60);
        kept.createPartition(OLD);
        kept.createPartition(OLD + 1);
        UUID used = kept.trace(startOf(OLD + 1).plusSeconds(1), startOf(OLD).plusSeconds(1));
        refer(used);
        UUID young = kept.trace(NOW.minus(1, ChronoUnit.DAYS), startOf(OLD).plusSeconds(1));
        UUID old = kept.trace(startOf(OLD).plusSeconds(1), startOf(0).plusSeconds(1));

        MaintenanceReport report = kept.maintain();

        assertThat(report.partitionsDropped()).isEmpty();
        assertThat(kept.spans(used)).isEqualTo(2);
        assertThat(kept.spans(young)).isEqualTo(2);
        assertThat(kept.isThere(old)).isFalse();
        assertThat(kept.spans(old)).isZero();
    }

    @Test
    void emptyPartitionsFromLastMonthOnStay() {
        kept.projectKeeps(kept.project, 1);

        kept.maintain();

        assertThat(kept.partitions()).contains(partition(1), partition(0), partition(-1), partition(-2), partition(-3));
    }

    @Test
    void withoutAnyRetentionNothingIsDropped() {
        kept.createPartition(OLD);

        assertThat(kept.maintain().partitionsDropped()).isEmpty();

        assertThat(kept.partitions()).contains(partition(OLD));
    }

    @Test
    void aPartitionInUseIsReportedAndEmptiedInBatches() throws Exception {
        kept.projectKeeps(kept.project, 60);
        kept.createPartition(OLD);
        kept.traces(100, startOf(OLD).plusSeconds(1));
        try (Connection reader = kept.database.dataSource().getConnection();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("SELECT count(*) FROM promptforge." + partition(OLD));

            MaintenanceReport report = kept.maintain();

            assertThat(report.outcome()).isEqualTo(MaintenanceOutcome.FINISHED);
            assertThat(report.partitionsInUse()).containsExactly(partition(OLD));
            assertThat(report.tracesDeleted()).isEqualTo(100);
            assertThat(report.spansDeleted()).isEqualTo(100);
            reader.rollback();
        }
        assertThat(kept.maintain().partitionsDropped()).containsExactly(partition(OLD));
    }

    @Test
    void aRoleThatDoesNotOwnTheTablesIsDeniedAccess() {
        String role = kept.database.newRole("app");
        kept.database.execute("GRANT USAGE ON SCHEMA promptforge TO " + role);
        kept.database.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA promptforge TO " + role);
        kept.projectKeeps(kept.project, 60);
        kept.createPartition(OLD);
        Maintenance maintenance = PromptForge.create(kept.database.dataSourceOf(role), ClassDatabase.settings())
                .maintenance();

        assertThatThrownBy(() -> maintenance.run(settings(), progress -> {})).isInstanceOf(AccessDeniedException.class);

        assertThat(kept.partitions()).contains(partition(OLD));
    }

    @Test
    void lastMonthsPartitionIsNotDroppedAndCreatedAgainInTurns() {
        kept.projectKeeps(kept.project, 1);

        kept.maintain();

        assertThat(kept.partitions()).contains(partition(1));
        assertThat(kept.maintain().partitionsCreated()).isEmpty();
    }

    @Test
    void anotherSchemaIsMaintainedAsWell() {
        ClassDatabase other = ClassDatabase.empty();
        Migrations.of(other.dataSource()).schema("other_forge").apply();
        other.execute("DROP TABLE other_forge." + partition(-3));

        MaintenanceReport report = PromptForge.create(
                        other.dataSource(), ClassDatabase.settings().schema("other_forge"))
                .maintenance()
                .run(settings(), progress -> {});

        assertThat(report.partitionsCreated()).containsExactly(partition(-3));
    }

    private void refer(UUID trace) {
        kept.tenant
                .tenant()
                .evaluations()
                .append(
                        kept.tenant.runningEvaluation().id(),
                        List.of(NewEvaluationResult.of("a", ResultOutcome.PASSED)
                                .traceId(trace)));
    }
}
