package io.promptforge.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.schema.MigrationStatus.Migration;
import io.promptforge.schema.MigrationStatus.State;
import io.promptforge.schema.jooq.Promptforge;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jooq.Table;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class MigrationsTest {

    private final PGSimpleDataSource database = TestServer.emptyDatabase();

    @Test
    void oneLineMigratesAnEmptyDatabase() {
        MigrationResult result = Migrations.apply(database);

        assertThat(result.schema()).isEqualTo("promptforge");
        assertThat(result.from()).isEmpty();
        assertThat(result.to()).isEqualTo(TestScripts.latest());
        assertThat(result.applied()).isEqualTo(TestScripts.COUNT);
        assertThat(result.duration()).isPositive();
        assertThat(Sql.history(database, "promptforge")).isEqualTo(TestScripts.VERSIONS);
        assertThat(Sql.modelTables(database, "promptforge"))
                .containsExactlyInAnyOrderElementsOf(Promptforge.PROMPTFORGE.getTables().stream()
                        .map(Table::getName)
                        .toList());
        assertThat(Sql.tables(database, "public")).isEmpty();
    }

    @Test
    void applyingAgainChangesNothingAndReportsZeroScripts() {
        Migrations.apply(database);
        List<String> before = CatalogueSnapshot.snapshot(database, "promptforge");

        MigrationResult again = Migrations.apply(database);

        assertThat(again.from()).contains(TestScripts.latest());
        assertThat(again.to()).isEqualTo(TestScripts.latest());
        assertThat(again.applied()).isZero();
        assertThat(CatalogueSnapshot.snapshot(database, "promptforge")).isEqualTo(before);
    }

    @Test
    void continuesFromTheVersionOfAnOlderRelease() {
        Migrations.of(database).scripts(TestScripts.oldest(3)).apply();

        MigrationResult result = Migrations.apply(database);

        assertThat(result.from()).contains("3");
        assertThat(result.applied()).isEqualTo(TestScripts.COUNT - 3);
    }

    @Test
    void statusOfAnEmptyDatabaseIsAllPending() {
        MigrationStatus status = Migrations.of(database).status();

        assertThat(status.migrations()).extracting(Migration::version).isEqualTo(TestScripts.VERSIONS);
        assertThat(status.migrations()).extracting(Migration::state).containsOnly(State.PENDING);
        assertThat(status.migrations())
                .allSatisfy(migration -> assertThat(migration.installedAt()).isEmpty());
        assertThat(status.currentVersion()).isEmpty();
        assertThat(status.upToDate()).isFalse();
        assertThat(Sql.tables(database, "promptforge")).isEmpty();
    }

    @Test
    void statusListsAppliedAndPendingMigrations() {
        Migrations.of(database).scripts(TestScripts.oldest(2)).apply();

        MigrationStatus status = Migrations.of(database).status();

        assertThat(status.migrations())
                .extracting(Migration::state)
                .startsWith(State.APPLIED, State.APPLIED, State.PENDING);
        assertThat(status.currentVersion()).contains("2");
        assertThat(status.upToDate()).isFalse();
        assertThat(status.migrations().get(0).description()).isEqualTo("organizations and users");
    }

    @Test
    void statusHasTheTimeAndDurationOfEachMigration() {
        Instant before = Instant.now();
        Migrations.apply(database);

        assertThat(Migrations.of(database).status().migrations()).allSatisfy(migration -> {
            assertThat(migration.installedAt().orElseThrow())
                    .isBetween(before.minusSeconds(60), before.plusSeconds(60));
            assertThat(migration.executionTime().orElseThrow()).isBetween(Duration.ZERO, Duration.ofMinutes(1));
        });
    }

    @Test
    void scriptsDoNotSeeThePublicSchema() {
        Sql.run(database, "CREATE TABLE public.spans_default (x int)");

        Migrations.apply(database);

        assertThat(Sql.column(
                        database,
                        "SELECT setting FROM pg_proc, unnest(proconfig) AS setting"
                                + " WHERE proname = 'create_span_partitions' AND setting LIKE 'search%'"))
                .containsExactly("search_path=promptforge, pg_temp");
    }

    @Test
    void validatePassesOnlyWhenUpToDate() {
        Migrations.apply(database);

        Migrations.of(database).validate();
    }

    @Test
    void twoSchemasInOneDatabaseAreIndependent() {
        Migrations.apply(database);
        Migrations second = Migrations.of(database).schema("second_forge");

        assertThat(second.status().currentVersion()).isEmpty();
        assertThat(second.apply().applied()).isEqualTo(TestScripts.COUNT);
        second.rollback(2);

        assertThat(Migrations.of(database).status().upToDate()).isTrue();
        assertThat(second.status().currentVersion()).contains(TestScripts.latestBut(2));
        assertThat(withoutName(second.apply().schema(), database)).isEqualTo(withoutName("promptforge", database));
    }

    @Test
    void configuringReturnsANewObjectAndLeavesTheOldOne() {
        Migrations promptforge = Migrations.of(database);
        Migrations other = promptforge.schema("other");

        other.apply();

        assertThat(promptforge.status().currentVersion()).isEmpty();
    }

    private static List<String> withoutName(String schema, PGSimpleDataSource database) {
        return CatalogueSnapshot.snapshot(database, schema).stream()
                .map(line -> line.replace(schema, "x"))
                .toList();
    }
}
