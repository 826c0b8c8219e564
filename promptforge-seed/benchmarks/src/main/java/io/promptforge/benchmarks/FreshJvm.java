package io.promptforge.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Another JVM, which runs {@link FirstQuery} and has answered. */
final class FreshJvm implements AutoCloseable {
    private final Process process;
    private final double millis;

    private FreshJvm(Process process, double millis) {
        this.process = process;
        this.millis = millis;
    }

    /** Starts a JVM with this JVM's settings of the test kit and these properties, and waits for its answer. */
    static FreshJvm start(String classPath, FirstQuery.Way way, Map<String, String> properties) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        String cache = "promptforge.postgres.cache";
        command.add("-D" + cache + "=" + System.getProperty(cache));
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of("-cp", classPath, FirstQuery.class.getName(), way.name()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
        long start = System.nanoTime();
        Process process = builder.start();
        String answer = process.inputReader().readLine();
        double millis = (System.nanoTime() - start) / 1e6;
        if (!FirstQuery.ANSWER.equals(answer)) {
            throw new IllegalStateException("The JVM has not answered but said: " + answer);
        }
        return new FreshJvm(process, millis);
    }

    /** The time from the start of the process to its answer. */
    double millis() {
        return millis;
    }

    /** The process and its descendants. */
    List<ProcessHandle> processes() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
    }

    /** Kills the process by SIGKILL. */
    void kill() {
        process.destroyForcibly();
    }

    /** Lets the process end normally and waits for that. */
    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit().join();
    }
}
