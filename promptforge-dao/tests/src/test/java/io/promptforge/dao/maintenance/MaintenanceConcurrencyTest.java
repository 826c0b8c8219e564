package io.promptforge.dao.maintenance;

import static io.promptforge.dao.maintenance.KeptTraces.NOW;
import static io.promptforge.dao.maintenance.KeptTraces.daysAgo;
import static io.promptforge.dao.maintenance.KeptTraces.partition;
import static io.promptforge.dao.maintenance.KeptTraces.settings;
import static io.promptforge.dao.maintenance.KeptTraces.startOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.AtOnce;
import io.promptforge.dao.BeforeStatement;
import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.PromptForge;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.error.RetryableException;
import io.promptforge.dao.evaluation.NewEvaluationResult;
import io.promptforge.dao.policy.NewViolation;
import io.promptforge.schema.type.ResultOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Several replicas, lost connections, and concurrent writers. */
class MaintenanceConcurrencyTest {

    private static final int OLD = 5;
    private static final int MANY = 4_321;

    private final KeptTraces kept = new KeptTraces();

    @Test
    void whileOneReplicaRunsOthersReturnAtOnceAndDoNothing() {
        kept.projectKeeps(kept.project, 10);
        kept.traces(MANY, daysAgo(20));
        List<MaintenanceReport> others = new ArrayList<>();

        MaintenanceReport report = kept.maintain(progress -> others.add(kept.maintain()));

        assertThat(report.tracesDeleted()).isEqualTo(MANY);
        assertThat(others).hasSize(3).allSatisfy(other -> {
            assertThat(other.outcome()).isEqualTo(MaintenanceOutcome.RUNNING_ELSEWHERE);
            assertThat(other.tracesDeleted()).isZero();
        });
    }

    @Test
    void eightConcurrentReplicasDoTheWorkOnce() {
        kept.projectKeeps(kept.project, 60);
        kept.createPartition(OLD);
        kept.traces(1_000, startOf(OLD).plusSeconds(1));
        kept.traces(MANY, daysAgo(70));

        List<MaintenanceReport> reports = AtOnce.get(8, thread -> kept.maintain());

        assertThat(reports.stream().mapToLong(MaintenanceReport::tracesDeleted).sum())
                .isEqualTo(1_000 + MANY);
        assertThat(reports.stream().mapToLong(MaintenanceReport::spansDeleted).sum())
                .isEqualTo(1_000 + MANY);
        assertThat(reports.stream().flatMap(report -> report.partitionsDropped().stream()))
                .contains(partition(OLD))
                .doesNotHaveDuplicates();
        assertThat(kept.count("traces")).isZero();
    }

    @Test
    void afterALostConnectionTheNextRunGoesOnAtOnce() {
        kept.projectKeeps(kept.project, 10);
        kept.traces(MANY, daysAgo(20));

        assertThatThrownBy(() -> kept.maintain(progress -> kept.database.query(
                        "SELECT pg_terminate_backend(pid, 60000) FROM pg_stat_activity WHERE datname = current_database()"
                                + " AND pid <> pg_backend_pid()")))
                .isInstanceOf(RetryableException.class);

        assertThat(kept.count("traces")).isEqualTo(MANY - 2_000);
        MaintenanceReport next = kept.maintain();
        assertThat(next.outcome()).isEqualTo(MaintenanceOutcome.FINISHED);
        assertThat(next.tracesDeleted()).isEqualTo(MANY - 2_000);
        assertThat(kept.count("spans")).isZero();
    }

    @Test
    void tracesOfADroppedPartitionAreDeletedByTheNextRunIfThisOneIsLost() {
        kept.projectKeeps(kept.project, 60);
        kept.createPartition(OLD);
        kept.traces(100, startOf(OLD).plusSeconds(1));

        assertThatThrownBy(() -> kept.maintain(progress -> {
                    throw new IllegalStateException("killed");
                }))
                .hasMessage("killed");

        assertThat(kept.partitions()).doesNotContain(partition(OLD));
        assertThat(kept.count("traces")).isEqualTo(100);
        assertThat(kept.maintain().tracesDeleted()).isEqualTo(100);
    }

    @Test
    void aTraceLockedByAnotherTransactionIsSkipped() {
        kept.projectKeeps(kept.project, 10);
        UUID trace = kept.trace(daysAgo(20));
        UUID evaluation = kept.tenant.runningEvaluation().id();

        MaintenanceReport report = kept.tenant.tenant().transaction(tx -> {
            tx.evaluations()
                    .append(
                            evaluation,
                            List.of(NewEvaluationResult.of("a", ResultOutcome.PASSED)
                                    .traceId(trace)));
            return kept.maintain();
        });

        assertThat(report.tracesDeleted()).isZero();
        assertThat(kept.maintain().tracesDeleted()).isZero();
        assertThat(kept.isThere(trace)).isTrue();
        assertThat(kept.spans(trace)).isEqualTo(1);
    }

