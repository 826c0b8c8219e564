package io.promptforge.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** A migration ended between the commit of a script and that of its row in the history. */
class MigrationsInterruptedTest {
    private static final String HISTORY =
            "SELECT version || ' ' || description || ' ' || script || ' ' || type || ' ' || checksum || ' ' || success"
                    + " FROM promptforge.flyway_schema_history WHERE version IS NOT NULL ORDER BY installed_rank";

    private final PGSimpleDataSource database = TestServer.emptyDatabase();
    private final Migrations migrations = Migrations.of(database);

    @Test
    void theRowIsAddedAndTheScriptIsNotRunAgain() {
        migrations.upTo("3").apply();
        List<String> history = Sql.column(database, HISTORY);
        loseRow("3");

        assertThat(migrations.upTo("3").apply().applied()).isZero();

        assertThat(Sql.column(database, HISTORY)).isEqualTo(history);
        migrations.apply();
        migrations.validate();
    }

    @Test
    void aScriptThatWasUndoneIsRunAgain() {
        migrations.apply();
        migrations.rollbackTo("3");
        migrations.apply();
        migrations.rollbackTo("3");

        assertThat(migrations.upTo("4").apply().applied()).isEqualTo(1);
        assertThat(Sql.column(database, "SELECT to_regclass('promptforge.prompts')"))
                .doesNotContainNull();
    }

    private void loseRow(String version) {
        Sql.run(database, "DELETE FROM promptforge.flyway_schema_history WHERE version = '" + version + "'");
    }
}
