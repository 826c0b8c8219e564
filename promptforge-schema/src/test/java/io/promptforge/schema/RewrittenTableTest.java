package io.promptforge.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.postgres.CitusCluster;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;

/** What looks up rows before the organization is known waits while a table is rewritten, and finds them then. */
@Timeout(120)
@DisabledIfSystemProperty(
        named = CitusCluster.URL,
        matches = ".+",
        disabledReason = "there it waits on a node, which the coordinator does not show")
class RewrittenTableTest {

    private static final String WAITING =
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";

    private static final String ACME = SampleRows.id(1, 1);

    private final PGSimpleDataSource database = TestServer.migratedDatabase();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    users | full_name | SELECT id IS NOT NULL FROM promptforge.find_login('alice@acme.example')
                    users | full_name | SELECT id IS NOT NULL FROM promptforge.find_identity('https://idp.example', 'alice')
                    organizations | name | SELECT promptforge.find_organization('acme') IS NOT NULL
                    projects | name | SELECT true FROM promptforge.projects_with_retention(NULL, NULL, 10)
                    """)
    void itsRowsAreFoundAfterwards(String table, String column, String lookUp) throws Exception {
        Sql.run(
                database,
                "INSERT INTO promptforge.organizations (id, name, slug, trace_retention_days) VALUES (" + ACME
                        + ", 'Acme', 'acme', 30)",
                "INSERT INTO promptforge.projects (organization_id, id, name) VALUES (" + ACME
                        + ", gen_random_uuid(), 'Support')",
                "INSERT INTO promptforge.users (organization_id, id, email, full_name, sso_issuer, sso_subject, role) VALUES ("
                        + ACME
                        + ", gen_random_uuid(), 'alice@acme.example', 'Alice', 'https://idp.example', 'alice', 'admin')");
        assertThat(Sql.column(database, lookUp)).containsExactly("t");

        CompletableFuture<List<String>> found;
        try (Connection migration = database.getConnection()) {
            migration.setAutoCommit(false);
            Sql.execute(
                    migration,
                    "ALTER TABLE promptforge." + table + " ALTER " + column + " TYPE text USING left(" + column
                            + ", 100)");
            found = CompletableFuture.supplyAsync(() -> Sql.column(database, lookUp));
            while (Sql.column(database, WAITING).isEmpty() && !found.isDone()) {
                Thread.onSpinWait();
            }
            migration.commit();
        }

        assertThat(found.get()).containsExactly("t");
    }
}
