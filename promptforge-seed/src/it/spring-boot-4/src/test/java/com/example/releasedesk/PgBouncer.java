package com.example.releasedesk;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A PgBouncer in transaction mode in front of a database. */
final class PgBouncer implements AutoCloseable {
    private final Process process;
    private final int port;

    private PgBouncer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Whether the program is there: as Debian's package {@code pgbouncer} installs it, or in the PATH. */
    static boolean isInstalled() {
        return program().isPresent();
    }

    private static Optional<Path> program() {
        return Stream.concat(Stream.of("/usr/sbin"), Stream.of(System.getenv("PATH").split(":")))
                .map(folder -> Path.of(folder, "pgbouncer"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Starts it.
     *
     * @param jdbcUrl the database, of a server that asks for no password
     * @param role all connect as this role
     * @param serverConnections how many connections to the server all share
     */
    static PgBouncer start(String jdbcUrl, String role, int serverConnections) throws IOException {
        URI server = URI.create(jdbcUrl.substring("jdbc:".length()));
        int port = freePort();
        Path settings = Files.createTempFile("pgbouncer", ".ini", PosixFilePermissions.asFileAttribute(
                PosixFilePermissions.fromString("rw-r--r--")));
        Files.writeString(settings, """
                [databases]
                app = host=%s port=%d dbname=%s user=%s
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = any
                pool_mode = transaction
                default_pool_size = %d
                ignore_startup_parameters = extra_float_digits
                """.formatted(
                        server.getHost(), server.getPort(), server.getPath().substring(1), role, port, serverConnections));
        List<String> command = Stream.concat(
                        Stream.of(program().orElseThrow().toString(), settings.toString()),
                        // It refuses to run as root.
                        System.getProperty("user.name").equals("root") ? Stream.of("-u", "nobody") : Stream.empty())
                .toList();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        awaitListening(process, port);
        Files.delete(settings);
        return new PgBouncer(process, port);
    }

    /** Its prepared statements would belong to one of the server's connections, of which each transaction has another. */
    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/app?prepareThreshold=0";
    }

    @Override
    public void close() {
        process.destroy();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void awaitListening(Process process, int port) {
        while (process.isAlive()) {
            try (Socket ignored = new Socket("127.0.0.1", port)) {
                return;
            } catch (IOException notYet) {
                Thread.onSpinWait();
            }
        }
        throw new IllegalStateException("PgBouncer ended with " + process.exitValue());
    }
}
