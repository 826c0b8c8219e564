package io.promptforge.dao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.error.AlreadyExistsException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.RetryableException;
import io.promptforge.dao.error.RetryableException.Reason;
import io.promptforge.dao.project.NewProject;
import io.promptforge.dao.project.Project;
import io.promptforge.dao.project.ProjectChanges;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A transaction is retried after a deadlock or a serialization failure if the caller asks for it. */
class RetryTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final Tenant tenant = fixture.tenant();
    private final UUID one = fixture.project().id();
    private final UUID other = fixture.project().id();
    private final AtomicInteger runs = new AtomicInteger();

    @Test
    void aDeadlockIsRetriedAndBothTransactionsCommit() {
        AtOnce.get(2, deadlocking(10));

        assertThat(runs).as("a deadlock did happen").hasValueGreaterThan(2);
        assertThat(described(one)).isEqualTo(described(other));
    }

    @Test
    void aDeadlockComesOutOfATransactionWithOneAttempt() {
        assertThatThrownBy(() -> AtOnce.get(2, deadlocking(1)))
                .isInstanceOfSatisfying(
                        RetryableException.class, e -> assertThat(e.reason()).isEqualTo(Reason.DEADLOCK));
    }

    @Test
    void aSerializationFailureIsRetried() {
        PGSimpleDataSource serializable = (PGSimpleDataSource) DATABASE.dataSourceOf("postgres");
        serializable.setOptions("-c default_transaction_isolation=serializable");
        Tenant strict =
                PromptForge.create(serializable, ClassDatabase.settings()).tenant(tenant.organizationId());

        strict.transaction(5, tx -> {
            tx.projects().find(one);
            if (runs.incrementAndGet() == 1) {
                describe(tenant, one, "meanwhile");
            }
            return describe(tx, one, "at last");
        });

        assertThat(runs).hasValue(2);
        assertThat(described(one)).isEqualTo("at last");
    }

    @Test
    void aFailureThatWouldRepeatIsNotRetried() {
        assertThatThrownBy(() -> tenant.transaction(5, tx -> {
                    runs.incrementAndGet();
                    return tx.projects()
                            .create(NewProject.of(
                                    tenant.projects().find(one).orElseThrow().name()));
                }))
                .isInstanceOf(AlreadyExistsException.class);
        assertThat(runs).hasValue(1);
    }

    /** The last statement may have been executed. */
    @Test
    void aLostConnectionIsNotRetried() {
        assertThatThrownBy(() -> tenant.transaction(5, tx -> {
                    runs.incrementAndGet();
                    describe(tx, one, "lost");
                    DATABASE.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            + " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                            + " AND state = 'idle in transaction'");
                    return describe(tx, other, "never");
                }))
                .isInstanceOfSatisfying(
                        RetryableException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NO_CONNECTION));
        assertThat(runs).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 101})
    void aNumberOfAttemptsOutOfRangeIsRefused(int attempts) {
        assertThatThrownBy(() -> tenant.transaction(attempts, tx -> tx))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("attempts"));
    }

    /** Two transactions that lock two rows in opposite orders; in the first round each waits until both hold one. */
    private IntFunction<Project> deadlocking(int attempts) {
        CyclicBarrier bothHoldOne = new CyclicBarrier(2);
        return number -> {
            List<UUID> order = number == 0 ? List.of(one, other) : List.of(other, one);
            AtomicInteger round = new AtomicInteger();
            return tenant.transaction(attempts, tx -> {
                runs.incrementAndGet();
                describe(tx, order.get(0), "by " + number);
                if (round.getAndIncrement() == 0) {
                    await(bothHoldOne);
                }
                return describe(tx, order.get(1), "by " + number);
            });
        };
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (InterruptedException | BrokenBarrierException e) {
            throw new AssertionError(e);
        }
    }

    private static Project describe(Tenant tenant, UUID project, String text) {
        return tenant.projects().update(project, ProjectChanges.none().description(text));
    }

    private String described(UUID project) {
        return tenant.projects().find(project).flatMap(Project::description).orElseThrow();
    }
}
