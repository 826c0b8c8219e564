package io.promptforge.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.promptforge.schema.MigrationException.Reason;
import io.promptforge.schema.TestScripts.Addition;
import io.promptforge.schema.distribution.Distribution;
import io.promptforge.schema.distribution.TablePlan;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.ds.PGSimpleDataSource;

class MigrationsRollbackTest {

    private final PGSimpleDataSource database = TestServer.migratedDatabase();
    private final Migrations migrations = Migrations.of(database);

    @Test
    void undoesTheNewestStepsAndTheirHistory() {
        int steps = TestScripts.COUNT - 5;

        RollbackResult result = migrations.rollback(steps);

        assertThat(result.schema()).isEqualTo("promptforge");
        assertThat(result.from()).contains(TestScripts.latest());
        assertThat(result.to()).contains("5");
        assertThat(result.undone()).isEqualTo(steps);
        assertThat(result.duration()).isPositive();
        assertThat(Sql.history(database, "promptforge")).containsExactly("1", "2", "3", "4", "5");
        assertThat(Sql.tables(database, "promptforge"))
                .doesNotContain("traces", "policies")
                .contains("evaluations");
        assertThat(migrations.apply().applied()).isEqualTo(steps);
        // On a cluster, the scripts have distributed their new tables.
        assertThat(Distribution.of(database).plan().tables())
                .extracting(TablePlan::distributed)
                .containsOnly(TestServer.isCluster());
    }

    @Test
    void undoesEverythingAndLeavesOnlyTheHistoryTable() {
        RollbackResult result = migrations.rollback(TestScripts.COUNT);

        assertThat(result.to()).isEmpty();
        assertThat(migrations.status().currentVersion()).isEmpty();
        assertThat(Sql.tables(database, "promptforge")).containsExactly("flyway_schema_history");
        assertThat(CatalogueSnapshot.snapshot(database, "promptforge")).isEmpty();
        assertThat(migrations.apply().from()).isEmpty();
    }

    @Test
    void undoesDownToAVersion() {
        assertThat(migrations.rollbackTo("3").undone()).isEqualTo(TestScripts.COUNT - 3);
        assertThat(migrations.status().currentVersion()).contains("3");

        RollbackResult nothing = migrations.rollbackTo("3");

        assertThat(nothing.undone()).isZero();
        assertThat(nothing.to()).contains("3");
    }

    static IntStream impossibleSteps() {
        return IntStream.of(Integer.MIN_VALUE, -1, 0, TestScripts.COUNT + 1, Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @MethodSource("impossibleSteps")
    void anImpossibleNumberOfSteps(int steps) {
        assertThat(refused(Reason.INVALID_ARGUMENT, () -> migrations.rollback(steps)))
                .hasMessageContaining(TestScripts.COUNT + " are applied");
        migrations.validate();
    }

    static Stream<String> versionsThatAreNotApplied() {
        return Stream.of("", "0", TestScripts.afterLatest(1), "07", "x");
    }

    @ParameterizedTest
    @MethodSource("versionsThatAreNotApplied")
    void aVersionThatIsNotApplied(String version) {
        assertThat(refused(Reason.INVALID_ARGUMENT, () -> migrations.rollbackTo(version))
                        .version())
                .contains(version);
        migrations.validate();
    }

    @Test
    void nothingToRollBack() {
        Migrations empty = Migrations.of(TestServer.emptyDatabase());

        refused(Reason.INVALID_ARGUMENT, () -> empty.rollback(1));
        refused(Reason.INVALID_ARGUMENT, () -> empty.rollbackTo("1"));
    }

    @Test
    void changesNothingWhenAnUndoScriptIsMissing() {
        Migrations withoutUndo = migrations.scripts(TestScripts.shippedAnd(
                Addition.of("one", "CREATE TABLE one (x int);"),
                Addition.of("two", "CREATE TABLE two (x int);").undoneBy("DROP TABLE two;")));
        withoutUndo.apply();

        assertThat(refused(Reason.NO_UNDO, () -> withoutUndo.rollback(2)).version())
                .contains(TestScripts.afterLatest(1));
        withoutUndo.validate();
        assertThat(withoutUndo.rollback(1).to()).contains(TestScripts.afterLatest(1));
    }

    @Test
    void aFailingUndoScriptIsRolledBackAndEarlierOnesStayUndone() {
        Sql.run(database, "CREATE VIEW public.report AS SELECT name FROM promptforge.policies");

        MigrationException error = refused(Reason.SCRIPT_FAILED, () -> migrations.rollbackTo("4"));

        assertThat(error.version()).contains("6");
        assertThat(error).hasMessageContaining("U6__policies.sql");
        assertThat(Sql.history(database, "promptforge")).containsExactly("1", "2", "3", "4", "5", "6");
        assertThat(Sql.tables(database, "promptforge")).contains("policies", "policy_violations");
        Sql.run(database, "DROP VIEW public.report");
        assertThat(migrations.rollback(2).to()).contains("4");
    }

    @Test
    void resetDeletesAllDataButOnlyWhenConfirmedByName() {
        Sql.run(
                database,
                "INSERT INTO promptforge.organizations (id, name, slug) VALUES (gen_random_uuid(), 'A', 'a')");

        for (String wrong : List.of("", "yes", "PROMPTFORGE", "public")) {
            refused(Reason.NOT_CONFIRMED, () -> migrations.reset(wrong));
        }
        assertThat(Sql.column(database, "SELECT name FROM promptforge.organizations"))
                .containsExactly("A");

        MigrationResult result = migrations.reset("promptforge");

        assertThat(result.applied()).isEqualTo(TestScripts.COUNT);
        assertThat(Sql.column(database, "SELECT name FROM promptforge.organizations"))
                .isEmpty();
        migrations.validate();
    }

    @Test
    void resetOfAnEmptyDatabaseMigratesIt() {
        assertThat(Migrations.of(TestServer.emptyDatabase())
                        .reset("promptforge")
                        .applied())
                .isEqualTo(TestScripts.COUNT);
    }

    private static MigrationException refused(Reason reason, ThrowingCallable call) {
        MigrationException error = assertThatThrownBy(call)
                .asInstanceOf(type(MigrationException.class))
                .actual();
        assertThat(error.reason()).as(error.getMessage()).isEqualTo(reason);
        return error;
    }
}
