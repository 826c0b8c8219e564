package io.promptforge.seed.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

class DatabaseUrlTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://ann:secret@db.example:6543/app",
                "postgres://ann:secret@db.example:6543/app",
                "postgresql+asyncpg://ann:secret@db.example:6543/app",
                "postgresql+psycopg2://ann:secret@db.example:6543/app",
                "jdbc:postgresql://ann:secret@db.example:6543/app",
                "  postgresql://ann:secret@db.example:6543/app\n"
            })
    void parsesTheUsualForms(String text) {
        DatabaseUrl url = DatabaseUrl.parse(text);

        assertThat(url.jdbcUrl()).isEqualTo("jdbc:postgresql://db.example:6543/app");
        assertThat(url.user()).contains("ann");
        assertThat(url.password()).contains("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "my_db:5432",
                "h1:5432,h2:5432",
                "h1,h2_b:6432",
                "[::1]:5432",
                "[fe80::1],10.0.0.1:5433",
                "db-1.example.com"
            })
    void hostsMayBeSeveralAndHaveUnderscores(String hosts) {
        DatabaseUrl url = DatabaseUrl.parse("postgresql://u:p@" + hosts + "/app?targetServerType=primary");

        assertThat(url.jdbcUrl()).isEqualTo("jdbc:postgresql://" + hosts + "/app?targetServerType=primary");
        assertThat(url.user()).contains("u");
        assertThat(((PGSimpleDataSource) url.dataSource()).getServerNames()).hasSize(hosts.split(",").length);
        assertThat(((PGSimpleDataSource) url.withDatabase("other").dataSource()).getDatabaseName())
                .isEqualTo("other");
    }

    @Test
    void userAndPortAreOptional() {
        DatabaseUrl url = DatabaseUrl.parse("postgresql://localhost/app");

        assertThat(url.jdbcUrl()).isEqualTo("jdbc:postgresql://localhost/app");
        assertThat(url.user()).isEmpty();
        assertThat(url.password()).isEmpty();
    }

    @Test
    void percentEncodingInThePasswordIsDecodedAndAPlusIsKept() {
        assertThat(DatabaseUrl.parse("postgresql://ann:p%40s%3As+%2F@localhost/app")
                        .password())
                .contains("p@s:s+/");
    }

    @ParameterizedTest
    @CsvSource({
        "postgresql://localhost/app?sslmode=require, ?sslmode=require",
        "postgresql+asyncpg://localhost/app?ssl=require, ?sslmode=require",
        "postgresql://localhost/app?connectTimeout=5&ssl=verify-full, ?connectTimeout=5&sslmode=verify-full",
        "jdbc:postgresql://localhost/app?ssl=true, ?ssl=true"
    })
    void parametersAreKeptAndAsyncpgsSslModeIsTranslated(String text, String parameters) {
        assertThat(DatabaseUrl.parse(text).jdbcUrl()).isEqualTo("jdbc:postgresql://localhost/app" + parameters);
    }

    @Test
    void toStringOmitsThePassword() {
        assertThat(DatabaseUrl.parse("postgresql+asyncpg://ann:secret@localhost:5432/app"))
                .hasToString("postgresql://ann@localhost:5432/app");
    }

    @ParameterizedTest
    @CsvSource({
        "mysql://localhost/app, does not begin with postgresql://",
        "localhost:5432/app, does not begin with postgresql://",
        "postgresql:///app, names no host",
        "postgresql://localhost:port/app, names hosts in another form",
        "postgresql://h1:5432;h2:5432/app, names hosts in another form",
        "postgresql://localhost, names no database",
        "postgresql://localhost/, names no database",
        "postgresql://ann:secret word@localhost/app, has a character that is not allowed"
    })
    void anInvalidUrlIsRefusedWithoutShowingThePassword(String text, String problem) {
        assertThatExceptionOfType(InvalidDatabaseUrlException.class)
                .isThrownBy(() -> DatabaseUrl.parse(text))
                .withMessageContaining(problem)
                .withMessageNotContaining("secret");
    }

    @Test
    void withDatabaseNamesAnotherDatabaseOfTheSameServer() {
        DatabaseUrl url = DatabaseUrl.parse("postgresql://ann:secret@db.example:6543/app?sslmode=disable");

        DatabaseUrl other = url.withDatabase("a b/c?");

        assertThat(other.jdbcUrl()).isEqualTo("jdbc:postgresql://db.example:6543/a%20b%2Fc%3F?sslmode=disable");
        assertThat(other.user()).contains("ann");
        assertThat(other.password()).contains("secret");
    }
}
