package io.promptforge.dao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.error.AlreadyExistsException;
import io.promptforge.dao.project.NewProject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Work on the caller's connection. */
class CallerConnectionTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private Connection connection;
    private Tenant joined;

    @BeforeEach
    void open() throws SQLException {
        connection = DATABASE.dataSource().getConnection();
        joined = DATABASE.forge().on(connection).tenant(fixture.organization().id());
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    @Test
    void writesAreCommittedWithTheCallersTransactionAndNotBefore() throws SQLException {
        connection.setAutoCommit(false);
        create(joined, "single");
        joined.transaction(tx -> create(tx, "together"));
        assertThat(exists("single")).isFalse();
        assertThat(exists("together")).isFalse();

        connection.commit();

        assertThat(exists("single")).isTrue();
        assertThat(exists("together")).isTrue();
        assertThat(connection.getAutoCommit()).isFalse();
    }

    @Test
    void writesAreRolledBackWithTheCallersTransaction() throws SQLException {
        connection.setAutoCommit(false);
        create(joined, "single");
        joined.transaction(tx -> create(tx, "together"));

        connection.rollback();

        assertThat(exists("single")).isFalse();
        assertThat(exists("together")).isFalse();
    }

    @Test
    void aFailureLeavesTheCallersTransactionUsableAndItsWritesInPlace() throws SQLException {
        connection.setAutoCommit(false);
        execute("CREATE TABLE IF NOT EXISTS public.hosts_own (id int)");
        create(joined, "before");

        assertThatThrownBy(() -> create(joined, "before")).isInstanceOf(AlreadyExistsException.class);
        assertThatThrownBy(() -> joined.transaction(tx -> {
                    create(tx, "half");
                    return create(tx, "before");
                }))
                .isInstanceOf(AlreadyExistsException.class);
        execute("INSERT INTO public.hosts_own VALUES (1)");
        create(joined, "after");
        connection.commit();

        assertThat(exists("before")).isTrue();
        assertThat(exists("half")).isFalse();
        assertThat(exists("after")).isTrue();
        assertThat(DATABASE.query("SELECT id FROM public.hosts_own")).containsExactly("1");
    }

    @Test
    void withAutoCommitEachCallAndEachTransactionCommitsByItself() throws SQLException {
        create(joined, "single");
        assertThat(exists("single")).isTrue();

        joined.transaction(tx -> create(tx, "together"));
        assertThatThrownBy(() -> joined.transaction(tx -> {
                    create(tx, "half");
                    return create(tx, "single");
                }))
                .isInstanceOf(AlreadyExistsException.class);

        assertThat(exists("together")).isTrue();
        assertThat(exists("half")).isFalse();
        assertThat(connection.getAutoCommit()).isTrue();
    }

    @Test
    void theConnectionKeepsItsSettingsAndIsNotClosed() throws SQLException {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        execute("SET LOCAL synchronous_commit TO remote_apply");
        execute("SET search_path TO pg_catalog");
        create(joined, "one");
        joined.readOnly(tx -> tx.projects().findByName("one"));
        DATABASE.forge().on(connection).login("nobody@example.com", "wrong");

        assertThat(connection.isClosed()).isFalse();
        assertThat(connection.getAutoCommit()).isFalse();
        assertThat(connection.isReadOnly()).isFalse();
        assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_REPEATABLE_READ);
        assertThat(show("synchronous_commit")).isEqualTo("remote_apply");
        assertThat(show("search_path")).isEqualTo("pg_catalog");
        assertThat(show("transaction_read_only")).isEqualTo("off");
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String show(String setting) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW " + setting)) {
            row.next();
            return row.getString(1);
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
