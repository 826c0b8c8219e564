package io.promptforge.dao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.promptforge.dao.error.AlreadyExistsException;
import io.promptforge.dao.project.NewProject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;

/** Calls join Spring's transactions if the DataSource is a TransactionAwareDataSourceProxy. */
class SpringTransactionTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final HikariDataSource pool = new HikariDataSource();

    @AfterEach
    void close() {
        pool.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void callsAndTransactionsJoinTheTransactionOfTheHost(boolean autoCommit) {
        Tenant tenant = tenant(autoCommit);

        host().executeWithoutResult(status -> {
            create(tenant, "single");
            tenant.transaction(tx -> create(tx, "together"));
            new JdbcTemplate(pool).execute("CREATE TABLE IF NOT EXISTS public.hosts_own (id int)");
            assertThat(exists("single")).as("not before the host commits").isFalse();
            assertThat(tenant.projects().findByName("single"))
                    .as("but in its transaction")
                    .isPresent();
            assertThat(tenant.<Boolean>readOnly(
                            tx -> tx.projects().findByName("together").isPresent()))
                    .isTrue();
        });

        assertThat(exists("single")).isTrue();
        assertThat(exists("together")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void writesAreRolledBackWithTheTransactionOfTheHost(boolean autoCommit) {
        Tenant tenant = tenant(autoCommit);

        host().executeWithoutResult(status -> {
            create(tenant, "single");
            tenant.transaction(tx -> create(tx, "together"));
            status.setRollbackOnly();
        });

        assertThat(exists("single")).isFalse();
        assertThat(exists("together")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFailureLeavesTheTransactionOfTheHostUsable(boolean autoCommit) {
        Tenant tenant = tenant(autoCommit);

        host().executeWithoutResult(status -> {
            create(tenant, "before");
            assertThatThrownBy(() -> create(tenant, "before")).isInstanceOf(AlreadyExistsException.class);
            assertThatThrownBy(() -> tenant.transaction(tx -> {
                        create(tx, "half");
                        return create(tx, "before");
                    }))
                    .isInstanceOf(AlreadyExistsException.class);
            create(tenant, "after");
        });

        assertThat(exists("before")).isTrue();
        assertThat(exists("half")).isFalse();
        assertThat(exists("after")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void outsideATransactionOfTheHostEachCallCommitsByItself(boolean autoCommit) {
        Tenant tenant = tenant(autoCommit);

        create(tenant, "single");
        assertThatThrownBy(() -> tenant.transaction(tx -> {
                    create(tx, "half");
                    return create(tx, "single");
                }))
                .isInstanceOf(AlreadyExistsException.class);
        tenant.transaction(tx -> create(tx, "together"));

        assertThat(exists("single")).isTrue();
        assertThat(exists("half")).isFalse();
        assertThat(exists("together")).isTrue();
    }

    /** As with any user of Spring's transactions: without the proxy a call is not in the transaction. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void withoutTheProxyCallsCommitByThemselves(boolean autoCommit) {
        pool.setAutoCommit(autoCommit);
        pool.setDataSource(DATABASE.dataSource());
        Tenant tenant = PromptForge.create(pool, ClassDatabase.settings())
                .tenant(fixture.organization().id());

        host().executeWithoutResult(status -> {
            create(tenant, "on its own");
            status.setRollbackOnly();
        });

        assertThat(exists("on its own")).isTrue();
    }

    private Tenant tenant(boolean autoCommit) {
        pool.setAutoCommit(autoCommit);
        pool.setDataSource(DATABASE.dataSource());
        return PromptForge.create(new TransactionAwareDataSourceProxy(pool), ClassDatabase.settings())
                .tenant(fixture.organization().id());
    }

    private TransactionTemplate host() {
        return new TransactionTemplate(new DataSourceTransactionManager(pool));
    }

    private static String create(Tenant tenant, String name) {
        return tenant.projects().create(NewProject.of(name)).name();
    }

    /** As other connections see it. */
    private boolean exists(String name) {
        return fixture.tenant().projects().findByName(name).isPresent();
    }
}
