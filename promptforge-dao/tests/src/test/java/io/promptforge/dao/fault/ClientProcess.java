package io.promptforge.dao.fault;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM of its own that runs a main class of the tests and is killed. */
final class ClientProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader printed;

    private ClientProcess(Process process) {
        this.process = process;
        this.printed = process.inputReader(UTF_8);
    }

    static ClientProcess start(Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
        command.addAll(List.of(arguments));
        return new ClientProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** What it prints, which can be read to its end after a kill. */
    BufferedReader printed() {
        return printed;
    }

    /** Other than {@link Process#destroyForcibly}, it leaves what was printed to be read. */
    void kill() {
        process.toHandle().destroyForcibly();
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly().onExit().join();
        printed.close();
    }
}
