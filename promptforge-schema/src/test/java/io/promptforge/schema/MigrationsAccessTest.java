package io.promptforge.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.zaxxer.hikari.HikariDataSource;
import io.promptforge.schema.MigrationException.Reason;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** The roles that can migrate, and the messages for those that cannot. */
class MigrationsAccessTest {

    private final PGSimpleDataSource database = TestServer.emptyDatabase();
    private final String role = TestServer.newRole("app");
    private final PGSimpleDataSource app = TestServer.as(database, role);

    @Test
    void theMessageForARoleWithoutRightsNamesTheMissingOne() {
        assertThat(refused(Reason.ACCESS_DENIED, () -> Migrations.apply(app)))
                .hasMessageContaining("CREATE SCHEMA promptforge AUTHORIZATION \"" + role + "\"");
        assertThat(Sql.column(database, "SELECT nspname FROM pg_namespace")).doesNotContain("promptforge");
    }

    @Test
    void aRoleThatOwnsAnEmptySchemaNeedsNoRightOnTheDatabase() {
        Sql.run(database, "CREATE SCHEMA promptforge AUTHORIZATION " + role);

        Migrations.apply(app);
        Migrations.of(app).rollback(1);
        Migrations.of(app).reset("promptforge");

        Migrations.of(app).validate();
    }

    @Test
    void aSchemaThatBelongsToAnotherRole() {
        Sql.run(database, "CREATE SCHEMA promptforge");

        assertThat(refused(Reason.ACCESS_DENIED, () -> Migrations.apply(app)))
                .hasMessageContaining("belongs to role \"postgres\"");
        assertThat(Sql.tables(database, "promptforge")).isEmpty();
    }

    @Test
    void tablesThatBelongToAnotherRole() {
        Migrations.of(database).scripts(TestScripts.oldest(3)).apply();
        Sql.run(
                database,
                "GRANT USAGE, CREATE ON SCHEMA promptforge TO " + role,
                "GRANT SELECT ON ALL TABLES IN SCHEMA promptforge TO " + role);

        assertThat(refused(Reason.ACCESS_DENIED, () -> Migrations.apply(app)))
                .hasMessageContaining("Migrate as \"postgres\"");
        assertThat(Sql.history(database, "promptforge")).containsExactly("1", "2", "3");
    }

    @Test
    void aRoleThatMayNotReadTheHistory() {
        Migrations.apply(database);

        refused(Reason.ACCESS_DENIED, () -> Migrations.apply(app));
        refused(Reason.ACCESS_DENIED, () -> Migrations.of(app).status());
        refused(Reason.ACCESS_DENIED, () -> Migrations.of(app).validate());
        refused(Reason.ACCESS_DENIED, () -> Migrations.of(app).rollback(1));
    }

    @Test
    void aReadingRoleIsEnoughWhenNothingIsPendingAndCannotRollBack() {
        Migrations.apply(database);
        Sql.run(
                database,
                "GRANT USAGE ON SCHEMA promptforge TO " + role,
                "GRANT SELECT ON ALL TABLES IN SCHEMA promptforge TO " + role);

        assertThat(Migrations.apply(app).applied()).isZero();
        Migrations.of(app).validate();
        refused(Reason.ACCESS_DENIED, () -> Migrations.of(app).rollback(2));
        Migrations.of(app).validate();
    }

    @Test
    void readOnlyRoleAndReadOnlyPool() {
        Sql.run(
                database,
                "CREATE SCHEMA promptforge AUTHORIZATION " + role,
                "ALTER ROLE " + role + " SET default_transaction_read_only TO on");
        refused(Reason.READ_ONLY, () -> Migrations.apply(app));

        try (HikariDataSource pool = TestServer.pool(database, 2)) {
            pool.setReadOnly(true);
            refused(Reason.READ_ONLY, () -> Migrations.apply(pool));
        }
        assertThat(Sql.tables(database, "promptforge")).isEmpty();

        Migrations.apply(database);
        assertThat(Sql.column(database, "SELECT 1 FROM promptforge.users")).isEmpty();
        try (HikariDataSource pool = TestServer.pool(database, 2)) {
            pool.setReadOnly(true);
            pool.setAutoCommit(false);
            assertThat(Migrations.apply(pool).applied()).isZero();
            refused(Reason.READ_ONLY, () -> Migrations.of(pool).rollback(1));
        }
        Migrations.of(database).validate();
    }

    @Test
    void anotherDataSourceMigratesAndIsNotTouchedWhenNothingIsPending() {
        Migrations migrations = Migrations.of(app).migratingWith(database);
        Sql.run(
                database,
                "CREATE SCHEMA promptforge",
                "ALTER DEFAULT PRIVILEGES IN SCHEMA promptforge GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO "
                        + role,
                "GRANT USAGE ON SCHEMA promptforge TO " + role);

        migrations.apply();

        String id = "'00000000-0000-0000-0000-00000000000a'";
        Sql.run(
                app,
                "SET promptforge.organization_id TO " + id,
                "INSERT INTO promptforge.organizations (id, name, slug) VALUES (" + id + ", 'A', 'a')");
        ObservedDataSource privileged = new ObservedDataSource(database, true);
        assertThat(Migrations.of(app)
                        .migratingWith(privileged.dataSource())
                        .apply()
                        .applied())
                .isZero();
        assertThat(privileged.opened()).isZero();
        assertThat(migrations.rollback(1).undone()).isEqualTo(1);
    }

    @Test
    void aRoleThatMayWriteNewTablesByDefaultOnlyReadsWhatTriggersWriteAndRunsTheFunctionsOfServices() {
        Sql.run(
                database,
                "CREATE SCHEMA promptforge",
                "ALTER DEFAULT PRIVILEGES IN SCHEMA promptforge GRANT ALL ON TABLES TO " + role,
                "GRANT USAGE ON SCHEMA promptforge TO " + role);

        Migrations.apply(database);

        assertThat(Sql.column(database, """
                        SELECT table_name || ' ' || privilege_type FROM information_schema.role_table_grants
                        WHERE grantee = '%s' AND (table_name LIKE 'audit\\_%%' OR table_name = 'erasures') ORDER BY 1""".formatted(role)))
                .containsExactly(
                        "audit_entries SELECT", "audit_logs SELECT", "audit_transactions SELECT", "erasures SELECT");
        assertThat(Sql.column(database, """
                        SELECT proname FROM pg_proc WHERE pronamespace = 'promptforge'::regnamespace AND prosecdef
                        AND prorettype <> 'trigger'::regtype AND NOT has_function_privilege('%s', oid, 'EXECUTE')""".formatted(role))).isEmpty();
    }

    @Test
    void anotherDataSourceMigratesAlthoughTheWorkingRoleSeesNothingYet() {
        Migrations migrations = Migrations.of(app).migratingWith(database);

        assertThat(migrations.apply().applied()).isPositive();
        assertThat(migrations.apply().applied()).isZero();
    }

    private static MigrationException refused(Reason reason, ThrowingCallable call) {
        MigrationException error = assertThatThrownBy(call)
                .asInstanceOf(type(MigrationException.class))
                .actual();
        assertThat(error.reason()).as(error.getMessage()).isEqualTo(reason);
        return error;
    }
}