    /** Reopening a violation does not lock its trace. */
    @Test
    void aViolationReopenedConcurrentlyKeepsItsTrace() {
        kept.projectKeeps(kept.project, 10);
        UUID trace = kept.trace(daysAgo(20));
        UUID user = kept.tenant.user().id();
        UUID policy = kept.tenant.policy(kept.project).id();
        UUID violation = kept.tenant
                .tenant()
                .violations()
                .record(List.of(
                        NewViolation.of(policy, "over_budget", "Too much", NOW).traceId(trace)))
                .get(0)
                .id();
        kept.tenant.tenant().violations().resolve(violation, user, NOW, null);

        // the traces are locked by then
        MaintenanceReport report = maintainAnd(
                "select distinct", () -> kept.tenant.tenant().violations().reopen(violation, user, NOW));

        assertThat(report.tracesDeleted()).isZero();
        assertThat(kept.isThere(trace)).isTrue();
        assertThat(kept.tenant
                        .tenant()
                        .violations()
                        .find(violation)
                        .orElseThrow()
                        .traceId())
                .contains(trace);
    }

    @Test
    void aTraceReferredToConcurrentlyKeepsItsPartition() {
        kept.projectKeeps(kept.project, 60);
        kept.createPartition(OLD);
        UUID trace = kept.trace(startOf(OLD).plusSeconds(1));
        UUID evaluation = kept.tenant.runningEvaluation().id();

        MaintenanceReport report = maintainAnd("LOCK TABLE", () -> kept.tenant
                .tenant()
                .evaluations()
                .append(
                        evaluation,
                        List.of(NewEvaluationResult.of("a", ResultOutcome.PASSED)
                                .traceId(trace))));

        assertThat(report.partitionsDropped()).isEmpty();
        assertThat(report.partitionsInUse()).isEmpty();
        assertThat(kept.spans(trace)).isEqualTo(1);
    }

    @Test
    void aLateSpanOfAnotherTraceKeepsThePartition() {
        kept.projectKeeps(kept.project, 60);
        kept.createPartition(OLD);
        kept.trace(startOf(OLD).plusSeconds(1));
        List<UUID> late = new ArrayList<>();

        MaintenanceReport report = maintainAnd(
                "LOCK TABLE", () -> late.add(kept.trace(daysAgo(1), startOf(OLD).plusSeconds(1))));

        assertThat(report.partitionsDropped()).isEmpty();
        assertThat(kept.spans(late.get(0))).isEqualTo(2);
    }

    /** A reference succeeds and its trace stays whole, or it fails because the trace is deleted. */
    @Test
    void concurrentReferencesAllHold() {
        kept.projectKeeps(kept.project, 10);
        kept.traces(MANY, daysAgo(20));
        List<UUID> traces = kept.database.query("SELECT id FROM promptforge.traces ORDER BY id").stream()
                .map(UUID::fromString)
                .toList();
        UUID evaluation = kept.tenant.runningEvaluation().id();
        AtomicInteger refused = new AtomicInteger();

        AtOnce.get(3, thread -> {
            if (thread == 0) {
                return kept.maintain();
            }
            for (int i = thread; i < MANY; i += 40) {
                try {
                    kept.tenant
                            .tenant()
                            .evaluations()
                            .append(
                                    evaluation,
                                    List.of(NewEvaluationResult.of("test " + i, ResultOutcome.PASSED)
                                            .traceId(traces.get(i))));
                } catch (InvalidReferenceException e) {
                    refused.incrementAndGet();
                }
            }
            return thread;
        });
        kept.maintain();

        int referred = kept.count("evaluation_results WHERE trace_id IS NOT NULL");
        assertThat(referred + refused.get()).isEqualTo(2 * 108);
        assertThat(kept.count("evaluation_results")).isEqualTo(referred);
        assertThat(kept.count("traces")).isEqualTo(referred);
        assertThat(kept.count("spans")).isEqualTo(referred);
    }

    @Test
    void concurrentWritersLoseNoUnexpiredTrace() {
        kept.projectKeeps(kept.project, 60);
        kept.createPartition(OLD);
        kept.traces(MANY, startOf(OLD).plusSeconds(1));
        List<UUID> written = AtOnce.get(3, thread -> {
                    if (thread == 0) {
                        kept.maintain();
                        return List.<UUID>of();
                    }
                    List<UUID> mine = new ArrayList<>();
                    for (int i = 0; i < 100; i++) {
                        mine.add(kept.trace(daysAgo(i % 50), daysAgo(i % 50), daysAgo(300)));
                    }
                    return mine;
                })
                .stream()
                .flatMap(List::stream)
                .toList();

        assertThat(kept.maintain().outcome()).isEqualTo(MaintenanceOutcome.FINISHED);

        assertThat(written).hasSize(200).allSatisfy(trace -> assertThat(kept.spans(trace))
                .isEqualTo(3));
        assertThat(kept.count("traces")).isEqualTo(200);
    }

    /** Runs other work right before the first statement of the maintenance that begins like this. */
    private MaintenanceReport maintainAnd(String statement, Runnable others) {
        BeforeStatement hook = new BeforeStatement(kept.database.dataSource(), statement, others);
        MaintenanceReport report = PromptForge.create(hook.dataSource(), ClassDatabase.settings())
                .maintenance()
                .run(settings(), progress -> {});
        assertThat(hook.wasSent()).isTrue();
        return report;
    }
}
