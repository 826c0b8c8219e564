package io.promptforge.postgres;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * A program that starts a server, configured by the launcher's system properties, and ends in the way of its argument. When
 * {@code test.preparations} names a file, the server has a preparation, which appends a line to the file. It keeps its data in
 * {@code test.kept}, if that names a folder.
 */
final class ServerProgram {

    private ServerProgram() {}

    @SuppressWarnings({"SystemOut", "SystemExitOutsideMain"})
    public static void main(String[] arguments) throws Exception {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
        String preparations = System.getProperty("test.preparations");
        if (preparations != null) {
            builder.prepared("counted", server -> append(Path.of(preparations)));
        }
        String kept = System.getProperty("test.kept");
        if (kept != null) {
            builder.keepIn(Path.of(kept));
        }
        EmbeddedPostgres server = builder.start();
        String answer = Servers.query(server, "postgres", "SELECT 'answer ' || 42");
        String pid = Files.readAllLines(server.dataDirectory().resolve("postmaster.pid"))
                .get(0);
        Path folder = server.dataDirectory().getParent();
        // The test reads this program's output.
        System.out.write((answer + "\n" + pid + "\n" + folder + "\n").getBytes(StandardCharsets.UTF_8));
        System.out.flush();
        switch (arguments[0]) {
            case "leave" -> server.leaveRunning(Duration.ofHours(1));
            case "leave-briefly" -> server.leaveRunning(Duration.ofSeconds(1));
            case "close" -> server.close();
            case "exit" -> System.exit(3);
            case "halt" -> Runtime.getRuntime().halt(3);
            case "throw" -> throw new IllegalStateException("thrown on purpose");
            default -> new CountDownLatch(1).await();
        }
    }

    private static void append(Path file) throws Exception {
        Files.writeString(file, "prepared\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
