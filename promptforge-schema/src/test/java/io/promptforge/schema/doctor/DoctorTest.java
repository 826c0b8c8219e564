package io.promptforge.schema.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.promptforge.postgres.CitusCluster;
import io.promptforge.schema.Migrations;
import io.promptforge.schema.Sql;
import io.promptforge.schema.TestServer;
import io.promptforge.schema.doctor.Finding.Severity;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Each test makes a fault in a healthy database, and the doctor finds this one and no other. */
class DoctorTest {

    private static final String ORGANIZATION = "'10000000-0000-7000-8000-000000000001'";

    /** Finds tables and indexes of any size. */
    private static final Thresholds STRICT =
            new Thresholds(1, 1, 1, Duration.ZERO, 2_000_000_000, Duration.ofHours(1), Duration.ofHours(1), 0.99);

    private final PGSimpleDataSource administrator = TestServer.migratedDatabase();
    private final String role = TestServer.newRole("app");
    private final DataSource service = TestServer.as(administrator, role);

    DoctorTest() {
        TestServer.letCreate(administrator, role);
        Sql.run(
                administrator,
                "GRANT USAGE ON SCHEMA promptforge TO " + role,
                "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA promptforge TO " + role);
    }

    /** As on a schema that is distributed: a key of the platform is there as an index that is not unique. */
    @Test
    @DisabledIfSystemProperty(
            named = CitusCluster.URL,
            matches = ".+",
            disabledReason = "there it is such an index already")
    void aKeyThatADistributedTableCannotHaveIsNoChangeOfTheSchemaButItsRepetitionIsFound() {
        Sql.run(administrator, """
                SET search_path TO promptforge;
                ALTER TABLE organizations DROP CONSTRAINT organizations_slug_key;
                CREATE INDEX organizations_slug_key ON organizations (slug);
                COMMENT ON INDEX organizations_slug_key IS
                    'Unique until the table was distributed: ALTER TABLE organizations ADD CONSTRAINT organizations_slug_key UNIQUE (slug)';
                INSERT INTO organizations (id, name, slug) VALUES (gen_random_uuid(), 'Acme', 'acme')""");

        assertThat(Doctor.of(administrator).examine().findings())
                .extracting(Finding::fault)
                .doesNotContain(Fault.SCHEMA_CHANGED, Fault.KEY_REPEATED, Fault.NOT_EXAMINED);

        Sql.run(
                administrator,
                "INSERT INTO promptforge.organizations (id, name, slug) VALUES (gen_random_uuid(), 'Other', 'acme')");

        assertThat(Doctor.of(administrator).examine().findings())
                .filteredOn(finding -> finding.fault() == Fault.KEY_REPEATED)
                .singleElement()
                .satisfies(finding -> assertThat(finding.details()).containsExactly("organizations_slug_key"));
    }

    @Test
    void aHealthyDatabaseHasNoFinding() {
        Diagnosis diagnosis = Doctor.of(service).examine();

        assertThat(diagnosis.findings()).isEmpty();
        assertThat(diagnosis.worst()).isEmpty();
    }

