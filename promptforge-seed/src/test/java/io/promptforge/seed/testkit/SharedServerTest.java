package io.promptforge.seed.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.postgres.EmbeddedPostgres;
import io.promptforge.seed.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SharedServerTest {
    private static final TemplateChain SCHEMA = TemplateChain.of(List.of());
    private static final String TEMPLATE = SharedDatabaseNames.template(SCHEMA.hash(), "postgres");

    private EmbeddedPostgres postgres = EmbeddedPostgres.start();

    @BeforeEach
    void createDatabasesThatMustNotBeTouched() {
        postgres.createDatabase("promptforge_production");
        postgres.createDatabase("promptforge_test_mine");
    }

    @AfterEach
    void end() {
        postgres.close();
    }

    @Test
    void aDatabaseIsMigratedAndItsNameContainsItsTemplateAndItsJvm() throws SQLException {
        try (TestDatabase database = databases().create()) {
            assertThat(Sql.value(database.dataSource(), "SELECT count(*) FROM promptforge.organizations"))
                    .isEqualTo("0");
            assertThat(database.name()).matches("promptforge_test_[0-9a-f]{8}_[0-9a-f]{16}_1");
            assertThat(database.user()).isEqualTo("postgres");
        }
    }

    @Test
    void aClosedDatabaseIsDroppedInTheBackground() throws Exception {
        TestDatabase database = databases().create();
        database.close();

        Deadline.await("end of the database", () -> !databaseNames().contains(database.name()));
    }

    @Test
    void theTemplateIsKeptAndRefusesConnections() {
        databases().create().close();

        assertThatThrownBy(() -> Sql.value(postgres.dataSource(TEMPLATE), "SELECT 1"))
                .hasMessageContaining("not currently accepting connections");
    }

    @Test
    void aHalfBuiltTemplateIsRebuilt() throws SQLException {
        postgres.createDatabase(TEMPLATE);
        Sql.execute(postgres.dataSource(TEMPLATE), "CREATE SCHEMA promptforge CREATE TABLE half ()");

        try (TestDatabase database = databases().create()) {
            assertThat(Sql.value(database.dataSource(), "SELECT to_regclass('promptforge.half')"))
                    .isEqualTo("null");
        }
    }

    @Test
    void twoJvmsAtOnceUseDifferentDatabases() throws Exception {
        try (ChildJvm one = child("use");
                ChildJvm two = child("use")) {
            List<String> names = new ArrayList<>(one.awaitReady());
            names.addAll(two.awaitReady());

            names.removeIf("0"::equals);
            assertThat(names).hasSize(22).doesNotHaveDuplicates();
        }
    }

    @Test
    void onlyTheTemplateIsLeftWhenAJvmEnds() throws Exception {
        try (ChildJvm jvm = child("use")) {
            jvm.awaitReady();
            jvm.awaitEnd();
        }

        assertThat(databaseNames())
                .containsExactlyInAnyOrder(TEMPLATE, "promptforge_production", "promptforge_test_mine");
    }

    @Test
    void theNextJvmDropsTheDatabasesOfAKilledOneAndNoOthers() throws Exception {
        String left;
        String alive;
        try (ChildJvm killed = child("wait");
                ChildJvm living = child("wait")) {
            left = killed.awaitReady().get(0);
            alive = living.awaitReady().get(0);
            killed.kill();
            awaitUnlocked(left);
            assertThat(databaseNames()).contains(left, alive);

            try (ChildJvm next = child("wait")) {
                next.awaitReady();
                Deadline.await("end of " + left, () -> !databaseNames().contains(left));
            }

            assertThat(databaseNames()).contains(alive, TEMPLATE, "promptforge_production", "promptforge_test_mine");
        }
    }

    @Test
    void aKeptDatabaseSurvivesItsJvmAndTheReaper() throws Exception {
        String kept;
        try (ChildJvm jvm = child("keep")) {
            List<String> printed = jvm.awaitReady();
            kept = printed.get(0);
            assertThat(printed.get(2)).contains("psql -h 127.0.0.1 -p " + postgres.port(), "DROP DATABASE \"" + kept);
            jvm.awaitEnd();
        }

        new Reaper(new StatementRunner(postgres.dataSource("postgres"))).reap();

        assertThat(databaseNames()).contains(kept);
    }

    @Test
    void aTemplateThatWasNotUsedForAWeekIsDropped() throws SQLException {
        databases().create().close();
        String old = "promptforge_template_00000000000000010000000000000000";
        postgres.createDatabase(old);
        postgres.freezeTemplate(old);
        Sql.execute(
                postgres.dataSource("postgres"),
                "COMMENT ON DATABASE " + old + " IS '" + Reaper.LAST_USED + "2020-01-01'");

        new Reaper(new StatementRunner(postgres.dataSource("postgres"))).reap();

        assertThat(databaseNames()).contains(TEMPLATE).doesNotContain(old);
    }

    @Test
    void aRoleWithoutCreatedbIsReportedWithTheRemedy() throws SQLException {
        Sql.execute(postgres.dataSource("postgres"), "CREATE ROLE weak LOGIN");

        assertThatThrownBy(() -> databases("weak").create())
                .isInstanceOf(TestDatabaseException.class)
                .hasMessageContaining("The role \"weak\" may not create databases")
                .hasMessageContaining("ALTER ROLE \"weak\" CREATEDB");
    }

    @Test
    void aRoleWithCreatedbNeedsNotBeSuperuser() throws Exception {
        Sql.execute(postgres.dataSource("postgres"), "CREATE ROLE strong LOGIN CREATEDB");

        try (TestDatabase database = databases("strong").create()) {
            assertThat(Sql.value(database.dataSource(), "SELECT current_user")).isEqualTo("strong");
        }
        Deadline.await("end of the database", () -> databaseNames().stream().noneMatch(name -> name.endsWith("_1")));
    }

    @Test
    void rolesDoNotShareATemplateBecauseOnlyTheOwnerCanUseItsTables() throws SQLException {
        Sql.execute(postgres.dataSource("postgres"), "CREATE ROLE strong LOGIN CREATEDB");
        databases().create().close();

        try (TestDatabase database = databases("strong").create()) {
            assertThat(Sql.value(database.dataSource(), "SELECT count(*) FROM promptforge.organizations"))
                    .isEqualTo("0");
        }
    }

    @Test
    void anUnreachableServerIsReportedTogetherWithTheOtherWays() {
        postgres.close();

        assertThatThrownBy(() -> databases().create())
                .isInstanceOf(TestDatabaseException.class)
                .hasMessageContaining("PROMPTFORGE_TEST_DATABASE_URL")
                .hasMessageContaining("refused")
                .hasMessageContaining("embedded server: not tried")
                .hasMessageContaining("Docker");
    }

    @Test
    void databasesAreClonedByFileCopyUnlessTheServerSyncsToTheDisk() {
        assertThat(SharedServerSession.strategy(14, false)).isEmpty();
        assertThat(SharedServerSession.strategy(14, true)).isEmpty();
        assertThat(SharedServerSession.strategy(15, false)).isEqualTo(" STRATEGY FILE_COPY");
        assertThat(SharedServerSession.strategy(18, true)).isEqualTo(" STRATEGY WAL_LOG");
    }

    private TestDatabases databases() {
        return databases("postgres");
    }

    private TestDatabases databases(String role) {
        return TestDatabases.of(
                List.of(), new TestServerSettings(Optional.of(url(role)), Optional.empty(), Optional.empty()));
    }

    private ChildJvm child(String end) throws Exception {
        return ChildJvm.start(end, Map.of(TestServerSettings.URL, url("postgres")));
    }

    private String url(String role) {
        return "postgresql://" + role + "@127.0.0.1:" + postgres.port() + "/postgres?sslmode=disable";
    }

    private List<String> databaseNames() throws SQLException {
        return Sql.column(
                postgres.dataSource("postgres"),
                "SELECT datname FROM pg_database WHERE datname LIKE 'promptforge%' ORDER BY 1");
    }

    /** The server releases the lock shortly after the process ended. */
    private void awaitUnlocked(String database) throws Exception {
        long key = SharedDatabaseNames.jvm(database).orElseThrow();
        String locks = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
                + " AND ((classid::bigint << 32) | objid::bigint) = " + key;
        Deadline.await("end of the lock", () -> Sql.value(postgres.dataSource("postgres"), locks)
                .equals("0"));
    }
}
