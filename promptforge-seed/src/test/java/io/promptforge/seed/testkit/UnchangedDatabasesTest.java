package io.promptforge.seed.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.postgres.EmbeddedPostgres;
import io.promptforge.seed.Sql;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One test at a time: a write in any database of the server looks like one in each. */
@Execution(ExecutionMode.SAME_THREAD)
class UnchangedDatabasesTest {
    private static final EmbeddedPostgres SERVER = EmbeddedPostgres.start();
    private static final DataSource MAINTENANCE = SERVER.dataSource("postgres");
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final UnchangedDatabases unchanged = new UnchangedDatabases(new StatementRunner(MAINTENANCE));

    @BeforeAll
    static void prepareTemplate() {
        SERVER.createDatabase("origin");
        Sql.execute(SERVER.dataSource("origin"), """
                CREATE TABLE things AS SELECT 1 AS id;
                CREATE UNLOGGED TABLE notes (text text);
                CREATE SEQUENCE numbers;
                SELECT nextval('numbers')
                """);
        SERVER.freezeTemplate("origin");
    }

    @AfterAll
    static void end() {
        SERVER.close();
    }

    private String cloned() throws SQLException {
        String name = newName();
        SERVER.cloneDatabase("origin", name);
        unchanged.add(name);
        return name;
    }

    private static String newName() {
        return "clone_" + NAMES.incrementAndGet();
    }

    private static void run(String database, String sql) throws Exception {
        Sql.execute(SERVER.dataSource(database), sql);
        String open = "SELECT count(*) FROM pg_stat_activity WHERE datname = '" + database + "'";
        Deadline.await(
                "the end of the connection", () -> Sql.value(MAINTENANCE, open).equals("0"));
    }

    @Test
    void withASequenceItCannotBeKnown() throws Exception {
        String database = cloned();
        assertThat(Sql.value(SERVER.dataSource(database), UnchangedDatabases.CAN_BE_KNOWN))
                .isEqualTo("f");

        run(database, "DROP SEQUENCE numbers");

        assertThat(Sql.value(SERVER.dataSource(database), UnchangedDatabases.CAN_BE_KNOWN))
                .isEqualTo("t");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT count(*) FROM things",
                "SELECT last_value FROM numbers",
                "UPDATE things SET id = 2 WHERE id = 7",
                "SELECT pg_advisory_lock(1)",
                "SET work_mem TO '8MB'",
                "BEGIN; SELECT * FROM things; ROLLBACK",
                "EXPLAIN ANALYZE SELECT * FROM things"
            })
    void aDatabaseThatWasOnlyReadGetsAnotherName(String read) throws Exception {
        String database = cloned();
        run(database, read);
        String other = newName();

        assertThat(unchanged.rename(database, other)).isTrue();

        assertThat(Sql.value(SERVER.dataSource(other), "SELECT id FROM things")).isEqualTo("1");
        assertThatThrownBy(() -> Sql.value(SERVER.dataSource(database), "SELECT 1"))
                .hasMessageContaining("does not exist");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO things VALUES (2)",
                "SET track_counts TO off; DELETE FROM things",
                "BEGIN; INSERT INTO things VALUES (2); ROLLBACK",
                "DO 'BEGIN INSERT INTO things VALUES (2); RAISE ''no''; EXCEPTION WHEN OTHERS THEN NULL; END'",
                "SET synchronous_commit TO off; UPDATE things SET id = 2",
                "TRUNCATE things",
                "INSERT INTO notes VALUES ('not logged')",
                "SELECT nextval('numbers')",
                "SELECT setval('numbers', 7)",
                "CREATE TABLE others ()",
                "CREATE TEMP TABLE mine ()",
                "CREATE SCHEMA mine",
                "COMMENT ON TABLE things IS 'seen'",
                "SELECT lo_create(0)",
                "ALTER DATABASE :name SET work_mem TO '8MB'",
                "ALTER DATABASE :name CONNECTION LIMIT 7",
                "BEGIN; DELETE FROM things; ALTER DATABASE :name CONNECTION LIMIT 7; COMMIT"
            })
    void aDatabaseThatWasChangedKeepsItsName(String change) throws Exception {
        String database = cloned();
        run(database, change.replace(":name", database));

        assertThat(unchanged.rename(database, newName())).isFalse();

        assertThat(Sql.value(SERVER.dataSource(database), "SELECT 1")).isEqualTo("1");
    }

    @Test
    void clonesAndRenamingsOfOtherDatabasesAreNoChanges() throws Exception {
        String database = cloned();
        String second = cloned();
        assertThat(unchanged.rename(second, newName())).isTrue();
        cloned();

        assertThat(unchanged.rename(database, newName())).isTrue();
    }

    @Test
    void aRenamedDatabaseIsCheckedFromItsRenamingOn() throws Exception {
        String first = newName();
        assertThat(unchanged.rename(cloned(), first)).isTrue();
        String second = newName();
        assertThat(unchanged.rename(first, second)).isTrue();

        run(second, "DELETE FROM things");

        assertThat(unchanged.rename(second, newName())).isFalse();
    }

    @Test
    void aTransactionThatIsOpenElsewhereHidesNoChange() throws Exception {
        String read = cloned();
        String written = cloned();
        try (Connection elsewhere = SERVER.dataSource(cloned()).getConnection();
                Statement statement = elsewhere.createStatement()) {
            elsewhere.setAutoCommit(false);
            statement.execute("DELETE FROM things");
            assertThat(unchanged.rename(read, newName())).isTrue();

            run(written, "DELETE FROM things");
            assertThat(unchanged.rename(written, newName())).isFalse();
        }
    }

    /** What is left of a test can still write after the first look, until the database has another name. */
    @Test
    void aChangeJustBeforeTheRenamingGivesTheOldNameBack() throws Exception {
        String database = newName();
        UnchangedDatabases interrupted = new UnchangedDatabases(
                new StatementRunner(beforeFirstRenaming(() -> run(database, "DELETE FROM things"))));
        SERVER.cloneDatabase("origin", database);
        interrupted.add(database);

        assertThat(interrupted.rename(database, newName())).isFalse();

        assertThat(Sql.value(SERVER.dataSource(database), "SELECT count(*) FROM things"))
                .isEqualTo("0");
    }

    private interface Action {
        void run() throws Exception;
    }

    /** The maintenance database; runs an action before the first renaming. */
    private static DataSource beforeFirstRenaming(Action action) {
        AtomicBoolean ran = new AtomicBoolean();
        return wrapped(DataSource.class, MAINTENANCE, (sql) -> {
            if (sql.contains("RENAME") && ran.compareAndSet(false, true)) {
                action.run();
            }
        });
    }

    private interface OnStatement {
        void before(String sql) throws Exception;
    }

    /** Wraps a DataSource, its connections and their statements. */
    private static <T> T wrapped(Class<T> type, T object, OnStatement hook) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals("execute") && arguments[0] instanceof String sql) {
                        hook.before(sql);
                    }
                    Object result = method.invoke(object, arguments);
                    if (result instanceof Connection connection) {
                        return wrapped(Connection.class, connection, hook);
                    }
                    return method.getName().equals("createStatement")
                            ? wrapped(Statement.class, (Statement) result, hook)
                            : result;
                }));
    }

    @Test
    void aDatabaseThatWasNotAddedKeepsItsName() throws Exception {
        String database = newName();
        SERVER.cloneDatabase("origin", database);

        assertThat(unchanged.rename(database, newName())).isFalse();
    }
}
