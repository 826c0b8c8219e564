package io.promptforge.seed.testkit;

import io.promptforge.seed.internal.DatabaseUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Opens the configured server for a chain. There is no fallback: if that server fails, the error lists all ways to configure one. */
final class ServerChoice {
    private static final String URL_WAY =
            "URL (" + TestServerSettings.variable(TestServerSettings.URL) + " or -D" + TestServerSettings.URL + ")";
    private static final String EMBEDDED_WAY = "embedded server";
    private static final String DOCKER_WAY = "Docker (" + TestServerSettings.variable(TestServerSettings.KIND)
            + "=docker or -D" + TestServerSettings.KIND + "=docker)";

    private final TestServerSettings settings;

    ServerChoice(TestServerSettings settings) {
        this.settings = settings;
    }

    /** @throws TestDatabaseException if the server cannot be opened; lists each way, and why it failed or was not tried */
    DatabaseServer open(TemplateChain chain) {
        String kind = settings.kind().orElse(settings.url().isPresent() ? "url" : "embedded");
        return switch (kind) {
            case "url" -> attempt(URL_WAY, () -> SharedServer.open(url(), chain));
            case "embedded" -> attempt(EMBEDDED_WAY, () -> EmbeddedServer.start(chain));
            case "docker" ->
                attempt(DOCKER_WAY, () -> SharedServer.open(DockerContainer.start(settings.image()), chain));
            default ->
                throw new TestDatabaseException(
                        "-D" + TestServerSettings.KIND + " or " + TestServerSettings.variable(TestServerSettings.KIND)
                                + " must be embedded, docker or url, not '" + kind + "'.",
                        null);
        };
    }

    private DatabaseUrl url() {
        return DatabaseUrl.parse(settings.url().orElseThrow(() -> new IllegalArgumentException("is not set")));
    }

    private DatabaseServer attempt(String way, Opening opening) {
        try {
            return opening.open();
        } catch (Exception | LinkageError e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            Optional<TemplateFailure> template = TemplateFailure.in(e);
            if (template.isPresent()) {
                throw new TestDatabaseException(template.get().getMessage() + remedy(e), e);
            }
            List<String> lines = new ArrayList<>(List.of("No PostgreSQL server is available for this test:"));
            for (String each : List.of(URL_WAY, EMBEDDED_WAY, DOCKER_WAY)) {
                lines.add("  - " + each + ": " + (each.equals(way) ? reason(e) : whyNot(each, way)));
            }
            throw new TestDatabaseException(String.join("\n", lines), e);
        }
    }

    private String whyNot(String way, String taken) {
        Optional<String> given = way.equals(URL_WAY) ? settings.url() : Optional.of("");
        return given.isEmpty() || way.equals(DOCKER_WAY)
                ? "not configured"
                : "not tried, because the " + taken + " is configured";
    }

    /** The advice of the embedded server, for example if its disk is full; empty if it has none. */
    private static String remedy(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        int advice = message.indexOf("\nWhat to do:");
        return advice < 0 ? "" : message.substring(advice);
    }

    private static String reason(Throwable failure) {
        String message = failure.getMessage();
        return message == null ? failure.toString() : message.strip().replace("\n", "\n    ");
    }

    @FunctionalInterface
    private interface Opening {
        DatabaseServer open() throws Exception;
    }
}
