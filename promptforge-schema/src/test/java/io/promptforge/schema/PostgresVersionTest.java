package io.promptforge.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Says which PostgreSQL the other tests ran on: the build runs them on the newest and the oldest supported. */
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
