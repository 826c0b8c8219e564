package io.promptforge.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Migrating in a host's database, beside the host's Flyway, through the host's pool. */
class MigrationsHostTest {

    private final PGSimpleDataSource database = TestServer.emptyDatabase();

    @Test
    void afterTheHostsOwnFlyway() {
        migrateHost();
        List<String> host = CatalogueSnapshot.snapshot(database, "public");

        Migrations.apply(database);

        Migrations.of(database).validate();
        assertThat(CatalogueSnapshot.snapshot(database, "public")).isEqualTo(host);
        assertThat(Sql.history(database, "public")).containsExactly("1", "2");
        assertThat(Sql.tables(database, "promptforge")).doesNotContain("orders");
    }

    @Test
    void beforeTheHostsOwnFlyway() {
        Migrations.apply(database);
        List<String> ours = CatalogueSnapshot.snapshot(database, "promptforge");

        migrateHost();

        assertThat(Sql.tables(database, "public")).containsExactly("flyway_schema_history", "orders", "users");
        assertThat(Sql.history(database, "public")).containsExactly("1", "2");
        assertThat(CatalogueSnapshot.snapshot(database, "promptforge")).isEqualTo(ours);
        Migrations.of(database).validate();
    }

    @Test
    void besideAFullPublicSchemaWithOurNames() {
        for (String table : List.of("organizations", "users", "prompts", "spans", "flyway_schema_history")) {
            Sql.run(database, "CREATE TABLE public." + table + " (x int)");
        }
        List<String> host = CatalogueSnapshot.snapshot(database, "public");

        Migrations.apply(database);
        Migrations.of(database).rollback(TestScripts.COUNT);
        Migrations.apply(database);

        Migrations.of(database).validate();
        assertThat(CatalogueSnapshot.snapshot(database, "public")).isEqualTo(host);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void connectionsAreReturnedInTheStateTheyHad(boolean autoCommit) {
        ObservedDataSource observed = new ObservedDataSource(database, autoCommit);
        Migrations migrations = Migrations.of(observed.dataSource());

        migrations.status();
        migrations.apply();
        migrations.apply();
        migrations.validate();
        migrations.rollback(1);
        migrations.rollbackTo("5");
        migrations.reset("promptforge");

        assertThat(observed.complaints()).isEmpty();
        assertThat(observed.stillOpen()).isZero();
        Migrations.of(database).validate();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void poolsWithAndWithoutAutoCommitWorkAndStayOpen(boolean autoCommit) {
        try (HikariDataSource pool = TestServer.pool(database, 2)) {
            pool.setAutoCommit(autoCommit);

            Migrations.apply(pool);
            Migrations.of(pool).rollback(2);
            Migrations.apply(pool);

            assertThat(pool.isClosed()).isFalse();
            assertThat(pool.getHikariPoolMXBean().getActiveConnections()).isZero();
        }
        Migrations.of(database).validate();
    }

    private void migrateHost() {
        Flyway.configure().dataSource(database).load().migrate();
    }
}
