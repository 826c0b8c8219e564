package io.promptforge.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A short-lived external command, run to its end. */
final class ExternalCommand {

    /** @param output standard output and error together, without surrounding blank space */
    record Result(int status, String output) {
        boolean succeeded() {
            return status == 0;
        }
    }

    private ExternalCommand() {}

    /** @throws IOException when it cannot be started, or does not end in time (it is killed then) */
    static Result run(LauncherEnvironment machine, List<String> command, Duration limit) throws IOException {
        Process process = builder(machine, command).redirectErrorStream(true).start();
        CompletableFuture<Void> guard = CompletableFuture.runAsync(
                process::destroyForcibly, CompletableFuture.delayedExecutor(limit.toMillis(), TimeUnit.MILLISECONDS));
        try {
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            int status = process.waitFor();
            if (guard.isDone()) {
                throw new IOException("killed because it had not ended after " + limit.toSeconds() + " s: " + output);
            }
            return new Result(status, output);
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            guard.cancel(false);
        }
    }

    /**
     * A builder with the environment of every command: English messages, because they are parsed here, and no variables
     * that configure PostgreSQL clients and servers. All users may enter the working folder.
     */
    static ProcessBuilder builder(LauncherEnvironment machine, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.putAll(machine.environment());
        environment.keySet().removeIf(name -> name.startsWith("PG") || name.startsWith("LC_"));
        environment.put("LC_ALL", "C");
        if (!machine.isWindows()) {
            builder.directory(Path.of("/").toFile());
        }
        return builder;
    }
}
