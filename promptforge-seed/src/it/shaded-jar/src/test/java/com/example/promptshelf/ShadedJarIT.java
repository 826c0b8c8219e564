package com.example.promptshelf;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.postgres.EmbeddedPostgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The jar as it is delivered, on an empty database. */
class ShadedJarIT {
    @Test
    void theJarMigratesAnEmptyDatabaseAndStoresAPrompt() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            assertThat(run(server, "put", "Greeting", "Hello {{name}}!")).isEqualTo("Version 1");
            assertThat(run(server, "get", "Greeting")).isEqualTo("Hello {{name}}!");
        }
    }

    private static String run(EmbeddedPostgres server, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                System.getProperty("jar")));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("JDBC_URL", server.jdbcUrl("postgres"));
        Process program = builder.start();
        String printed = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(program.waitFor()).as(printed).isZero();
        return printed.strip();
    }
}
