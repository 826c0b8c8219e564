package io.promptforge.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.postgres.CitusCluster;
import io.promptforge.schema.MigrationException.Reason;
import io.promptforge.schema.doctor.Doctor;
import io.promptforge.schema.doctor.Fault;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The role of services: what it may do, what it may not, and how a change is noticed. */
class ServiceRoleTest {

    private static final String ACME = "00000000-0000-0000-0000-00000000000a";
    private static final String GLOBEX = "00000000-0000-0000-0000-00000000000b";

    private final PGSimpleDataSource owner = TestServer.migratedDatabase();
    private final String name = TestServer.newRole("service");
    private final ServiceRole role = ServiceRole.of(owner).named(name);
    private final PGSimpleDataSource service = TestServer.as(owner, name);

    @BeforeEach
    void grant() {
        role.grant();
        Sql.run(
                owner,
                "INSERT INTO promptforge.organizations (id, name, slug) VALUES ('%s', 'Acme', 'acme'), ('%s', 'Globex', 'globex')"
                        .formatted(ACME, GLOBEX),
                "INSERT INTO promptforge.projects (organization_id, id, name) SELECT id, gen_random_uuid(), name FROM promptforge.organizations");
    }

    @Test
    void theRoleIsNoSuperuserOwnsNothingAndCannotBypassPolicies() {
        assertThat(Sql.column(service, """
                        SELECT rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb
                        OR EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid)
                        FROM pg_roles r WHERE rolname = current_user""")).containsExactly("f");
        role.validate();
        Migrations.of(service).validateConfined();
    }

    @Test
    void theRoleHasNoOtherRightsThanThese() {
        assertThat(Sql.column(owner, """
                        SELECT DISTINCT CASE WHEN table_name ~ '^(audit_.*|erasures|flyway_schema_history)$' THEN 'log: ' ELSE 'table: ' END
                            || privilege_type
                        FROM information_schema.role_table_grants WHERE grantee = '%1$s'
                        UNION SELECT 'partition: ' || c.relname FROM pg_class c
                        WHERE c.relnamespace = 'promptforge'::regnamespace AND c.relispartition AND c.relkind IN ('r', 'p')
                        AND has_table_privilege('%1$s', c.oid, 'SELECT, INSERT, UPDATE, DELETE')
                        UNION SELECT 'schema: ' || a.privilege_type FROM pg_namespace n, aclexplode(n.nspacl) a
                        WHERE n.nspname = 'promptforge' AND a.grantee = '%1$s'::regrole
                        ORDER BY 1""".formatted(name)))
                .containsExactly(
                        "log: SELECT",
                        "schema: USAGE",
                        "table: DELETE",
                        "table: INSERT",
                        "table: SELECT",
                        "table: UPDATE");
    }

    @Test
    void aSettingForAllNodesOfAClusterEndsWithTheTransactionToo() {
        String read = "SELECT name FROM promptforge.projects";

        assertThat(Sql.column(service, asOnAllNodes(ACME) + read)).containsExactly("Acme");
        assertThat(Sql.column(service, asOnAllNodes(ACME) + "COMMIT; " + read)).isEmpty();
    }

    @Test
    void theRoleIsMadeWhereItIsNotThereAndCannotLogIn() {
        String made = name + "_made";

        ServiceRole.of(owner).named(made).grant();
        ServiceRole.of(owner).named(made).grant();

        ServiceRole.of(owner).named(made).validate();
        assertThat(Sql.column(owner, "SELECT rolcanlogin FROM pg_roles WHERE rolname = '" + made + "'"))
                .containsExactly("f");
    }

    @Test
    void doctorMissesNoRight() {
        assertThat(Doctor.of(service).examine().findings())
                .noneMatch(finding -> finding.fault() == Fault.PERMISSION_MISSING);
    }

    @Test
    void anAdministratorCanRunTheScript() {
        String made = name + "_script";

        Sql.run(owner, ServiceRole.of(owner).named(made).script());

        ServiceRole.of(owner).named(made).validate();
    }

    @Test
    void withoutATenantEveryTableIsEmpty() {
        for (String table : Sql.modelTables(owner, "promptforge")) {
            assertThat(Sql.column(service, "SELECT count(*) FROM promptforge." + table))
                    .as(table)
                    .containsExactly("0");
        }
        assertThat(Sql.column(owner, "SELECT count(*) FROM promptforge.projects"))
                .containsExactly("2");
    }

