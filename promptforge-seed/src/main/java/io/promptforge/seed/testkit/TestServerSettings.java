package io.promptforge.seed.testkit;

import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The server that tests use, as configured.
 *
 * @param url any database on a shared server; empty if none is configured
 * @param kind {@code embedded}, {@code docker} or {@code url}; empty means the URL if there is one, otherwise embedded
 * @param image the container image; empty for PostgreSQL's own
 */
record TestServerSettings(Optional<String> url, Optional<String> kind, Optional<String> image) {
    static final String URL = "promptforge.test.database.url";
    static final String KIND = "promptforge.test.database";
    static final String IMAGE = "promptforge.test.database.image";

    /** Reads system properties, and environment variables where a property is not set. */
    static TestServerSettings current() {
        return of(System::getProperty, System::getenv);
    }

    static TestServerSettings of(
            UnaryOperator<@Nullable String> properties, UnaryOperator<@Nullable String> environment) {
        return new TestServerSettings(
                read(URL, properties, environment),
                read(KIND, properties, environment),
                read(IMAGE, properties, environment));
    }

    /** The environment variable for a property: {@code PROMPTFORGE_TEST_DATABASE_URL} for {@code promptforge.test.database.url}. */
    static String variable(String property) {
        return property.toUpperCase(Locale.ROOT).replace('.', '_');
    }

    private static Optional<String> read(
            String name, UnaryOperator<@Nullable String> properties, UnaryOperator<@Nullable String> environment) {
        return Stream.of(
                        Optional.ofNullable(properties.apply(name)),
                        Optional.ofNullable(environment.apply(variable(name))))
                .flatMap(Optional::stream)
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .findFirst();
    }
}
