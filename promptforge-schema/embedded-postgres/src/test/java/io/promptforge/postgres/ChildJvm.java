package io.promptforge.postgres;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Another JVM that runs {@link ServerProgram}. */
final class ChildJvm implements AutoCloseable {

    private final Process process;
    private final Path errors;
    private long serverPid = -1;
    private Path serverFolder = Path.of("unknown");

    private ChildJvm(Process process, Path errors) {
        this.process = process;
        this.errors = errors;
    }

    /** The options of its start. */
    static final class Plan {
        private final List<String> prefix = new ArrayList<>();
        private final List<String> options = new ArrayList<>();
        private final Path folder;
        private String classPath =
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        private Map<String, String> environment = System.getenv();

        /** @param folder for the standard error of the JVM */
        Plan(Path folder) {
            this.folder = folder;
        }

        Plan property(String name, Object value) {
            options.add("-D" + name + "=" + value);
            return this;
        }

        Plan prefixed(String... command) {
            prefix.addAll(List.of(command));
            return this;
        }

        Plan environment(Map<String, String> variables) {
            environment = variables;
            return this;
        }

        /** Runs from copies that all users can read; other users may not enter a home folder or a build folder. */
        Plan classPathReadableByAll() throws IOException {
            List<String> copies = new ArrayList<>();
            for (String element : classPath.split(File.pathSeparator, -1)) {
                Path original = Path.of(element);
                if (Files.exists(original)) {
                    Path copy = folder.resolve("class-path-" + copies.size() + "-" + original.getFileName());
                    OpenFolder.copyReadable(original, copy);
                    FileTree.permit(copy, FileTree.PUBLIC_FOLDER);
                    copies.add(copy.toString());
                }
            }
            classPath = String.join(File.pathSeparator, copies);
            return this;
        }

        ChildJvm start(String end) throws IOException {
            List<String> command = new ArrayList<>(prefix);
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(options);
            command.addAll(List.of("-cp", classPath, ServerProgram.class.getName(), end));
            Path errors = Files.createTempFile(folder, "errors-", ".txt");
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            return new ChildJvm(builder.directory(new File("/")).start(), errors);
        }
    }

    /** Waits until the server has answered a query. */
    ChildJvm awaitServer() throws IOException {
        BufferedReader output = process.inputReader();
        String answer = output.readLine();
        if (!"answer 42".equals(answer)) {
            throw new AssertionError("No server: " + answer + "\n" + Files.readString(errors));
        }
        serverPid = Long.parseLong(output.readLine());
        serverFolder = Path.of(output.readLine());
        return this;
    }

    long pid() {
        return process.pid();
    }

    Path serverFolder() {
        return serverFolder;
    }

    boolean hasLeftNothing() {
        return ProcessHandle.of(serverPid).isEmpty() && !Files.exists(serverFolder);
    }

    long serverPid() {
        return serverPid;
    }

    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("The JVM does not end");
        }
        return process.exitValue();
    }

    void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-s", name, String.valueOf(process.pid()))
                .start()
                .waitFor();
    }

    void kill() {
        process.destroyForcibly();
    }

    @Override
    public void close() {
        kill();
        try {
            awaitEnd();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(e));
        }
    }
}
