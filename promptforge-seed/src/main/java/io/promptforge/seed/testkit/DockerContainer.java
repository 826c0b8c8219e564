package io.promptforge.seed.testkit;

import io.promptforge.seed.internal.DatabaseUrl;
import java.util.Optional;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * Starts PostgreSQL in a container, one per JVM; Testcontainers removes it when the JVM ends. No other class refers to
 * Testcontainers, because it is an optional dependency.
 */
final class DockerContainer {
    private static final String IMAGE = "postgres:18-alpine";

    private DockerContainer() {}

    /** @param image a PostgreSQL-compatible image; empty for PostgreSQL's own */
    static DatabaseUrl start(Optional<String> image) {
        return Running.with(DockerImageName.parse(image.orElse(IMAGE)).asCompatibleSubstituteFor("postgres"));
    }

    private static final class Running {
        private static Optional<PostgreSQLContainer> container = Optional.empty();

        static synchronized DatabaseUrl with(DockerImageName image) {
            PostgreSQLContainer running = container.orElseGet(() -> start(image));
            container = Optional.of(running);
            return new DatabaseUrl(
                    running.getJdbcUrl(), Optional.of(running.getUsername()), Optional.of(running.getPassword()));
        }

        /** Without durability: the data need not survive the container. */
        @SuppressWarnings("resource") // ends with the JVM
        private static PostgreSQLContainer start(DockerImageName image) {
            PostgreSQLContainer created = new PostgreSQLContainer(image);
            created.setCommand(
                    "postgres",
                    "-c",
                    "fsync=off",
                    "-c",
                    "synchronous_commit=off",
                    "-c",
                    "full_page_writes=off",
                    "-c",
                    "autovacuum=off",
                    "-c",
                    "max_connections=200");
            created.start();
            return created;
        }
    }
}
