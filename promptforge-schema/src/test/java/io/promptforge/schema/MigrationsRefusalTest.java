package io.promptforge.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import com.zaxxer.hikari.HikariDataSource;
import io.promptforge.schema.MigrationException.Reason;
import io.promptforge.schema.MigrationStatus.Migration;
import io.promptforge.schema.MigrationStatus.State;
import io.promptforge.schema.TestScripts.Addition;
import java.util.List;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** For each reason not to migrate, the right error, and no change. */
class MigrationsRefusalTest {

    private final PGSimpleDataSource database = TestServer.emptyDatabase();

    @Test
    void aFailingScriptIsRolledBackAndTheNextRunContinuesWithIt() {
        Addition good = Addition.of("good", "CREATE TABLE good (x int);");
        Scripts broken = TestScripts.shippedAnd(
                good, Addition.of("bad", "CREATE TABLE half (x int); INSERT INTO nowhere VALUES (1);"));
        String version = TestScripts.afterLatest(2);

        MigrationException error = refused(Reason.SCRIPT_FAILED, version, () -> Migrations.of(database)
                .scripts(broken)
                .apply());

        assertThat(error)
                .hasMessageContaining("V" + version + "__bad.sql")
                .hasMessageContaining("\"nowhere\" does not exist");
        assertThat(error.getCause()).isNotNull();
        assertThat(Sql.history(database, "promptforge")).endsWith(TestScripts.latest(), TestScripts.afterLatest(1));
        assertThat(Sql.tables(database, "promptforge")).contains("good").doesNotContain("half");

        Scripts mended = TestScripts.shippedAnd(good, Addition.of("bad", "CREATE TABLE half (x int);"));
        assertThat(Migrations.of(database).scripts(mended).apply().applied()).isEqualTo(1);
    }

    @Test
    void anEditedScript() {
        Migrations.of(database).scripts(TestScripts.oldest(5)).apply();
        Migrations edited = Migrations.of(database).scripts(TestScripts.edited("3"));

        nothingChanges(() -> refused(Reason.SCRIPT_EDITED, "3", edited::apply));
        refused(Reason.SCRIPT_EDITED, "3", edited::validate);
        refused(Reason.SCRIPT_EDITED, "3", () -> edited.rollback(1));
        assertThat(edited.status().migrations())
                .extracting(Migration::state)
                .startsWith(State.APPLIED, State.APPLIED, State.EDITED, State.APPLIED, State.APPLIED, State.PENDING);
    }

    @Test
    void aMissingScript() {
        Migrations.of(database).scripts(TestScripts.oldest(5)).apply();
        Migrations without = Migrations.of(database).scripts(TestScripts.without("2"));

        nothingChanges(() -> refused(Reason.SCRIPT_MISSING, "2", without::apply));
        refused(Reason.SCRIPT_MISSING, "2", without::validate);
        refused(Reason.SCRIPT_MISSING, "2", () -> without.rollback(1));
    }

    @Test
    void aSchemaNewerThanTheLibrary() {
        Migrations.apply(database);
        Migrations older = Migrations.of(database).scripts(TestScripts.oldest(TestScripts.COUNT - 1));

        nothingChanges(() -> refused(Reason.SCHEMA_TOO_NEW, TestScripts.latest(), older::apply));
        refused(Reason.SCHEMA_TOO_NEW, TestScripts.latest(), older::validate);
        nothingChanges(() -> refused(Reason.SCHEMA_TOO_NEW, TestScripts.latest(), () -> older.rollback(1)));
        assertThat(older.status().migrations())
                .last()
                .extracting(Migration::state)
                .isEqualTo(State.NEWER);
    }

    @Test
    void aScriptThatWasSkippedOrNeverFinished() {
        Migrations.of(database).scripts(TestScripts.oldest(3)).apply();

        Sql.run(database, "UPDATE promptforge.flyway_schema_history SET success = false WHERE version = '3'");
        nothingChanges(() -> refused(Reason.SCRIPT_FAILED, "3", () -> Migrations.apply(database)));
        Sql.run(database, "UPDATE promptforge.flyway_schema_history SET success = true WHERE version = '3'");
        Sql.run(database, "DELETE FROM promptforge.flyway_schema_history WHERE version = '2'");
        nothingChanges(() -> refused(Reason.SCRIPT_SKIPPED, "2", () -> Migrations.apply(database)));
    }

