package io.promptforge.seed.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.seed.Sql;
import io.promptforge.seed.demo.DemoData;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class DatabaseTemplateTest {
    /** Contains something different each time it is prepared. */
    private record Stamp(String key) implements DatabaseTemplate {
        @Override
        public void prepare(DataSource dataSource) throws SQLException {
            Sql.execute(dataSource, "CREATE TABLE stamp AS SELECT clock_timestamp() AS at");
        }
    }

    private record CopyOfStamp(String key) implements DatabaseTemplate {
        @Override
        public void prepare(DataSource dataSource) throws SQLException {
            Sql.execute(dataSource, "CREATE TABLE copied AS SELECT at FROM stamp");
        }
    }

    private record Failing(String key) implements DatabaseTemplate {
        @Override
        public void prepare(DataSource dataSource) throws SQLException {
            Sql.execute(dataSource, "CREATE TABLE broken (");
        }
    }

    private record WithoutALibrary(String key) implements DatabaseTemplate {
        @Override
        public void prepare(DataSource dataSource) {
            throw new NoClassDefFoundError("com/example/Gone");
        }
    }

    private record Uncommitted(String key) implements DatabaseTemplate {
        @Override
        @SuppressWarnings("resource") // It is the fault of this template.
        public void prepare(DataSource dataSource) throws SQLException {
            Connection forgotten = dataSource.getConnection();
            forgotten.setAutoCommit(false);
            forgotten.createStatement().execute("CREATE TABLE forgotten (id int)");
        }
    }

    @Test
    void isPreparedOnceForAllDatabasesOfThisRunAndOfLaterRuns() throws SQLException {
        TestServerSettings embedded =
                new TestServerSettings(Optional.empty(), Optional.of("embedded"), Optional.empty());
        String stamp = stampIn(TestDatabases.of(List.of(new Stamp("1")), embedded));

        assertThat(stampIn(TestDatabases.of(List.of(new Stamp("1")), embedded))).isEqualTo(stamp);
        // As a later JVM does it.
        DatabaseServer again = EmbeddedServer.start(TemplateChain.of(List.of(new Stamp("1"))));
        assertThat(Sql.value(again.address(again.newDatabase()).dataSource(), "SELECT at FROM stamp"))
                .isEqualTo(stamp);
    }

    @Test
    void isPreparedAgainWhenTheKeyChanges() throws SQLException {
        assertThat(stampIn(TestDatabases.of(new Stamp("1")))).isNotEqualTo(stampIn(TestDatabases.of(new Stamp("2"))));
    }

    @Test
    void isPreparedOnTheResultOfTheTemplatesBeforeIt() throws SQLException {
        try (TestDatabase database =
                TestDatabases.of(new Stamp("1"), new CopyOfStamp("1")).create()) {
            assertThat(Sql.value(database.dataSource(), "SELECT count(*) FROM stamp JOIN copied USING (at)"))
                    .isEqualTo("1");
            assertThat(Sql.value(database.dataSource(), "SELECT count(*) FROM promptforge.organizations"))
                    .isEqualTo("0");
        }
    }

    @Test
    void demoTemplateContainsTheDemoOrganization() {
        try (TestDatabase database = TestDatabases.of(new DemoTemplate()).create()) {
            assertThat(database.promptForge().organizations().findBySlug(DemoData.ORGANIZATION))
                    .isPresent();
        }
    }

    @Test
    void aFailureNamesTheTemplateAndIsThrownToEveryTestThatNeedsItWithoutARetry() {
        TestDatabases databases = TestDatabases.of(new Failing("1"));
        String named = "Template " + Failing.class.getName() + ": ";

        assertThatThrownBy(databases::create)
                .isInstanceOf(TestDatabaseException.class)
                .hasMessageStartingWith(named)
                .hasMessageContaining("syntax error at end of input")
                .hasMessageNotContaining("PROMPTFORGE_TEST_DATABASE_URL");
        assertThatThrownBy(databases::create)
                .isInstanceOf(TestDatabaseException.class)
                .hasMessageStartingWith(named)
                .hasCauseInstanceOf(TestDatabaseException.class);
    }

    @Test
    void anErrorNamesTheTemplateAndItsOwnType() {
        assertThatThrownBy(TestDatabases.of(new WithoutALibrary("1"))::create)
                .isInstanceOf(TestDatabaseException.class)
                .hasMessage("Template " + WithoutALibrary.class.getName()
                        + ": java.lang.NoClassDefFoundError: com/example/Gone");
    }

    @Test
    void aTransactionThatIsLeftOpenIsRefusedBecauseItsChangesWouldBeMissing() {
        assertThatThrownBy(TestDatabases.of(new Uncommitted("1"))::create)
                .isInstanceOf(TestDatabaseException.class)
                .hasMessageStartingWith("Template " + Uncommitted.class.getName()
                        + ": prepare() left a transaction open that had changed something; its last statement was: CREATE TABLE"
                        + " forgotten");
    }

    private static String stampIn(TestDatabases databases) throws SQLException {
        try (TestDatabase database = databases.create()) {
            return Sql.value(database.dataSource(), "SELECT at FROM stamp");
        }
    }
}
