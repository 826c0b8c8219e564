package io.promptforge.seed.testkit;

import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which PostgreSQL tests use.
 *
 * @param url of a server that others may use too
 * @param kind {@code embedded} or {@code docker}; without it, the URL's if there is one, else embedded
 * @param image of the container
 */
record TestServerSettings(Optional<String> url, Optional<String> kind, Optional<String> image) {
    static final String URL = "promptforge.test.database.url";
    static final String KIND = "promptforge.test.database";
    static final String IMAGE = "promptforge.test.database.image";

    /** System properties first, then the environment. */
    static TestServerSettings current() {
        return of(System::getProperty, System::getenv);
    }

    static TestServerSettings of(UnaryOperator<@Nullable String> properties, UnaryOperator<@Nullable String> environment) {
        return new TestServerSettings(
                read(URL, properties, environment),
                read(KIND, properties, environment),
                read(IMAGE, properties, environment));
    }

    /** {@code PROMPTFORGE_TEST_DATABASE_URL} is the environment's name for {@code promptforge.test.database.url}. */
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
