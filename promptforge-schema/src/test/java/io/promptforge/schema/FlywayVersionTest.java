package io.promptforge.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.util.Objects;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.database.postgresql.PostgreSQLDatabaseType;
import org.junit.jupiter.api.Test;

/** Checks that the tests run on the Flyway version that the build intends: it runs them on each one that a host may bring. */
class FlywayVersionTest {

    private static final String INTENDED =
            Objects.requireNonNull(System.getProperty("flyway.version"), "set by the build for each of its runs");

    @Test
    void theFlywayUnderTestIsTheIntendedOne() {
        assertThat(jar(Flyway.class)).endsWith("/flyway-core-" + INTENDED + ".jar");
        assertThat(jar(FlywayException.class)).endsWith("/flyway-core-" + INTENDED + ".jar");
        assertThat(jar(PostgreSQLDatabaseType.class)).endsWith("/flyway-database-postgresql-" + INTENDED + ".jar");
    }

    private static String jar(Class<?> type) {
        URL location = type.getProtectionDomain().getCodeSource().getLocation();
        return location.getPath();
    }
}
