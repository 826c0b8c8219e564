package io.promptforge.seed.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Another JVM that runs {@link TestKitProgram}. */
final class ChildJvm implements AutoCloseable {
    /** The process is killed after this time, so that reading from one that hangs ends. */
    private static final int LIFE_SECONDS = 120;

    private final Process process;
    private final Path errors;
    private final List<String> lines = new ArrayList<>();

    private ChildJvm(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
    }

    static ChildJvm start(String end, Map<String, String> properties, String... options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        command.addAll(List.of("-cp", classPath, TestKitProgram.class.getName(), end));
        Path errors = Files.createTempFile("promptforge-child-", ".txt");
        errors.toFile().deleteOnExit();
        Process process =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        CompletableFuture.delayedExecutor(LIFE_SECONDS, TimeUnit.SECONDS).execute(process::destroyForcibly);
        return new ChildJvm(process, errors);
    }

    /** Waits until the program prints {@code ready}; returns the lines before that. */
    List<String> awaitReady() throws IOException {
        BufferedReader output = process.inputReader();
        for (String line = output.readLine(); !"ready".equals(line); line = output.readLine()) {
            if (line == null) {
                throw new AssertionError("The child JVM failed:\n" + Files.readString(errors));
            }
            lines.add(line);
        }
        return lines;
    }

    void awaitEnd() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("The child JVM does not end");
        }
    }

    void kill() throws InterruptedException {
        process.destroyForcibly();
        awaitEnd();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
