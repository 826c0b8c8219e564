package io.promptforge.schema.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.promptforge.postgres.CitusCluster;
import io.promptforge.schema.Sql;
import io.promptforge.schema.TestServer;
import io.promptforge.schema.distribution.DistributionException.Reason;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** What a distribution plans and refuses, on a server without Citus. */
@DisabledIfSystemProperty(
        named = CitusCluster.URL,
        matches = ".+",
        disabledReason = "there the tables are distributed already")
class DistributionTest {

    private final PGSimpleDataSource database = TestServer.migratedDatabase();
    private final Distribution distribution = Distribution.of(database);

    @Test
    void noTableIsLeftOnTheCoordinator() {
        List<TablePlan> tables = distribution.plan().tables();

        assertThat(tables)
                .extracting(TablePlan::table)
                .containsExactlyInAnyOrderElementsOf(Sql.modelTables(database, "promptforge"));
        assertThat(tables).allSatisfy(table -> {
            assertThat(table.column()).contains(table.table().equals("organizations") ? "id" : "organization_id");
            assertThat(table.pending()).isTrue();
            assertThat(table.distributed()).isFalse();
            assertThat(table.bytes()).isPositive();
        });
    }

    @Test
    void theSchemaHasNothingThatCitusDoesNotSupport() {
        assertThat(distribution.plan().obstacles()).noneMatch(obstacle -> obstacle.reason() == Reason.UNSUITABLE);
    }

    @Test
    void eachTableIsBehindThoseThatItRefersTo() {
        assertThat(distribution.plan().tables())
                .extracting(TablePlan::table)
                .startsWith("organizations")
                .containsSubsequence(
                        "organizations", "users", "projects", "prompts", "prompt_versions", "prompt_deployments")
                .containsSubsequence("traces", "spans")
                .containsSubsequence("evaluations", "evaluation_results");
    }

    @Test
    void aNewTableOfTenantsIsPartOfThePlanAndAnotherOneStays() {
        Sql.run(
                database,
                "CREATE TABLE promptforge.notes (organization_id uuid REFERENCES promptforge.organizations, id uuid, PRIMARY KEY (organization_id, id))",
                "CREATE TABLE promptforge.settings (id uuid PRIMARY KEY)");

        assertThat(distribution.plan().tables())
                .anySatisfy(table -> {
                    assertThat(table.table()).isEqualTo("notes");
                    assertThat(table.column()).contains("organization_id");
                })
                .anySatisfy(table -> {
                    assertThat(table.table()).isEqualTo("settings");
                    assertThat(table.column()).isEmpty();
                    assertThat(table.lock()).isEmpty();
                });
        assertThat(distribution.script())
                .contains("create_distributed_table('notes'")
                .doesNotContain("settings");
    }

    @Test
    void thePlanNamesTheKeysThatTheDatabaseRefusesNoMore() {
        assertThat(distribution.plan().keys())
                .containsExactly(
                        "organizations_name_key", "organizations_slug_key", "users_email_key", "users_sso_subject_key");
    }

    @Test
    void onlyTablesWhoseKeysChangeCannotBeReadMeanwhile() {
        assertThat(distribution.plan().tables())
                .filteredOn(table -> table.lock().equals(Optional.of("ACCESS EXCLUSIVE")))
                .extracting(TablePlan::table)
                .containsExactlyInAnyOrder("organizations", "users", "prompts", "prompt_versions");
    }

    @Test
    void thePlanSaysHowManyRowsAreCopiedAndAboutHowLongItTakes() {
        DistributionPlan empty = distribution.plan();
        Sql.run(
                database,
                "INSERT INTO promptforge.organizations (id, name, slug) VALUES ('00000000-0000-7000-8000-000000000001', 'Acme', 'acme')",
                "INSERT INTO promptforge.projects (organization_id, id, name)"
                        + " SELECT '00000000-0000-7000-8000-000000000001', gen_random_uuid(), n::text FROM generate_series(1, 3000) n",
                "ANALYZE promptforge.projects");

        DistributionPlan plan = distribution.plan();

        assertThat(plan.rows()).isEqualTo(3_000);
        assertThat(plan.bytes()).isGreaterThan(empty.bytes());
        assertThat(plan.duration()).isGreaterThan(empty.duration());
    }

    @Test
    void theScriptDistributesParentsFirstAndRestoresTheCycleOfForeignKeys() {
        assertThat(distribution.shards(12).script())
                .contains("SET LOCAL search_path TO \"promptforge\"")
                .containsSubsequence(
                        "BEGIN;",
                        "DROP CONSTRAINT prompts_current_version_id_fkey;",
                        "create_distributed_table('organizations', 'id', colocate_with => 'none', shard_count => 12);",
                        "create_distributed_table('users', 'organization_id', colocate_with => 'organizations');",
                        "ADD CONSTRAINT prompts_current_version_id_fkey FOREIGN KEY",
                        "COMMIT;")
                .doesNotContain("spans_default");
    }

