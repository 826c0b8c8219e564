package com.example.releasedesk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.postgres.EmbeddedPostgres;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The jar as it is delivered, on an empty database. */
class ReleaseDeskJarIT {
    private static final Pattern STARTED = Pattern.compile("Tomcat started on port (\\d+)");

    @Test
    void theJarMigratesAnEmptyDatabaseAndAnswersRequests() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            Process service = start(server);
            try {
                HttpResponse<String> answer = put(port(service), "/prompts/%s/production".formatted(UUID.randomUUID()));

                // Only the database knows that there is no such user.
                assertThat(answer.statusCode()).isEqualTo(401);
            } finally {
                service.destroyForcibly().waitFor();
            }
        }
    }

    private static Process start(EmbeddedPostgres server) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        System.getProperty("jar"),
                        "--server.port=0",
                        "--spring.datasource.url=" + server.jdbcUrl("postgres"))
                .redirectErrorStream(true)
                .start();
    }

    private static int port(Process service) throws IOException {
        List<String> log = new ArrayList<>();
        BufferedReader lines = service.inputReader();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            log.add(line);
            Matcher started = STARTED.matcher(line);
            if (started.find()) {
                return Integer.parseInt(started.group(1));
            }
        }
        throw new AssertionError("The service did not start:\n" + String.join("\n", log));
    }

    private static HttpResponse<String> put(int port, String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .header("Content-Type", "application/json")
                                .header("Authorization", "Basic " + Base64.getEncoder()
                                        .encodeToString("ada@example.com:guess".getBytes(UTF_8)))
                                .PUT(HttpRequest.BodyPublishers.ofString("{\"version\": 1, \"reason\": \"First\"}"))
                                .build(),
                        BodyHandlers.ofString());
    }
}
