package io.promptforge.dao.maintenance;

import static io.promptforge.dao.maintenance.KeptTraces.NOW;
import static io.promptforge.dao.maintenance.KeptTraces.daysAgo;
import static io.promptforge.dao.maintenance.KeptTraces.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.PromptForge;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.PromptForgeException;
import io.promptforge.dao.evaluation.NewEvaluationResult;
import io.promptforge.dao.policy.NewViolation;
import io.promptforge.dao.policy.ViolationRepository;
import io.promptforge.schema.type.ResultOutcome;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Which traces are deleted, and when a run stops. */
class TraceRetentionTest {

    /** More than one batch, and not a multiple of it. */
    private static final int MANY = 4_321;

    private final KeptTraces kept = new KeptTraces();
    private final TestTenant tenant = kept.tenant;

    @Test
    void theRetentionIsThatOfTheProjectElseOfTheOrganizationElseNone() {
        UUID own = tenant.project().id();
        UUID inherits = tenant.project().id();
        TestTenant others = kept.database.newTenant();
        UUID theirs = others.project().id();
        kept.projectKeeps(own, 10);
        kept.organizationKeeps(30);
        UUID gone = kept.trace(tenant, own, daysAgo(11));
        UUID young = kept.trace(tenant, own, daysAgo(9));
        UUID inherited = kept.trace(tenant, inherits, daysAgo(31));
        UUID keptByInheritance = kept.trace(tenant, inherits, daysAgo(29));
        UUID ofOthers = kept.trace(others, theirs, daysAgo(3_000));

        MaintenanceReport report = kept.maintain();

        assertThat(report.outcome()).isEqualTo(MaintenanceOutcome.FINISHED);
        assertThat(report.tracesDeleted()).isEqualTo(2);
        assertThat(report.spansDeleted()).isEqualTo(2);
        assertThat(List.of(gone, inherited)).noneMatch(kept::isThere);
        assertThat(kept.count("erasures")).isZero();
        assertThat(List.of(young, keptByInheritance)).allMatch(kept::isThere);
        assertThat(others.tenant().traces().find(ofOthers)).isPresent();
        assertThat(kept.spans(ofOthers)).isEqualTo(1);
    }

    @Test
    void aProjectWhoseRetentionIsRemovedInheritsAgain() {
        kept.organizationKeeps(10);
        kept.projectKeeps(kept.project, 100);
        UUID trace = kept.trace(daysAgo(50));

        kept.maintain();
        assertThat(kept.isThere(trace)).isTrue();
        kept.projectKeeps(kept.project, null);
        kept.maintain();

        assertThat(kept.isThere(trace)).isFalse();
    }

    @Test
    void aTraceOfExactlyTheRetentionStays() {
        kept.projectKeeps(kept.project, 10);
        UUID at = kept.trace(daysAgo(10));
        UUID before = kept.trace(daysAgo(10).minusNanos(1_000));

        kept.maintain();

        assertThat(kept.isThere(at)).isTrue();
        assertThat(kept.isThere(before)).isFalse();
        assertThat(kept.spans(before)).isZero();
    }

    @Test
    void aTraceOfAnEvaluationResultStays() {
        kept.projectKeeps(kept.project, 10);
        UUID used = kept.trace(daysAgo(20));
        UUID unused = kept.trace(daysAgo(20));
        UUID evaluation = tenant.runningEvaluation().id();
        tenant.tenant()
                .evaluations()
                .append(
                        evaluation,
                        List.of(NewEvaluationResult.of("a", ResultOutcome.PASSED)
                                .traceId(used)));

        kept.maintain();

        assertThat(kept.isThere(used)).isTrue();
        assertThat(kept.spans(used)).isEqualTo(1);
        assertThat(kept.isThere(unused)).isFalse();
        assertThat(kept.count("evaluation_results WHERE trace_id = '" + used + "'"))
                .isEqualTo(1);
    }

    @Test
    void anUnresolvedViolationKeepsItsTraceAndAResolvedOneLosesIt() {
        kept.projectKeeps(kept.project, 10);
        UUID user = tenant.user().id();
        UUID policy = tenant.policy(kept.project).id();
        List<UUID> traces = new ArrayList<>();
        List<UUID> violations = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            traces.add(kept.trace(daysAgo(20)));
            violations.add(violation(policy, traces.get(i)));
        }
        ViolationRepository repository = tenant.tenant().violations();
        repository.acknowledge(violations.get(1), user, NOW);
        repository.resolve(violations.get(2), user, NOW, null);
        repository.markFalsePositive(violations.get(3), user, NOW, null);
        repository.resolve(violations.get(4), user, NOW, null);
        repository.reopen(violations.get(4), user, NOW);

        kept.maintain();