    /** They would change, refuse or log once more what is copied. */
    @Test
    void theTriggersOfInsertsAreOffWhileRowsAreCopied() {
        String script = distribution.script();

        for (String trigger : Sql.column(database, """
                SELECT g.tgrelid::regclass || ' ? TRIGGER ' || g.tgname FROM pg_trigger g JOIN pg_class t ON t.oid = g.tgrelid
                WHERE NOT g.tgisinternal AND NOT t.relispartition AND g.tgtype & 4 <> 0""")) {
            String table = trigger.replace("promptforge.", "");
            assertThat(script)
                    .containsSubsequence(
                            "ALTER TABLE " + table.replace("?", "DISABLE") + ";",
                            "create_distributed_table",
                            "create_distributed_function",
                            "ALTER TABLE " + table.replace("?", "ENABLE") + ";");
        }
    }

    @Test
    void withoutCitusThePlanSaysSoAndNothingIsDone() {
        assertThat(distribution.plan().obstacles()).extracting(Obstacle::reason).containsExactly(Reason.CITUS_MISSING);

        DistributionException refused = catchThrowableOfType(DistributionException.class, distribution::apply);

        assertThat(refused.reason()).isEqualTo(Reason.CITUS_MISSING);
        assertThat(refused).hasMessage("The server has no Citus. " + refused.remedy() + ".");
        assertThat(refused.remedy()).contains("shared_preload_libraries");
        assertThat(distribution.undo().tables()).isEmpty();
        assertThat(distribution.distributed()).isEmpty();
    }

    @Test
    void aSchemaWithoutTablesIsReported() {
        assertThat(distribution.schema("elsewhere").plan().obstacles())
                .extracting(Obstacle::reason)
                .containsExactly(Reason.CITUS_MISSING, Reason.NOT_MIGRATED);
    }

    @Test
    void aRoleThatDoesNotOwnTheTablesIsReported() {
        PGSimpleDataSource other = TestServer.as(database, TestServer.newRole("other"));
        Sql.run(database, "GRANT USAGE ON SCHEMA promptforge TO " + other.getUser());

        assertThat(Distribution.of(other).plan().obstacles())
                .extracting(Obstacle::reason)
                .contains(Reason.ACCESS_DENIED);
    }

    /** An owner without BYPASSRLS sees all rows by a policy, but PostgreSQL refuses it COPY, by which Citus moves the rows. */
    @Test
    void anOwnerOnWhomRowLevelSecurityIsForcedIsReported() {
        PGSimpleDataSource owner = TestServer.as(database, TestServer.newRole("owner"));
        Sql.run(
                database,
                "GRANT USAGE ON SCHEMA promptforge TO " + owner.getUser(),
                "ALTER TABLE promptforge.flyway_schema_history OWNER TO " + owner.getUser(),
                """
                DO $$
                DECLARE moved text;
                BEGIN
                    FOR moved IN SELECT oid::regclass FROM pg_class WHERE relnamespace = 'promptforge'::regnamespace AND relkind IN ('r', 'p')
                    LOOP EXECUTE 'ALTER TABLE ' || moved || ' OWNER TO %s'; END LOOP;
                END $$""".formatted(owner.getUser()));

        assertThat(Distribution.of(owner).plan().obstacles())
                .filteredOn(obstacle -> obstacle.reason() == Reason.ACCESS_DENIED)
                .singleElement()
                .satisfies(obstacle -> assertThat(obstacle.remedy()).contains("BYPASSRLS"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ALTER TABLE notes ADD CONSTRAINT notes_project_id_fkey FOREIGN KEY (organization_id, project_id) REFERENCES projects ON DELETE SET NULL | notes_project_id_fkey
            ALTER TABLE notes ADD CONSTRAINT notes_project_id_fkey FOREIGN KEY (organization_id, project_id) REFERENCES projects ON UPDATE CASCADE | notes_project_id_fkey
            ALTER TABLE notes ADD CONSTRAINT notes_pkey PRIMARY KEY (id)                                                                             | primary key of notes
            ALTER TABLE notes ADD COLUMN number integer GENERATED ALWAYS AS IDENTITY                                                                 | column number of notes
            CREATE TABLE public.hosts (id uuid CONSTRAINT hosts_id_fkey REFERENCES organizations)                                                    | hosts_id_fkey
            """)
    void whatCitusDoesNotSupportIsReported(String sql, String named) {
        Sql.run(
                database,
                "CREATE TABLE promptforge.notes (organization_id uuid NOT NULL, id uuid NOT NULL, project_id uuid)",
                "SET search_path TO promptforge;" + sql);

        assertThat(distribution.plan().obstacles())
                .filteredOn(obstacle -> obstacle.reason() == Reason.UNSUITABLE)
                .singleElement()
                .satisfies(obstacle -> assertThat(obstacle.problem()).contains(named));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 64_001})
    void aNumberOfShardsOutOfRangeIsRefused(int shards) {
        assertThatThrownBy(() -> distribution.shards(shards))
                .isInstanceOfSatisfying(DistributionException.class, refused -> assertThat(refused.reason())
                        .isEqualTo(Reason.INVALID_ARGUMENT))
                .hasMessageContaining(String.valueOf(shards));
    }

    @Test
    void aServerThatCannotBeReachedIsReported() {
        PGSimpleDataSource nowhere = new PGSimpleDataSource();
        nowhere.setServerNames(new String[] {"127.0.0.1"});
        nowhere.setPortNumbers(new int[] {1});

        DistributionException refused = catchThrowableOfType(
                DistributionException.class, () -> Distribution.of(nowhere).plan());

        assertThat(refused.reason()).isEqualTo(Reason.NO_CONNECTION);
    }
}
