package io.promptforge.dao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.agroal.api.AgroalDataSource;
import io.agroal.api.configuration.supplier.AgroalDataSourceConfigurationSupplier;
import io.agroal.api.security.NamePrincipal;
import io.agroal.narayana.NarayanaTransactionIntegration;
import io.promptforge.dao.error.AlreadyExistsException;
import io.promptforge.dao.error.PromptForgeException;
import io.promptforge.dao.project.NewProject;
import io.promptforge.dao.transaction.HostTransactions;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.xa.PGXADataSource;

/** Calls join the transactions of JTA: Narayana's, with connections of Agroal, as Quarkus has them. */
class JtaTransactionTest {
    private static final ClassDatabase DATABASE = ClassDatabase.migrated();
    private static final TransactionManager MANAGER = com.arjuna.ats.jta.TransactionManager.transactionManager();
    private static final TransactionSynchronizationRegistry REGISTRY =
            new com.arjuna.ats.internal.jta.transaction.arjunacore.TransactionSynchronizationRegistryImple();

    private final TestTenant fixture = DATABASE.newTenant();
    private AgroalDataSource pool = pool(PGSimpleDataSource.class);
    private Tenant tenant = tenant(pool, ClassDatabase.settings());

    @AfterEach
    void close() throws Exception {
        if (MANAGER.getTransaction() != null) {
            MANAGER.rollback();
        }
        pool.close();
    }

    @ParameterizedTest
    @ValueSource(classes = {PGSimpleDataSource.class, PGXADataSource.class})
    void callsAndTransactionsJoinTheTransactionOfTheHost(Class<?> connections) throws Exception {
        use(connections);

        MANAGER.begin();
        create(tenant, "single");
        tenant.transaction(tx -> create(tx, "together"));
        assertThat(exists("single")).as("not before the host commits").isFalse();
        assertThat(tenant.projects().findByName("single"))
                .as("but in its transaction")
                .isPresent();
        assertThat(tenant.<Boolean>readOnly(
                        tx -> tx.projects().findByName("together").isPresent()))
                .isTrue();
        MANAGER.commit();

        assertThat(exists("single")).isTrue();
        assertThat(exists("together")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(classes = {PGSimpleDataSource.class, PGXADataSource.class})
    void writesAreRolledBackWithTheTransactionOfTheHost(Class<?> connections) throws Exception {
        use(connections);

        MANAGER.begin();
        create(tenant, "single");
        tenant.transaction(tx -> create(tx, "together"));
        ownTable("INSERT INTO public.hosts_own VALUES (1)");
        MANAGER.rollback();

        assertThat(exists("single")).isFalse();
        assertThat(exists("together")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(classes = {PGSimpleDataSource.class, PGXADataSource.class})
    void aFailureLeavesTheTransactionOfTheHostUsable(Class<?> connections) throws Exception {
        use(connections);

        MANAGER.begin();
        create(tenant, "before");
        assertThatThrownBy(() -> create(tenant, "before")).isInstanceOf(AlreadyExistsException.class);
        assertThatThrownBy(() -> tenant.transaction(tx -> {
                    create(tx, "half");
                    return create(tx, "before");
                }))
                .isInstanceOf(AlreadyExistsException.class);
        create(tenant, "after");
        MANAGER.commit();

        assertThat(exists("before")).isTrue();
        assertThat(exists("half")).isFalse();
        assertThat(exists("after")).isTrue();
    }

    @Test
    void outsideATransactionOfTheHostEachCallCommitsByItself() {
        create(tenant, "single");
        tenant.transaction(tx -> create(tx, "together"));

        assertThat(exists("single")).isTrue();
        assertThat(exists("together")).isTrue();
    }

    @Test
    void aFailedLoginIsCountedWithTheTransactionOfTheHost() throws Exception {
        PromptForge forge = PromptForge.create(pool, ClassDatabase.settings());

        MANAGER.begin();
        assertThat(forge.login("nowhere@example.com", "wrong")).isEmpty();
        MANAGER.commit();
    }

    @Test
    void callsOnAnEnlistedConnectionJoinItsTransaction() throws Exception {
        PromptForge forge = PromptForge.create(pool, ClassDatabase.settings());

        MANAGER.begin();
        try (Connection connection = pool.getConnection()) {
            Tenant joined = forge.on(connection).tenant(fixture.organization().id());
            create(joined, "single");
            assertThatThrownBy(() -> create(joined, "single")).isInstanceOf(AlreadyExistsException.class);
        }
        MANAGER.rollback();

        assertThat(exists("single")).isFalse();
    }

    /** A pool that the transaction manager does not know. */
    @Test
    void callsOutsideOfJtaCommitByThemselves() throws Exception {
        try (HikariDataSource outside = new HikariDataSource()) {
            outside.setDataSource(DATABASE.dataSource());

            MANAGER.begin();
            create(tenant(outside, ClassDatabase.settings()), "on its own");
            MANAGER.rollback();
        }

        assertThat(exists("on its own")).isTrue();
    }

    @Test
    void aPoolOutsideOfJtaWithAutocommitOffCommitsIfItIsToldSo() throws Exception {
        try (HikariDataSource outside = new HikariDataSource()) {
            outside.setAutoCommit(false);
            outside.setDataSource(DATABASE.dataSource());

            MANAGER.begin();
            create(tenant(outside, ClassDatabase.settings().hostTransactions(HostTransactions.none())), "on its own");
            MANAGER.rollback();
        }

        assertThat(exists("on its own")).isTrue();
    }

    @Test
    void aHostTellsOfItsTransactionsItself() throws Exception {
        HostTransactions own = connection -> REGISTRY.getTransactionKey() != null;
        Tenant told = tenant(pool, ClassDatabase.settings().hostTransactions(own));

        MANAGER.begin();
        create(told, "single");
        MANAGER.rollback();

        assertThat(exists("single")).isFalse();
    }

    @Test
    void maintenanceIsRefusedInATransactionOfTheHost() throws Exception {
        PromptForge forge = PromptForge.create(pool, ClassDatabase.settings());

        MANAGER.begin();
        assertThatThrownBy(() -> forge.maintenance().run())
                .isInstanceOf(PromptForgeException.class)
                .hasMessageContaining("outside of any");
    }

    private void use(Class<?> connections) {
        pool.close();
        pool = pool(connections);
        tenant = tenant(pool, ClassDatabase.settings());
    }

    private static AgroalDataSource pool(Class<?> connections) {
        PGSimpleDataSource database = (PGSimpleDataSource) DATABASE.dataSource();
        try {
            return AgroalDataSource.from(
                    new AgroalDataSourceConfigurationSupplier().connectionPoolConfiguration(of -> of.maxSize(3)
                            .transactionIntegration(new NarayanaTransactionIntegration(MANAGER, REGISTRY))
                            .connectionFactoryConfiguration(from -> from.connectionProviderClass(connections)
                                    .jdbcUrl(database.getURL())
                                    .principal(new NamePrincipal(String.valueOf(database.getUser()))))));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Tenant tenant(DataSource dataSource, PromptForgeSettings settings) {
        return PromptForge.create(dataSource, settings)
                .tenant(fixture.organization().id());
    }

    private void ownTable(String insert) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE public.hosts_own (id int)");
            statement.execute(insert);
        }
    }

    private static String create(Tenant tenant, String name) {
        return tenant.projects().create(NewProject.of(name)).name();
    }

    /** As other connections see it. */
    private boolean exists(String name) {
        return fixture.tenant().projects().findByName(name).isPresent();
    }
}
