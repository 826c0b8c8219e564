package io.promptforge.dao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.promptforge.dao.error.AccessDeniedException;
import io.promptforge.dao.error.AlreadyExistsException;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.PromptForgeException;
import io.promptforge.dao.organization.NewOrganization;
import io.promptforge.dao.project.NewProject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransactionTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final Tenant tenant = fixture.tenant();

    @Test
    void otherConnectionsSeeAWriteOnceTheTransactionReturns() {
        String result = tenant.transaction(tx -> {
            create(tx, "one");
            assertThat(exists("one")).as("not before").isFalse();
            create(tx, "two");
            return "done";
        });

        assertThat(result).isEqualTo("done");
        assertThat(exists("one")).isTrue();
        assertThat(exists("two")).isTrue();
    }

    @Test
    void anExceptionRollsEverythingBackAndComesOutUnchanged() {
        IllegalStateException failure = new IllegalStateException("thrown by the work");

        assertThatThrownBy(() -> tenant.transaction(tx -> {
                    create(tx, "one");
                    tx.transaction(nested -> create(nested, "two"));
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(exists("one")).isFalse();
        assertThat(exists("two")).isFalse();
    }

    @Test
    void anErrorRollsEverythingBack() {
        assertThatThrownBy(() -> tenant.transaction(tx -> {
                    create(tx, "one");
                    throw new AssertionError("thrown by the work");
                }))
                .isInstanceOf(AssertionError.class);
        assertThat(exists("one")).isFalse();
    }

    @Test
    void aFailedNestedTransactionIsRolledBackAlone() {
        tenant.transaction(tx -> {
            create(tx, "before");
            assertThatThrownBy(() -> tx.transaction(nested -> {
                        create(nested, "inside");
                        return create(nested, "before");
                    }))
                    .isInstanceOf(AlreadyExistsException.class);
            return create(tx, "after");
        });

        assertThat(exists("before")).isTrue();
        assertThat(exists("inside")).isFalse();
        assertThat(exists("after")).isTrue();
    }

    @Test
    void aNestedTransactionIsRolledBackWithTheOuterOne() {
        assertThatThrownBy(() -> tenant.transaction(tx -> {
                    tx.transaction(nested -> nested.transaction(innermost -> create(innermost, "deep")));
                    throw new IllegalStateException();
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(exists("deep")).isFalse();
    }

    @Test
    void aFailedCallIsRolledBackAloneAndTheTransactionGoesOn() {
        create(tenant, "taken");

        tenant.transaction(tx -> {
            create(tx, "before");
            assertThatThrownBy(() -> create(tx, "taken")).isInstanceOf(AlreadyExistsException.class);
            assertThatThrownBy(
                            () -> tx.projects().create(NewProject.of("orphan").createdBy(UUID.randomUUID())))
                    .isInstanceOf(InvalidReferenceException.class);
            assertThatThrownBy(() -> create(tx, "x".repeat(201))).isInstanceOf(InvalidValueException.class);
            return create(tx, "after");
        });

        assertThat(exists("before")).isTrue();
        assertThat(exists("orphan")).isFalse();
        assertThat(exists("after")).isTrue();
    }

    /** PostgreSQL would turn the commit into a rollback without an error. */
    @Test
    void aTransactionThatHidesAFailedReadThrows() {
        String role = DATABASE.newRole("half");
        DATABASE.execute("GRANT USAGE ON SCHEMA promptforge TO " + role
                + "; GRANT SELECT, INSERT ON promptforge.projects TO " + role
                + "; GRANT SELECT ON promptforge.organizations TO " + role);
        Tenant half = PromptForge.create(DATABASE.dataSourceOf(role), ClassDatabase.settings())
                .tenant(tenant.organizationId());

        assertThatThrownBy(() -> half.transaction(tx -> {
                    create(tx, "lost");
                    assertThatThrownBy(() -> tx.users().find(UUID.randomUUID()))
                            .isInstanceOf(AccessDeniedException.class);
                    return tx;
                }))
                .isInstanceOf(PromptForgeException.class)
                .hasMessageContaining("rolled back");
        assertThat(exists("lost")).isFalse();
        half.transaction(tx -> create(tx, "kept"));
        assertThat(exists("kept")).isTrue();
    }

    @Test
    void anOrganizationAndItsContentAreCreatedInOneTransaction() {
        String slug = TestTenant.newName("org");

        assertThatThrownBy(() -> DATABASE.forge().transaction(tx -> {
                    TestTenant made = new TestTenant(tx);
                    made.project();
                    tx.organizations().create(NewOrganization.of(TestTenant.newName("Org"), slug));
                    assertThat(tx.organizations().findBySlug(slug)).isPresent();
                    throw new IllegalStateException();
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(DATABASE.forge().organizations().findBySlug(slug)).isEmpty();
    }

    @Test
    void aPoolWithoutAutoCommitCommitsSingleCallsAndTransactions() {
        try (HikariDataSource pool = new HikariDataSource()) {
            pool.setDataSource(DATABASE.dataSource());
            pool.setMaximumPoolSize(1);
            pool.setAutoCommit(false);
            Tenant pooled = PromptForge.create(pool, ClassDatabase.settings()).tenant(tenant.organizationId());

            create(pooled, "single");
            pooled.transaction(tx -> create(tx, "transaction"));
            assertThatThrownBy(() -> create(pooled, "single")).isInstanceOf(AlreadyExistsException.class);
            create(pooled, "after a failure");
        }

        assertThat(exists("single")).isTrue();
        assertThat(exists("transaction")).isTrue();
        assertThat(exists("after a failure")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aConnectionReturnsWithItsAutoCommitAndNoOpenTransaction(boolean autoCommit) throws SQLException {
        try (OneConnection pool = new OneConnection(DATABASE.dataSource(), autoCommit)) {
            Tenant pooled = PromptForge.create(pool.dataSource(), ClassDatabase.settings())
                    .tenant(tenant.organizationId());

            create(pooled, "single");
            assertThatThrownBy(() -> create(pooled, "single")).isInstanceOf(AlreadyExistsException.class);
            pooled.transaction(tx -> create(tx, "committed"));
            assertThatThrownBy(() -> pooled.transaction(tx -> {
                        create(tx, "rolled back");
                        throw new IllegalStateException();
                    }))
                    .isInstanceOf(IllegalStateException.class);

            assertThat(pool.connection().getAutoCommit()).isEqualTo(autoCommit);
            assertThat(DATABASE.query("SELECT state FROM pg_stat_activity WHERE datname = current_database()"
                            + " AND state LIKE 'idle in transaction%'"))
                    .isEmpty();
        }
        assertThat(exists("single")).isTrue();
        assertThat(exists("committed")).isTrue();
        assertThat(exists("rolled back")).isFalse();
    }

    @Test
    void aLostConnectionDoesNotHideWhyTheWorkFailed() {
        IllegalStateException failure = new IllegalStateException("thrown by the work");

        assertThatThrownBy(() -> tenant.transaction(tx -> {
                    create(tx, "one");
                    DATABASE.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                            + " WHERE datname = current_database() AND pid <> pg_backend_pid()"
                            + " AND state = 'idle in transaction'");
                    throw failure;
                }))
                .isSameAs(failure);
        assertThat(exists("one")).isFalse();
    }

    @Test
    void workWithoutAResultTakesAnyShapeOfLambda() {
        List<String> names = new ArrayList<>();
        PromptForge forge = DATABASE.forge();
        Consumer<Tenant> work = tx -> create(tx, "as a consumer");

        tenant.transactionWithoutResult(tx -> create(tx, "as an expression with a value"));
        tenant.transactionWithoutResult(tx -> {
            create(tx, "as a block");
        });
        tenant.transactionWithoutResult(work);
        tenant.transactionWithoutResult(2, this::createInside);
        forge.transactionWithoutResult(tx -> create(tx.tenant(tenant.organizationId()), "from above the tenants"));
        forge.transactionWithoutResult(2, tx -> {
            create(tx.tenant(tenant.organizationId()), "with attempts");
        });
        tenant.readOnlyWithoutResult(
                tx -> tx.projects().findByName("as a block").ifPresent(it -> names.add(it.name())));
        forge.readOnlyWithoutResult(tx -> {
            names.add(tx.tenant(tenant.organizationId())
                    .projects()
                    .findByName("inside")
                    .orElseThrow()
                    .name());
        });

        assertThat(names).containsExactly("as a block", "inside");
        assertThat(exists("as an expression with a value")).isTrue();
        assertThat(exists("as a consumer")).isTrue();
        assertThat(exists("from above the tenants")).isTrue();
        assertThat(exists("with attempts")).isTrue();
    }

    private void createInside(Tenant tx) {
        create(tx, "inside");
    }

    @Test
    void workWithoutAResultIsRolledBackWhenItThrowsAndRefusedWhenItIsNull() {
        assertThatThrownBy(() -> tenant.transactionWithoutResult(tx -> {
                    create(tx, "gone");
                    throw new IllegalStateException();
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(exists("gone")).isFalse();
        assertThatThrownBy(() -> tenant.readOnlyWithoutResult(tx -> create(tx, "refused")))
                .isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(() -> tenant.transactionWithoutResult(nothing()))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("work"));
    }

    @SuppressWarnings("NullAway")
    private static Consumer<Tenant> nothing() {
        return null;
    }

    private static String create(Tenant tenant, String name) {
        return tenant.projects().create(NewProject.of(name)).name();
    }

    private boolean exists(String name) {
        return tenant.projects().findByName(name).isPresent();
    }
}