        assertThat(traces.stream().map(kept::isThere)).containsExactly(true, true, false, false, true);
        assertThat(violations.stream()
                        .map(id -> repository.find(id).orElseThrow().traceId().isPresent()))
                .containsExactly(true, true, false, false, true);
    }

    @Test
    void tracesAreDeletedInBatchesAndEachBatchIsReported() {
        kept.projectKeeps(kept.project, 10);
        kept.traces(MANY, daysAgo(20));
        List<Long> told = new ArrayList<>();

        MaintenanceReport report = kept.maintain(progress -> {
            assertThat(progress.outcome()).isEqualTo(MaintenanceOutcome.UNFINISHED);
            assertThat(kept.count("traces")).isEqualTo(MANY - (int) progress.tracesDeleted());
            told.add(progress.tracesDeleted());
        });

        assertThat(told).containsExactly(2_000L, 4_000L, (long) MANY);
        assertThat(report.spansDeleted()).isEqualTo(MANY);
        assertThat(kept.count("spans")).isZero();
    }

    @Test
    void aRunStopsWhenItsBudgetIsUsedUpAndTheNextOneGoesOn() {
        kept.projectKeeps(kept.project, 10);
        kept.traces(MANY, daysAgo(20));
        AtomicInteger minutes = new AtomicInteger();
        MaintenanceSettings forAnHour = settings().clock(atNowAnd(minutes)).timeBudget(Duration.ofHours(1));

        MaintenanceReport first = kept.database.forge().maintenance().run(forAnHour, progress -> minutes.addAndGet(40));

        assertThat(first.outcome()).isEqualTo(MaintenanceOutcome.UNFINISHED);
        assertThat(first.tracesDeleted()).isEqualTo(4_000);
        assertThat(first.elapsed()).isEqualTo(Duration.ofMinutes(80));
        MaintenanceReport second = kept.maintain();
        assertThat(second.outcome()).isEqualTo(MaintenanceOutcome.FINISHED);
        assertThat(second.tracesDeleted()).isEqualTo(MANY - 4_000);
    }

    @Test
    void aChangedRetentionAppliesFromTheNextBatchOn() {
        kept.projectKeeps(kept.project, 10);
        kept.traces(MANY, daysAgo(20));

        kept.maintain(progress -> kept.projectKeeps(kept.project, 30));

        assertThat(kept.count("traces")).isEqualTo(MANY - 2_000);
    }

    @Test
    void insideATransactionItIsRefused() {
        kept.projectKeeps(kept.project, 10);
        UUID trace = kept.trace(daysAgo(20));

        assertThatThrownBy(() ->
                        kept.database.forge().transaction(tx -> tx.maintenance().run(settings(), progress -> {})))
                .isExactlyInstanceOf(PromptForgeException.class)
                .hasMessageContaining("outside of any");

        assertThat(kept.isThere(trace)).isTrue();
    }

    @Test
    void aPoolWithoutAutoCommitGetsItsConnectionBackUnchanged() throws Exception {
        kept.projectKeeps(kept.project, 10);
        kept.trace(daysAgo(20));
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setDataSource(kept.database.dataSource());
            pool.setMaximumPoolSize(1);
            pool.setAutoCommit(false);
            Maintenance maintenance =
                    PromptForge.create(pool, ClassDatabase.settings()).maintenance();

            assertThat(maintenance.run(settings(), progress -> {}).tracesDeleted())
                    .isEqualTo(1);

            assertThat(kept.database.query("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
                            + " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"))
                    .containsExactly("0");
            try (Connection connection = pool.getConnection()) {
                assertThat(connection.getAutoCommit()).isFalse();
            }
            assertThat(kept.maintain().outcome()).isEqualTo(MaintenanceOutcome.FINISHED);
        }
    }

    @Test
    void theRetentionIsOneDayToAHundredYears() {
        for (int days : List.of(0, -1, 36_501)) {
            assertThatThrownBy(() -> kept.projectKeeps(kept.project, days))
                    .isInstanceOfSatisfying(InvalidValueException.class, e -> assertThat(e.field())
                            .isEqualTo("trace_retention_days"));
            assertThatThrownBy(() -> kept.organizationKeeps(days))
                    .isInstanceOfSatisfying(InvalidValueException.class, e -> assertThat(e.field())
                            .isEqualTo("trace_retention_days"));
        }
        kept.organizationKeeps(36_500);
        kept.projectKeeps(kept.project, 1);

        assertThat(kept.maintain().outcome()).isEqualTo(MaintenanceOutcome.FINISHED);
    }

    @Test
    void aTimeBudgetOfZeroIsRefused() {
        assertThatThrownBy(() -> settings().timeBudget(Duration.ZERO)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> settings().timeBudget(Duration.ofSeconds(-1)))
                .isInstanceOf(InvalidValueException.class);
    }

    private static Clock atNowAnd(AtomicInteger minutes) {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return NOW.plus(Duration.ofMinutes(minutes.get()));
            }
        };
    }

    private UUID violation(UUID policy, UUID trace) {
        return tenant.tenant()
                .violations()
                .record(List.of(
                        NewViolation.of(policy, "over_budget", "Too much", NOW).traceId(trace)))
                .get(0)
                .id();
    }
}