    @Test
    void pendingScriptsWhereOnlyValidating() {
        refused(Reason.PENDING, "1", Migrations.of(database)::validate);
        assertThat(Sql.column(database, "SELECT nspname FROM pg_namespace")).doesNotContain("promptforge");

        Migrations.of(database).scripts(TestScripts.oldest(4)).apply();
        refused(Reason.PENDING, "5", Migrations.of(database)::validate);
    }

    @Test
    void aSchemaThatHoldsSomethingElse() {
        for (String object : List.of(
                "TABLE promptforge.stray (x int)",
                "FUNCTION promptforge.stray() RETURNS int LANGUAGE sql RETURN 1",
                "TYPE promptforge.stray AS ENUM ('a')")) {
            Sql.run(
                    database,
                    "DROP SCHEMA IF EXISTS promptforge CASCADE",
                    "CREATE SCHEMA promptforge",
                    "CREATE " + object);

            MigrationException error =
                    nothingChanges(() -> refused(Reason.SCHEMA_NOT_EMPTY, null, () -> Migrations.apply(database)));

            assertThat(error).hasMessageContaining("\"stray\"");
        }
    }

    @Test
    void noConnection() {
        PGSimpleDataSource refused = new PGSimpleDataSource();
        refused.setServerNames(new String[] {"127.0.0.1"});
        refused.setPortNumbers(new int[] {1});
        PGSimpleDataSource nowhere = TestServer.as(database, "postgres");
        nowhere.setDatabaseName("not_there");

        for (PGSimpleDataSource dead : List.of(refused, nowhere, TestServer.as(database, "nobody"))) {
            refused(Reason.NO_CONNECTION, null, () -> Migrations.apply(dead));
            refused(Reason.NO_CONNECTION, null, () -> Migrations.of(dead).status());
            try (HikariDataSource pool = TestServer.pool(dead, 2)) {
                pool.setConnectionTimeout(300);
                refused(Reason.NO_CONNECTION, null, () -> Migrations.apply(pool));
            }
        }
    }

    @Test
    void aPoolTooSmall() {
        try (HikariDataSource pool = TestServer.pool(database, 1)) {
            pool.setConnectionTimeout(300);
            nothingChanges(() -> refused(Reason.POOL_TOO_SMALL, null, () -> Migrations.apply(pool)));
        }
        try (HikariDataSource pool = TestServer.pool(database, 2)) {
            pool.setConnectionTimeout(1000);
            Migrations.apply(pool);
        }
        try (HikariDataSource pool = TestServer.pool(database, 1)) {
            assertThat(Migrations.apply(pool).applied()).isZero();
        }
    }

    @Test
    void aServerTooOld() {
        MigrationPreflight demanding = new MigrationPreflight(new SchemaDataSource(database, "promptforge"), 99);

        MigrationException error = refused(Reason.SERVER_TOO_OLD, null, demanding::check);

        assertThat(error).hasMessageContaining("Use PostgreSQL 99 or newer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Upper", "1st", "a-b", "a\"b", "a b", "pg_x", "information_schema", "public"})
    void aNameThatASchemaCannotHave(String name) {
        refused(Reason.INVALID_ARGUMENT, null, () -> Migrations.of(database).schema(name));
    }

    @Test
    void twoDataSourcesForDifferentDatabases() {
        PGSimpleDataSource other = TestServer.emptyDatabase();

        refused(Reason.DIFFERENT_DATABASES, null, () -> Migrations.of(database)
                .migratingWith(other)
                .apply());
    }

    /** Runs the call, and checks that catalogue and history have not changed. */
    private MigrationException nothingChanges(Supplier<MigrationException> refusal) {
        String all = """
                SELECT concat_ws(' ', n.nspname, c.relname, c.relkind, c.xmin) FROM pg_class c
                JOIN pg_namespace n ON n.oid = c.relnamespace
                WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
                UNION ALL SELECT nspname FROM pg_namespace
                ORDER BY 1""";
        List<String> before = Sql.column(database, all);
        MigrationException error = refusal.get();
        assertThat(Sql.column(database, all)).isEqualTo(before);
        return error;
    }

    private static MigrationException refused(Reason reason, @Nullable String version, ThrowingCallable call) {
        MigrationException error = assertThatThrownBy(call)
                .asInstanceOf(type(MigrationException.class))
                .actual();
        assertThat(error.reason()).as(error.getMessage()).isEqualTo(reason);
        assertThat(error.version().orElse(null)).isEqualTo(version);
        assertThat(error.getMessage())
                .contains("Schema \"" + error.schema() + "\"")
                .endsWith(error.remedy() + ".");
        if (version != null) {
            assertThat(error.getMessage()).contains("version " + version);
        }
        return error;
    }
}