    @Test
    void anExaminationChangesNothingAndLeavesTheAutocommitModeOfThePool() throws Exception {
        try (HikariDataSource pool = TestServer.pool(service, 2)) {
            Doctor.of(pool).examine();

            try (Connection connection = pool.getConnection()) {
                assertThat(connection.getAutoCommit()).isTrue();
            }
        }
        assertThat(Sql.column(administrator, "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'promptforge%'"))
                .containsExactly("promptforge");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                CREATE INDEX by_hand ON projects (name)                                | SCHEMA_CHANGED         | INFO    | added index by_hand
                DROP INDEX users_full_name_idx                                         | SCHEMA_CHANGED         | WARNING | missing index users_full_name_idx
                ALTER TABLE projects DROP CONSTRAINT projects_name_length              | SCHEMA_CHANGED         | WARNING | missing constraint projects_name_length
                ALTER TABLE projects ALTER COLUMN description SET NOT NULL             | SCHEMA_CHANGED         | WARNING | changed column projects.description
                SET citus.enable_unsafe_triggers TO on; ALTER TABLE users DISABLE TRIGGER users_organization_id_fixed | SCHEMA_CHANGED         | WARNING | changed trigger users_organization_id_fixed
                CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END' | SCHEMA_CHANGED | WARNING | changed function refuse_change
                UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'projects_pkey'::regclass | INDEX_INVALID | ERROR | projects_pkey
                REVOKE UPDATE ON users FROM ROLE                                       | PERMISSION_MISSING     | ERROR   | users: UPDATE
                REVOKE SELECT ON flyway_schema_history FROM ROLE                       | PERMISSION_MISSING     | ERROR   | history of migrations
                REVOKE USAGE ON SCHEMA promptforge FROM ROLE                           | PERMISSION_MISSING     | ERROR   | history of migrations
                ALTER ROLE ROLE BYPASSRLS                                              | ROLE_TOO_POWERFUL      | WARNING | bypasses row-level security
                ALTER ROLE ROLE SUPERUSER                                              | ROLE_TOO_POWERFUL      | WARNING | superuser
                ALTER ROLE ROLE SET TimeZone TO 'Europe/Berlin'                        | TIME_ZONE              | INFO    | Europe/Berlin
                UPDATE flyway_schema_history SET checksum = 1 WHERE version = '2'      | MIGRATIONS_DIVERGED    | ERROR   | version 2 (models) is edited
                UPDATE flyway_schema_history SET success = false WHERE version = '3'   | MIGRATIONS_DIVERGED    | ERROR   | version 3 (projects) is failed
                INSERT INTO flyway_schema_history SELECT 99, '99', 'later', type, script, checksum, installed_by, installed_on, 1, true FROM flyway_schema_history WHERE version = '1' | MIGRATIONS_DIVERGED | ERROR | version 99 (later) is newer
                """)
    void aFaultIsFoundAndNamed(String sql, Fault fault, Severity severity, String words) {
        Sql.run(
                administrator,
                "SET search_path TO promptforge; "
                        + sql.replace("ROLE ROLE", "ROLE " + role).replace("FROM ROLE", "FROM " + role));

        Finding finding = only(fault, Doctor.of(service).examine());

        assertThat(finding.severity()).isEqualTo(severity);
        assertThat(finding.problem() + finding.details()).contains(words);
        assertThat(finding.remedy()).isNotBlank();
    }

    @Test
    void policiesWithoutRowLevelSecurityAreFound() {
        Sql.run(administrator, "ALTER TABLE promptforge.projects DISABLE ROW LEVEL SECURITY");

        assertThat(codes(Doctor.of(service).examine())).contains(Fault.ROW_SECURITY_OFF);
    }

    @Test
    void pendingMigrationsAreFoundWithWhatTheyLock() {
        Migrations.of(administrator).rollbackTo("9");

        Finding finding = only(Fault.MIGRATIONS_PENDING, Doctor.of(service).examine());

        assertThat(finding.severity()).isEqualTo(Severity.ERROR);
        assertThat(finding.command()).contains("promptforge migrate");
        assertThat(finding.details()).anySatisfy(line -> assertThat(line).contains("version 10: repricings"));
        assertThat(finding.details()).anySatisfy(line -> assertThat(line)
                .matches("  organizations \\([\\d,]+ kB\\): blocks writes, for a moment"));
    }

    @Test
    void aMissingSchemaIsAPendingMigration() {
        PGSimpleDataSource empty = TestServer.emptyDatabase();

        assertThat(codes(Doctor.of(TestServer.as(empty, role)).examine())).containsExactly(Fault.MIGRATIONS_PENDING);
    }

    @Test
    void anotherSchemaIsExaminedByItsName() {
        Migrations.of(administrator).schema("second").apply();
        Sql.run(
                administrator,
                "GRANT USAGE ON SCHEMA second TO " + role,
                "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA second TO " + role,
                "DROP INDEX second.users_full_name_idx");

        assertThat(Doctor.of(service).examine().findings()).isEmpty();
        only(Fault.SCHEMA_CHANGED, Doctor.of(service).schema("second").examine());
    }

    @Test
    @DisabledIfSystemProperty(
            named = CitusCluster.URL,
            matches = ".+",
            disabledReason = "the nodes keep the statistics")
    void missingPartitionsAndSpansInTheDefaultPartitionAreFound() {
        addOrganization();
        Sql.run(
                administrator,
                "SET search_path TO promptforge",
                "DO $$ BEGIN EXECUTE 'DROP TABLE promptforge.spans_y' || to_char(now() AT TIME ZONE 'UTC', 'YYYY\"m\"MM'); END $$",
                "INSERT INTO promptforge.projects (organization_id, id, name) VALUES (" + ORGANIZATION + ", "
                        + ORGANIZATION + ", 'Support')",
                "INSERT INTO promptforge.traces (organization_id, id, project_id, name, status, started_at) VALUES ("
                        + ORGANIZATION + ", " + ORGANIZATION + ", " + ORGANIZATION + ", 'greet', 'success', now())",
                "INSERT INTO promptforge.spans (organization_id, trace_id, id, started_at, name, kind, status) VALUES ("
                        + ORGANIZATION + ", " + ORGANIZATION + ", " + ORGANIZATION
                        + ", now(), 'call', 'llm', 'success')");

        untilCounted("SELECT 1 FROM pg_stat_user_tables WHERE relname = 'spans_default' AND n_live_tup > 0");

        Diagnosis diagnosis = Doctor.of(service).examine();

        assertThat(codes(diagnosis)).containsExactlyInAnyOrder(Fault.PARTITIONS_MISSING, Fault.DEFAULT_PARTITION_USED);
        assertThat(diagnosis.findings())
                .allSatisfy(finding -> assertThat(finding.command()).contains("promptforge maintain"));
    }

    @Test
    @DisabledIfSystemProperty(
            named = CitusCluster.URL,
            matches = ".+",
            disabledReason = "the nodes keep the statistics")
    void unusedAndBloatedIndexesMissingStatisticsAndDeadRowsAreFound() {
        addOrganization();
        Sql.run(
                administrator,
                "INSERT INTO promptforge.projects (organization_id, id, name) SELECT " + ORGANIZATION
                        + ", gen_random_uuid(), 'Project ' || n FROM generate_series(1, 5000) n",
                "DELETE FROM promptforge.projects WHERE name <> 'Project 1'");
        untilCounted("SELECT 1 FROM pg_stat_user_tables WHERE relname = 'projects' AND n_dead_tup > 4000");

        assertThat(codes(Doctor.of(service).thresholds(STRICT).examine()))
                .contains(Fault.STATISTICS_MISSING, Fault.VACUUM_BEHIND, Fault.INDEX_UNUSED);

        Sql.run(administrator, "ANALYZE");
        Diagnosis analyzed = Doctor.of(service).thresholds(STRICT).examine();
        assertThat(analyzed.findings())
                .filteredOn(finding -> finding.fault() == Fault.INDEX_BLOATED)
                .singleElement()
                .satisfies(finding -> assertThat(finding.details())
                        .anySatisfy(line -> assertThat(line).startsWith("projects_pkey: ")));
        assertThat(codes(Doctor.of(service).examine())).isEmpty();
    }

    @Test
    void aLongTransactionIsFound() throws Exception {
        try (Connection open = service.getConnection()) {
            open.setAutoCommit(false);
            Sql.execute(open, "SELECT 1");

            assertThat(Doctor.of(service).examine().findings()).isEmpty();
            Thresholds impatient = new Thresholds(
                    10_000,
                    10_000,
                    1 << 20,
                    Duration.ofDays(1),
                    2_000_000_000,
                    Duration.ZERO,
                    Duration.ofHours(1),
                    0.99);
            Finding finding = only(
                    Fault.LONG_TRANSACTION,
                    Doctor.of(service).thresholds(impatient).examine());
            assertThat(finding.details())
                    .singleElement()
                    .asString()
                    .contains("role " + role)
                    .contains("idle in transaction");
        }
    }

    @Test
    void anOldTransactionIdAndManyConnectionsAreFound() {
        Thresholds low = new Thresholds(
                10_000, 10_000, 1 << 20, Duration.ofDays(1), 0, Duration.ofHours(1), Duration.ofHours(1), 0);

        assertThat(codes(Doctor.of(service).thresholds(low).examine()))
                .containsExactlyInAnyOrder(Fault.WRAPAROUND_NEAR, Fault.CONNECTIONS_EXHAUSTED);
    }

    @ParameterizedTest
    @CsvSource({"PT-10S, ahead of", "PT10S, behind"})
    void aClockThatDiffersIsFound(Duration offset, String words) {
        Clock clock = Clock.offset(Clock.systemUTC(), offset);

        Finding finding = only(Fault.CLOCK_SKEW, Doctor.of(service).clock(clock).examine());

        assertThat(finding.problem()).contains(words);
    }

    @Test
    void aPoolOfOneConnectionIsFound() {
        try (HikariDataSource pool = TestServer.pool(service, 1)) {
            pool.setConnectionTimeout(250);

            only(Fault.POOL_TOO_SMALL, Doctor.of(pool).examine());
        }
    }

    @Test
    void aRoleThatMayNotCreateSchemasIsToldWhatWasNotExamined() {
        Sql.run(administrator, "REVOKE CREATE ON DATABASE " + administrator.getDatabaseName() + " FROM " + role);

        Finding finding = only(Fault.NOT_EXAMINED, Doctor.of(service).examine());

        assertThat(finding.severity()).isEqualTo(Severity.INFO);
        assertThat(finding.details()).singleElement().asString().contains("permission denied");
    }

    @Test
    void theWorstFindingComesFirst() {
        Migrations.of(administrator).rollbackTo("9");
        Sql.run(administrator, "ALTER ROLE " + role + " SET TimeZone TO 'Europe/Berlin'");
        Sql.run(administrator, "ALTER ROLE " + role + " BYPASSRLS");

        Diagnosis diagnosis = Doctor.of(service).examine();

        assertThat(diagnosis.findings())
                .extracting(Finding::severity)
                .containsExactly(Severity.ERROR, Severity.WARNING, Severity.INFO);
        assertThat(diagnosis.worst()).contains(Severity.ERROR);
    }

    /** Statistics about tables arrive a moment after the statement. */
    private void untilCounted(String sql) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (Sql.column(administrator, sql).isEmpty()) {
            assertThat(System.nanoTime()).as(sql).isLessThan(end);
            Sql.run(administrator, "SELECT pg_sleep(0.05)");
        }
    }

    private void addOrganization() {
        Sql.run(
                administrator,
                "INSERT INTO promptforge.organizations (id, name, slug) VALUES (" + ORGANIZATION + ", 'Acme', 'acme')");
    }

    private static Finding only(Fault fault, Diagnosis diagnosis) {
        assertThat(codes(diagnosis)).as(diagnosis.toString()).isEqualTo(Set.of(fault));
        return diagnosis.findings().get(0);
    }

    private static Set<Fault> codes(Diagnosis diagnosis) {
        return diagnosis.findings().stream().map(Finding::fault).collect(Collectors.toSet());
    }
}