    @Test
    @DisabledIfSystemProperty(
            named = CitusCluster.URL,
            matches = ".+",
            disabledReason = "there SET LOCAL does not reach the nodes, and set_locally does")
    void withATenantItsRowsAreSeenUntilTheTransactionEnds() {
        assertThat(Sql.column(service, as(ACME) + "SELECT name FROM promptforge.projects"))
                .containsExactly("Acme");
        assertThat(Sql.column(service, as(ACME) + "SELECT name FROM promptforge.organizations"))
                .containsExactly("Acme");
        assertThat(Sql.column(service, as(ACME) + "COMMIT; SELECT name FROM promptforge.projects"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO promptforge.projects (organization_id, id, name) VALUES ('%2$s', gen_random_uuid(), 'p')",
                "UPDATE promptforge.projects SET organization_id = '%2$s'",
                "INSERT INTO promptforge.organizations (id, name, slug) VALUES (gen_random_uuid(), 'New', 'new')",
                "ALTER TABLE promptforge.projects DISABLE ROW LEVEL SECURITY",
                "DROP POLICY tenant ON promptforge.projects",
                "CREATE POLICY mine ON promptforge.projects USING (true)",
                "CREATE TABLE promptforge.mine (id uuid)",
                "DROP TABLE promptforge.projects",
                "TRUNCATE promptforge.projects CASCADE",
                "SELECT * FROM promptforge.spans_default",
                "SET row_security TO off; SELECT * FROM promptforge.projects",
                "SET ROLE postgres",
                "SET SESSION AUTHORIZATION postgres",
                "UPDATE promptforge.flyway_schema_history SET success = false",
            })
    void whatWouldReachAnotherTenantOrTheSchemaIsRefused(String sql) {
        assertThatThrownBy(() -> Sql.run(service, as(ACME) + sql.formatted(ACME, GLOBEX)))
                .rootCause()
                .extracting("SQLState")
                .isIn("42501", "23514", "0A000"); // the last on a cluster, where no row moves to another tenant
    }

    @Test
    void deletesAndUpdatesReachOnlyTheTenantsRows() {
        Sql.run(service, asOnAllNodes(ACME) + "UPDATE promptforge.projects SET description = 'seen'; COMMIT");
        Sql.run(service, asOnAllNodes(ACME) + "DELETE FROM promptforge.organizations; COMMIT");

        assertThat(Sql.column(owner, "SELECT name || coalesce(description, '') FROM promptforge.projects"))
                .containsExactly("Globex");
    }

    @ParameterizedTest
    @ValueSource(strings = {"not a uuid", GLOBEX + "' OR '1'='1"})
    void aSettingThatIsNoIdShowsNothing(String value) {
        Sql.run(
                service,
                "SET promptforge.organization_id TO '" + value.replace("'", "''")
                        + "'; DELETE FROM promptforge.projects");

        assertThat(Sql.column(owner, "SELECT name FROM promptforge.projects ORDER BY name"))
                .containsExactly("Acme", "Globex");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER ROLE %s BYPASSRLS",
                "ALTER ROLE %s SUPERUSER",
                "GRANT postgres TO %s",
                "CREATE ROLE %1$s_super SUPERUSER; GRANT %1$s_super TO %1$s",
                "CREATE ROLE %1$s_bypass BYPASSRLS; GRANT %1$s_bypass TO %1$s",
                "ALTER TABLE promptforge.projects OWNER TO %s",
                "GRANT CREATE ON SCHEMA promptforge TO %s",
                "REVOKE SELECT ON promptforge.projects FROM %s",
            })
    void aRoleThatIsNotConfinedIsRefused(String sql) {
        Sql.run(owner, sql.formatted(name));

        refused(Reason.NOT_CONFINED, role::validate);
        if (!sql.contains("OWNER")) {
            refused(Reason.NOT_CONFINED, () -> Migrations.of(service).validateConfined());
            Migrations.of(service).validate();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE promptforge.traces DISABLE ROW LEVEL SECURITY",
                "ALTER TABLE promptforge.traces NO FORCE ROW LEVEL SECURITY",
                "DROP POLICY tenant ON promptforge.traces",
                "ALTER POLICY tenant ON promptforge.traces USING (organization_id IS NOT NULL)",
                "CREATE POLICY all_of_it ON promptforge.traces FOR SELECT USING (true)",
                "DROP POLICY owner ON promptforge.traces",
                "ALTER POLICY tenant ON promptforge.traces WITH CHECK (true)",
                "DROP POLICY owner ON promptforge.traces; CREATE POLICY owner ON promptforge.traces FOR SELECT TO postgres USING (true)",
            })
    void aChangedPolicyIsRefusedAtStartup(String sql) {
        Sql.run(owner, sql);

        assertThat(refused(Reason.NOT_ISOLATED, () -> Migrations.of(service).validate()))
                .hasMessageContaining("the table traces has");
    }

