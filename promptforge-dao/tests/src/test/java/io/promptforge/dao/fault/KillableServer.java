package io.promptforge.dao.fault;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.promptforge.postgres.EmbeddedPostgres;
import io.promptforge.postgres.EmbeddedPostgresException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A server as durable as PostgreSQL is by default. After a kill it has its port and its data again. */
final class KillableServer implements AutoCloseable {
    private static final String DATABASE = "app";
    private static final Pattern HELD =
            Pattern.compile("pre-existing shared memory block|could not bind|Address already in use|not free");

    private final Path folder;
    private final Map<String, String> settings;
    private EmbeddedPostgres server;

    private KillableServer(Path folder, Map<String, String> settings) {
        this.folder = openedForServer(folder);
        this.settings = settings;
        this.server = builder().port(freePort()).start();
    }

    /** Below the ports that systems give to clients: a client must not take the port while the server is down. */
    private static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // Another one is tried.
            }
        }
    }

    /** @param temporary an empty folder */
    static KillableServer start(Path temporary) {
        return start(temporary, Map.of());
    }

    static KillableServer start(Path temporary, Map<String, String> settings) {
        KillableServer started = new KillableServer(temporary.resolve("server"), settings);
        started.server.createDatabase(DATABASE);
        return started;
    }

    /** Starts a server that follows this one by streaming replication; this one is started again for that. */
    KillableServer startStandby(Path temporary) throws IOException, InterruptedException {
        server.close();
        Path copy = openedForServer(temporary.resolve("server"));
        // With the owner of the files.
        assertThat(new ProcessBuilder("cp", "-a", folder.toString(), copy.toString())
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
        Path data = copy.resolve("data");
        Path signal = Files.createFile(data.resolve("standby.signal"));
        Files.setOwner(signal, Files.getOwner(data.resolve("PG_VERSION")));
        restart();
        return new KillableServer(
                copy,
                Map.of("max_wal_senders", "4", "primary_conninfo", "host=127.0.0.1 port=" + port() + " user=postgres"));
    }

    private EmbeddedPostgres.Builder builder() {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder().keepIn(folder);
        settings.forEach(builder::setting);
        return builder;
    }

    /** As root, the server runs as another user. */
    private static Path openedForServer(Path folder) {
        try {
            Path parent = folder.toAbsolutePath().getParent();
            if (parent != null) {
                Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwx--x--x"));
            }
            return folder;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean isRunning() {
        return server.processId().isPresent();
    }

    int port() {
        return server.port();
    }

    /** Ends all its processes by SIGKILL. */
    void kill() {
        List<ProcessHandle> processes = new ArrayList<>();
        server.processId().ifPresent(id -> ProcessHandle.of(id)
                .ifPresent(main ->
                        Stream.concat(Stream.of(main), main.descendants()).forEach(processes::add)));
        processes.forEach(ProcessHandle::destroyForcibly);
        processes.forEach(process -> process.onExit().join());
    }

    void restart() {
        int port = server.port();
        server.close();
        for (int attempt = 1; ; attempt++) {
            try {
                server = builder().port(port).start();
                return;
            } catch (EmbeddedPostgresException e) {
                // A process that was forked just before the kill holds the memory or the port until it notices.
                if (attempt == 10
                        || !HELD.matcher(String.valueOf(e.getMessage())).find()) {
                    throw e;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
            }
        }
    }

    DataSource dataSource() {
        return through(port());
    }

    /** Connects over another port, on which a proxy listens. */
    static PGSimpleDataSource through(int port) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setServerNames(new String[] {"127.0.0.1"});
        dataSource.setPortNumbers(new int[] {port});
        dataSource.setDatabaseName(DATABASE);
        dataSource.setUser("postgres");
        dataSource.setSslMode("disable");
        dataSource.setGssEncMode("disable");
        return dataSource;
    }

    /** A pool, as services have; the caller closes it. */
    static HikariDataSource pool(DataSource dataSource, int size) {
        HikariDataSource pool = new HikariDataSource();
        pool.setDataSource(dataSource);
        pool.setMaximumPoolSize(size);
        pool.setConnectionTimeout(1_000);
        return pool;
    }

    List<String> query(String sql) {
        return query(dataSource(), sql);
    }

    static List<String> query(DataSource dataSource, String sql) {
        List<String> values = new ArrayList<>();
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
