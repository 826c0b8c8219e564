package io.promptforge.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Checks that the tests run on the PostgreSQL version that the build intends: it runs them on several ones. */
class PostgresVersionTest {

    private static final String INTENDED =
            Objects.requireNonNull(System.getProperty("postgres.version"), "set by the build for each of its runs");

    @Test
    void thePostgresUnderTestIsTheIntendedOne() {
        String version =
                Sql.column(TestServer.emptyDatabase(), "SHOW server_version").get(0);

        assertThat(INTENDED).startsWith(version + ".");
    }
}
