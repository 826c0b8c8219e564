package io.promptforge.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.promptforge.schema.MigrationException.Reason;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Databases that are set up in other ways than ours. */
class MigrationsSettingsTest {

    private static final String CONSTRAINTS = """
            SELECT conrelid::regclass::text || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
            WHERE connamespace = 'promptforge'::regnamespace AND contype = 'c' ORDER BY 1""";

    private final PGSimpleDataSource database = TestServer.emptyDatabase();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "standard_conforming_strings TO off",
                "search_path TO pg_catalog",
                "default_transaction_isolation TO 'serializable'",
                "TimeZone TO 'Asia/Tokyo'",
                "DateStyle TO 'German'"
            })
    void theConstraintsAreTheSameWhateverIsSetForTheDatabase(String setting) {
        assumeThat(TestServer.isCluster() && setting.contains("serializable"))
                .as(
                        "Citus writes its own tables in transactions that conflict; the migration says so and can be repeated")
                .isFalse();
        List<String> expected = constraints(TestServer.migratedDatabase());
        Sql.run(database, "ALTER DATABASE " + database.getDatabaseName() + " SET " + setting);

        Migrations.apply(database);

        assertThat(constraints(database)).isEqualTo(expected);
    }

    private static List<String> constraints(PGSimpleDataSource database) {
        database.setOptions("-c standard_conforming_strings=on -c search_path=public");
        return Sql.column(database, CONSTRAINTS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "LOCALE_PROVIDER icu ICU_LOCALE 'tr' LOCALE 'C' ENCODING 'UTF8'",
                "ENCODING 'SQL_ASCII' LOCALE 'C'",
                "ENCODING 'UTF8' LOCALE 'C'"
            })
    void emailsCompareByOneRuleInEveryCollation(String options) {
        assumeThat(options.contains("LOCALE_PROVIDER") && isBefore15())
                .as("PostgreSQL 14 has no ICU databases")
                .isFalse();
        PGSimpleDataSource other = create(options);

        Migrations.apply(other);

        Sql.run(other, "SET search_path TO promptforge", organization(), user("1", "admin.info@example.com"));
        assertThatThrownBy(() -> Sql.run(other, "SET search_path TO promptforge", user("2", "ADMIN.INFO@EXAMPLE.COM")))
                .hasMessageContaining("users_email_key");
        Migrations.of(other).reset("promptforge");
    }

    @Test
    void anEncodingThatCannotHoldEveryTextIsRefusedBeforeAnythingIsWritten() {
        PGSimpleDataSource latin = create("ENCODING 'LATIN1' LOCALE 'C'");

        assertThatThrownBy(() -> Migrations.apply(latin)).isInstanceOfSatisfying(MigrationException.class, e -> {
            assertThat(e.reason()).isEqualTo(Reason.ENCODING);
            assertThat(e).hasMessageContaining("LATIN1");
        });
        assertThat(Sql.column(latin, "SELECT nspname FROM pg_namespace WHERE nspname = 'promptforge'"))
                .isEmpty();
    }

    private boolean isBefore15() {
        return Sql.column(database, "SELECT 1 WHERE current_setting('server_version_num')::integer < 150000")
                .iterator()
                .hasNext();
    }

    private PGSimpleDataSource create(String options) {
        String name = database.getDatabaseName() + "_other";
        Sql.run(database, "CREATE DATABASE " + name + " TEMPLATE template0 " + options);
        PGSimpleDataSource other = new PGSimpleDataSource();
        other.setUrl(database.getURL());
        other.setUser(database.getUser());
        other.setDatabaseName(name);
        return other;
    }

    private static String organization() {
        return "INSERT INTO organizations (id, name, slug) VALUES ('00000000-0000-0000-0000-000000000001', 'A', 'a')";
    }

    private static String user(String id, String email) {
        return "INSERT INTO users (organization_id, id, email, full_name, role, sso_issuer, sso_subject) VALUES"
                + " ('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-00000000000" + id + "', '"
                + email + "', 'Ada', 'viewer', 'issuer', 'subject" + id + "')";
    }
}
