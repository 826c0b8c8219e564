package io.promptforge.schema.draft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.promptforge.schema.MigrationScript;
import io.promptforge.schema.Migrations;
import io.promptforge.schema.Sql;
import io.promptforge.schema.TestServer;
import io.promptforge.schema.draft.DraftException.Reason;
import io.promptforge.schema.internal.Catalogue;
import io.promptforge.schema.internal.ScriptSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Applying a proposal makes what was made by hand, and undoing it makes what was before. */
class MigrationDraftTest {

    private final PGSimpleDataSource database = TestServer.migratedDatabase();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ALTER TABLE prompts ADD COLUMN colour text",
                "ALTER TABLE prompts ADD COLUMN colour text NOT NULL DEFAULT 'it''s \\ blue'; COMMENT ON COLUMN prompts.colour IS 'It''s a \\ colour.'",
                "ALTER TABLE prompts ADD COLUMN length integer GENERATED ALWAYS AS (char_length(name)) STORED",
                "ALTER TABLE prompts ADD COLUMN \"Odd name\" text COLLATE \"C\"; ALTER TABLE prompts ADD CONSTRAINT \"Odd rule\" CHECK (\"Odd name\" <> '')",
                "ALTER TABLE projects DROP COLUMN description",
                "ALTER TABLE projects DROP COLUMN created_by; CREATE INDEX projects_created_by_idx ON projects (organization_id, updated_at)",
                "ALTER TABLE prompt_versions DROP COLUMN previous_version_number; ALTER TABLE prompt_versions ADD COLUMN previous_version_number integer GENERATED ALWAYS AS (version_number - 1) STORED; CREATE INDEX prompt_versions_previous_version_number_idx ON prompt_versions (organization_id, prompt_id, previous_version_number)",
                "ALTER TABLE traces DROP COLUMN started_at CASCADE",
                "ALTER TABLE projects ALTER COLUMN trace_retention_days TYPE bigint",
                "ALTER TABLE projects ALTER COLUMN status DROP DEFAULT, ALTER COLUMN status TYPE varchar(20), ALTER COLUMN status SET DEFAULT 'active'",
                "ALTER TABLE ai_models ADD COLUMN size text DEFAULT '1'; ALTER TABLE projects ADD COLUMN size integer DEFAULT 1",
                "ALTER TABLE projects ALTER COLUMN status DROP DEFAULT",
                "ALTER TABLE projects ALTER COLUMN status SET DEFAULT 'active'",
                "ALTER TABLE projects ALTER COLUMN description SET NOT NULL",
                "ALTER TABLE projects ALTER COLUMN name DROP NOT NULL",
                "COMMENT ON COLUMN projects.name IS 'Another one.'",
                "COMMENT ON TABLE projects IS NULL",
                "COMMENT ON POLICY tenant ON projects IS 'Confines.'",
                "ALTER TABLE projects DROP CONSTRAINT projects_name_length",
                "ALTER TABLE projects DROP CONSTRAINT projects_name_length; ALTER TABLE projects ADD CONSTRAINT projects_name_length CHECK (name IN ('a', 'b'))",
                "ALTER TABLE projects ADD CONSTRAINT projects_name_odd CHECK (name <> 'odd') NOT VALID",
                "ALTER TABLE projects DROP CONSTRAINT projects_name_key; ALTER TABLE projects ADD CONSTRAINT projects_name_key UNIQUE (organization_id, status, name)",
                "ALTER TABLE traces ADD COLUMN opened_by uuid; ALTER TABLE traces ADD CONSTRAINT traces_opened_by_fkey FOREIGN KEY (organization_id, opened_by) REFERENCES users (organization_id, id) DEFERRABLE",
                "CREATE INDEX projects_status_idx ON projects (organization_id, status DESC); COMMENT ON INDEX projects_status_idx IS 'x'",
                "CREATE INDEX projects_odd_idx ON projects (organization_id, lower(name)) WHERE status = 'draft'",
                "CREATE INDEX spans_odd_idx ON spans (organization_id, name)",
                "DROP INDEX projects_created_by_idx; CREATE INDEX projects_created_by_idx ON projects (organization_id, created_by)",
                "DROP STATISTICS prompts_project_id_dependencies",
                "CREATE STATISTICS projects_odd (ndistinct, mcv) ON organization_id, status FROM projects",
                "CREATE TRIGGER projects_odd AFTER INSERT OR UPDATE OF name ON projects FOR EACH ROW WHEN (NEW.name = 'odd') EXECUTE FUNCTION refuse_change('odd')",
                "DROP TRIGGER projects_updated_at ON projects",
                "DROP TRIGGER projects_updated_at ON projects; CREATE TRIGGER projects_updated_at BEFORE INSERT ON projects FOR EACH ROW EXECUTE FUNCTION set_updated_at()",
                "CREATE OR REPLACE FUNCTION set_updated_at() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END'",
                "CREATE FUNCTION z_count(o uuid) RETURNS bigint LANGUAGE sql STABLE SECURITY DEFINER AS 'SELECT count(*) FROM projects p WHERE p.organization_id = o'; COMMENT ON FUNCTION z_count(uuid) IS 'x'; SELECT share_with_services('z_count(uuid)', 'projects')",
                "CREATE FUNCTION a_name() RETURNS text LANGUAGE sql IMMUTABLE AS $f$ SELECT 'a'::text || $$b$$ $f$; ALTER TABLE projects ADD CONSTRAINT projects_a CHECK (name <> a_name())",
                "DROP FUNCTION find_organization(text); CREATE FUNCTION find_organization(slug text) RETURNS text LANGUAGE sql AS 'SELECT slug'",
                "CREATE POLICY guard ON projects AS RESTRICTIVE FOR SELECT USING (status <> 'archived'); COMMENT ON POLICY guard ON projects IS 'x'",
                "ALTER POLICY tenant ON projects USING (false)",
                "ALTER TABLE projects NO FORCE ROW LEVEL SECURITY",
                "CREATE VIEW names AS SELECT organization_id, name FROM projects WHERE status = 'active'; COMMENT ON VIEW names IS 'x'",
                "CREATE VIEW b_names AS SELECT name FROM projects; CREATE VIEW a_names AS SELECT name FROM b_names",
                "CREATE FUNCTION timed() RETURNS void LANGUAGE sql SET work_mem TO '1MB' SET lock_timeout TO '1s' AS 'SELECT'",
                "DROP TABLE spans_default",
                "CREATE TABLE parted (id uuid NOT NULL) PARTITION BY HASH (id); CREATE TABLE parted_0 PARTITION OF parted FOR VALUES WITH (MODULUS 1, REMAINDER 0)",
                "CREATE TABLE parted (id integer) PARTITION BY LIST (id); CREATE TABLE parted_rest PARTITION OF parted DEFAULT; COMMENT ON TABLE parted_rest IS 'x'",
                "DROP TABLE repriced_spans",
                "DROP TABLE repriced_spans, repricings",
                "DROP TABLE policy_versions CASCADE; DROP FUNCTION keep_policy_version() CASCADE",
                "CREATE TABLE b (id uuid NOT NULL, CONSTRAINT b_pkey PRIMARY KEY (id)); CREATE TABLE a (id uuid NOT NULL, b_id uuid, CONSTRAINT a_pkey PRIMARY KEY (id), CONSTRAINT a_b_id_fkey FOREIGN KEY (b_id) REFERENCES b (id)); ALTER TABLE b ADD COLUMN a_id uuid; ALTER TABLE b ADD CONSTRAINT b_a_id_fkey FOREIGN KEY (a_id) REFERENCES a (id)",
            })
    void aChangeByHandIsProposed(String change) {
        change(database, change);

        makesAndUndoes(MigrationDraft.of(database).propose(), database);
    }

    @Test
    void valuesThatAreNotConvertedByThemselvesAreCast() {
        change(
                database,
                "ALTER TABLE projects DROP CONSTRAINT projects_trace_retention_days_range;"
                        + " ALTER TABLE projects ALTER COLUMN trace_retention_days TYPE text");

        Proposal proposal = MigrationDraft.of(database).propose();

        assertThat(proposal.undoSql()).contains("TYPE integer USING trace_retention_days::integer");
        makesAndUndoes(proposal, database);
    }

    /** The scripts of this library are changes that were made by hand. */
    @ParameterizedTest
    @MethodSource("versions")
    void aScriptIsProposedAgainFromWhatItMakes(String version, String earlier) {
        PGSimpleDataSource made = TestServer.emptyDatabase();
        Migrations.of(made).upTo(version).apply();
        Sql.run(made, "DELETE FROM promptforge.flyway_schema_history WHERE version = '" + version + "'");

        makesAndUndoes(MigrationDraft.of(made).after(earlier).propose(), made, earlier);
    }

    static Stream<Arguments> versions() {
        List<String> versions = Migrations.of(new PGSimpleDataSource()).scripts().stream()
                .map(MigrationScript::version)
                .toList();
        return Stream.iterate(1, i -> i < versions.size(), i -> i + 1)
                .map(i -> Arguments.of(versions.get(i), versions.get(i - 1)));
    }

    @Test
    void anUnchangedSchemaNeedsNoMigration() {
        assertThat(MigrationDraft.of(database).propose().isEmpty()).isTrue();
    }

    @Test
    void aTableIsLaidOutAsTheOthers() {
        change(database, """
                CREATE TABLE notes (
                    organization_id uuid NOT NULL, id uuid NOT NULL, text text NOT NULL, kind text NOT NULL DEFAULT 'plain',
                    created_at timestamptz NOT NULL DEFAULT now(),
                    CONSTRAINT notes_pkey PRIMARY KEY (organization_id, id),
                    CONSTRAINT notes_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations (id) ON DELETE CASCADE,
                    CONSTRAINT notes_kind_values CHECK (kind IN ('plain', 'rich')));
                CREATE INDEX notes_created_at_idx ON notes (organization_id, created_at, id);
                CREATE TRIGGER notes_kept BEFORE UPDATE ON notes FOR EACH ROW EXECUTE FUNCTION refuse_change('never');
                SELECT isolate_tenants('notes');
                SELECT audit_changes('notes', '{text}', '{kind,created_at}');
                COMMENT ON TABLE notes IS 'What a user noted.';
                COMMENT ON COLUMN notes.text IS 'Free text.';
                """);

        Proposal proposal = MigrationDraft.of(database).propose();

        assertThat(proposal.sql()).isEqualTo("""
                CREATE TABLE notes (
                    organization_id uuid        NOT NULL,
                    id              uuid        NOT NULL,
                    text            text        NOT NULL,
                    kind            text        NOT NULL DEFAULT 'plain',
                    created_at      timestamptz NOT NULL DEFAULT now(),

                    CONSTRAINT notes_pkey                 PRIMARY KEY (organization_id, id),
                    CONSTRAINT notes_organization_id_fkey FOREIGN KEY (organization_id) REFERENCES organizations(id) ON DELETE CASCADE,
                    CONSTRAINT notes_kind_values          CHECK (kind IN ('plain', 'rich'))
                );

                CREATE INDEX notes_created_at_idx ON notes (organization_id, created_at, id);

                CREATE TRIGGER notes_kept BEFORE UPDATE ON notes
                    FOR EACH ROW EXECUTE FUNCTION refuse_change('never');

                SELECT isolate_tenants('notes');

                SELECT audit_changes('notes', '{text}', '{kind,created_at}');

                COMMENT ON TABLE  notes      IS 'What a user noted.';
                COMMENT ON COLUMN notes.text IS 'Free text.';
                """);
        assertThat(proposal.undoSql()).isEqualTo("""
                -- Deletes the rows.
                DROP TABLE notes;
                """);
        assertThat(proposal.version())
                .isEqualTo(Migrations.of(database).scripts().size() + 1);
        makesAndUndoes(proposal, database);
    }

    @Test
    void remarksSayWhatTheAuthorShouldKnow() {
        change(
                database,
                "ALTER TABLE projects DROP COLUMN description; ALTER TABLE projects ADD COLUMN summary text;"
                        + " ALTER TABLE projects ADD COLUMN owner text NOT NULL; CREATE TABLE plain (id uuid);"
                        + " CREATE INDEX projects_summary_idx ON projects (organization_id, summary)");

        assertThat(MigrationDraft.of(database).propose().sql())
                .contains("""
                        -- Deletes its values. If it was renamed: ALTER TABLE projects RENAME COLUMN description TO summary.
                        ALTER TABLE projects DROP COLUMN description;
                        """)
                .contains("""
                        -- Fails if the table has rows, because they have no value for it.
                        ALTER TABLE projects ADD COLUMN owner text NOT NULL;
                        """)
                .contains("""
                        -- While it writes all rows, it blocks writes of projects.
                        CREATE INDEX projects_summary_idx""")
                .contains("-- Tables of tenants need SELECT isolate_tenants('plain').")
                .contains("-- Its changes are audited by SELECT audit_changes('plain', left_out, ignored)");
    }

    @Test
    void whatIsNotExpressedIsSaid() {
        change(database, "CREATE TYPE mood AS ENUM ('glad'); ALTER TABLE projects DISABLE TRIGGER projects_updated_at");

        Proposal proposal = MigrationDraft.of(database).propose();

        assertThat(proposal.isEmpty()).isFalse();
        assertThat(proposal.unexpressed())
                .anySatisfy(line -> assertThat(line).isEqualTo("missing type mood: e"))
                .anySatisfy(line -> assertThat(line).startsWith("changed trigger projects_updated_at of projects: "))
                .hasSize(2);
        assertThat(proposal.sql()).contains("-- missing type mood");
    }

    @Test
    void aRefusedStatementIsWrittenWithTheReason() {
        change(database, "CREATE VIEW names AS SELECT name FROM projects");
        String withView = MigrationDraft.of(database).propose().sql();
        assertThat(withView).contains("CREATE VIEW names AS");

        change(database, "CREATE TYPE mood AS ENUM ('glad'); ALTER TABLE projects ADD COLUMN mood mood");

        Proposal proposal = MigrationDraft.of(database).propose();

        assertThat(proposal.sql())
                .contains("CREATE VIEW names AS", "-- Refused when it was tried (ERROR: type \"mood\" does not exist")
                .contains("-- ALTER TABLE projects ADD COLUMN mood mood;");
        assertThat(proposal.unexpressed()).isNotEmpty();
    }

    @Test
    void draftingChangesNothingAndLeavesTheAutocommitMode() throws SQLException {
        change(database, "ALTER TABLE prompts ADD COLUMN colour text");
        SortedMap<String, String> before = catalogue(database);
        try (var pool = TestServer.pool(database, 1)) {
            MigrationDraft.of(pool).propose();

            try (Connection connection = pool.getConnection()) {
                assertThat(connection.getAutoCommit()).isTrue();
            }
        }

        assertThat(catalogue(database)).isEqualTo(before);
        assertThat(Sql.column(database, "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'promptforge%'"))
                .containsExactly("promptforge");
    }

    @Test
    void anotherSchemaAndAnOwnerWithoutOtherRightsAreFine() {
        String role = TestServer.newRole("owner");
        PGSimpleDataSource own = TestServer.emptyDatabase();
        TestServer.letCreate(own, role);
        DataSource owner = TestServer.as(own, role);
        Migrations.of(owner).schema("second").apply();
        Sql.run(owner, "CREATE TABLE second.plain (id uuid)");

        Proposal proposal = MigrationDraft.of(owner).schema("second").propose();

        assertThat(proposal.sql()).contains("CREATE TABLE plain (");
        assertThat(proposal.unexpressed()).isEmpty();
    }

    @Test
    void aSchemaThatIsMissingOrNotUpToDateIsRefused() {
        refused(Reason.SCHEMA, () -> MigrationDraft.of(TestServer.emptyDatabase())
                .propose());

        Migrations.of(database).rollback(1);
        refused(Reason.SCHEMA, () -> MigrationDraft.of(database).propose());
    }

    @Test
    void aRoleThatDoesNotOwnTheSchemaIsRefused() {
        String role = TestServer.newRole("guest");
        Sql.run(
                database,
                "GRANT USAGE ON SCHEMA promptforge TO " + role,
                "GRANT SELECT ON ALL TABLES IN SCHEMA promptforge TO " + role);

        refused(Reason.ACCESS_DENIED, () -> MigrationDraft.of(TestServer.as(database, role))
                .propose());
    }

    @Test
    void bothScriptsAreWrittenUnderTheNextNumber(@TempDir Path folder) throws IOException {
        Proposal proposal = new Proposal(12, "up;\n", "down;\n", List.of());

        List<Path> written = proposal.write(folder, "prompt_colours");

        assertThat(written)
                .containsExactly(folder.resolve("V12__prompt_colours.sql"), folder.resolve("U12__prompt_colours.sql"));
        assertThat(Files.readString(written.get(0))).isEqualTo("up;\n");
        assertThat(Files.readString(written.get(1))).isEqualTo("down;\n");
        refused(Reason.FILE, () -> proposal.write(folder, "another"));
        refused(Reason.FILE, () -> proposal.write(folder.resolve("missing"), "another"));
        refused(Reason.INVALID_NAME, () -> proposal.write(folder, "Prompt colours"));
    }

    private static void refused(Reason reason, Runnable call) {
        assertThat(assertThatThrownBy(call::run)
                        .asInstanceOf(type(DraftException.class))
                        .actual()
                        .reason())
                .isEqualTo(reason);
    }

    private static void makesAndUndoes(Proposal proposal, DataSource changed) {
        List<MigrationScript> scripts = Migrations.of(changed).scripts();
        makesAndUndoes(proposal, changed, scripts.get(scripts.size() - 1).version());
    }

    /** Runs both scripts in a database that was migrated to this version. */
    private static void makesAndUndoes(Proposal proposal, DataSource changed, String version) {
        assertThat(proposal.unexpressed())
                .as(proposal.sql() + "\n\n" + proposal.undoSql())
                .isEmpty();
        PGSimpleDataSource other = TestServer.emptyDatabase();
        Migrations.of(other).upTo(version).apply();
        SortedMap<String, String> before = catalogue(other);

        change(other, proposal.sql());
        assertThat(catalogue(other)).as(proposal.sql()).isNotEqualTo(before).isEqualTo(catalogue(changed));
        change(other, proposal.undoSql());
        assertThat(catalogue(other)).as(proposal.undoSql()).isEqualTo(before);
    }

    private static void change(DataSource database, String sql) {
        Sql.run(database, "BEGIN; " + ScriptSettings.set("promptforge") + "; " + sql + "; COMMIT");
    }

    /** Without the positions of columns: one that is added comes last. */
    private static SortedMap<String, String> catalogue(DataSource database) {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            SortedMap<String, String> objects = new TreeMap<>();
            Catalogue.read(connection, "promptforge", false)
                    .forEach((key, text) -> objects.put(key, text.replaceFirst(" at position \\d+$", "")));
            return objects;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