    @Test
    void theRemedyRestoresTheWall() {
        Sql.run(
                owner,
                "DROP POLICY tenant ON promptforge.traces; DROP POLICY owner ON promptforge.traces",
                "SELECT promptforge.isolate_tenants('promptforge.traces')");

        Migrations.of(service).validate();
    }

    @Test
    void aChangedPolicyOfAPartitionIsRefusedAtStartup() {
        Sql.run(owner, "DROP POLICY tenant ON promptforge.spans_default");

        assertThat(refused(Reason.NOT_ISOLATED, () -> Migrations.of(service).validate()))
                .hasMessageContaining("the table spans_default has");
    }

    @Test
    void aRoleThatIsNotThereIsRefused() {
        assertThat(refused(Reason.NOT_CONFINED, role.named(name + "_missing")::validate))
                .hasMessageContaining("does not exist");
    }

    @Test
    void aRestrictivePolicyOfTheHostIsItsOwnBusiness() {
        Sql.run(owner, "CREATE POLICY active ON promptforge.users AS RESTRICTIVE USING (active)");

        Migrations.of(owner).validate();
    }

    @Test
    void aNewPartitionIsIsolatedToo() {
        Sql.run(owner, "SELECT promptforge.create_span_partitions((now() + interval '1 year')::date, 2)");
        Migrations.of(owner).validate();
    }

    @Test
    void anOwnerWithoutBypassSeesAllRowsAndMigrates() {
        PGSimpleDataSource database = TestServer.emptyDatabase();
        String plain = TestServer.newRole("owner");
        Sql.run(database, "CREATE SCHEMA promptforge AUTHORIZATION " + plain, "ALTER ROLE " + plain + " CREATEROLE");
        PGSimpleDataSource plainOwner = TestServer.as(database, plain);

        Migrations.apply(plainOwner);
        ServiceRole made = ServiceRole.of(plainOwner).named(plain + "_service");
        made.grant();
        made.validate();
        Migrations.of(plainOwner).validate();
        Sql.run(
                plainOwner,
                "INSERT INTO promptforge.organizations (id, name, slug) VALUES (gen_random_uuid(), 'Acme', 'acme')");

        assertThat(Sql.column(plainOwner, "SELECT name FROM promptforge.organizations"))
                .containsExactly("Acme");
        assertThat(Sql.column(plainOwner, "SET ROLE " + plain + "_service; SELECT name FROM promptforge.organizations"))
                .isEmpty();
        assertThat(Migrations.of(plainOwner).rollback(3).undone()).isEqualTo(3);
    }

    @Test
    void anotherSchemaHasAnotherSetting() {
        PGSimpleDataSource database = TestServer.emptyDatabase();
        Migrations.of(database).schema("forge").apply();
        ServiceRole.of(database).schema("forge").named(name).grant();
        Migrations.of(TestServer.as(database, name)).schema("forge").validateConfined();
        Sql.run(database, "INSERT INTO forge.organizations (id, name, slug) VALUES ('" + ACME + "', 'Acme', 'acme')");

        PGSimpleDataSource other = TestServer.as(database, name);
        assertThat(Sql.column(other, as(ACME) + "SELECT name FROM forge.organizations"))
                .isEmpty();
        assertThat(Sql.column(
                        other, "SET forge.organization_id TO '" + ACME + "'; SELECT name FROM forge.organizations"))
                .containsExactly("Acme");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Service", "a b", "a\"b", "pg_service"})
    void aNameThatNeedsQuotesIsRefused(String other) {
        refused(Reason.INVALID_ARGUMENT, () -> role.named(other));
    }

    private static String as(String tenant) {
        return "SET LOCAL promptforge.organization_id TO '" + tenant + "'; ";
    }

    private static String asOnAllNodes(String tenant) {
        return "BEGIN; DO $$ BEGIN PERFORM promptforge.set_locally('promptforge.organization_id', '" + tenant
                + "'); END $$; ";
    }

    private static MigrationException refused(Reason reason, ThrowingCallable call) {
        List<MigrationException> errors = new ArrayList<>();
        assertThatThrownBy(call).isInstanceOfSatisfying(MigrationException.class, errors::add);
        MigrationException error = errors.get(0);
        assertThat(error.reason()).as(error.getMessage()).isEqualTo(reason);
        return error;
    }
}
