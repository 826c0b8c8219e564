package io.promptforge.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A real PostgreSQL server for the build, the tests and demonstrations, started by the JVM that needs it and gone with it.
 *
 * <pre>{@code
 * try (EmbeddedPostgres postgres = EmbeddedPostgres.start()) {
 *     postgres.createDatabase("orders");
 *     DataSource dataSource = postgres.dataSource("orders");
 * }
 * }</pre>
 *
 * <p>The server listens on 127.0.0.1 only, on a port of its own, and accepts every user of this machine without a
 * password. It is for test data: its settings trade durability for speed, and a crash of the machine loses the data, unless it
 * {@linkplain Builder#keepIn keeps} them. Its folder is in memory if there is room. Server and folder are removed by {@link #close()} and when the JVM ends, SIGKILL
 * included; on Windows only when the JVM ends in order.
 *
 * <p>Unpacked binaries and initialised clusters are cached between runs, so that only the first start is slow. As root,
 * the server runs as an unprivileged user, because PostgreSQL refuses root.
 *
 * <p>Instances are thread-safe, and any number may run at once. Tested with PostgreSQL 14 to 18 on Linux x64; the
 * code for Linux on arm64, macOS and Windows x64 has never been run.
 */
public final class EmbeddedPostgres implements PostgresServer, AutoCloseable {

    /** The name of the only role of a new server. */
    static final String SUPERUSER = "postgres";

    private final RunningServer server;
    private final String version;
    private final Databases databases;
    private final @Nullable FolderLease binaries;
    private boolean closed;
    private boolean left;

    private EmbeddedPostgres(RunningServer server, String version, int major, @Nullable FolderLease binaries) {
        this.server = server;
        this.version = version;
        this.binaries = binaries;
        this.databases = new Databases(dataSource("postgres"), major, dataDirectory());
    }

    /** A server that belongs to the caller. */
    static EmbeddedPostgres running(RunningServer server, String version, int major, FolderLease binaries) {
        return new EmbeddedPostgres(server, version, major, binaries);
    }

    /** A server during a preparation; {@code ClusterBuilder} ends it, even if the preparation closes it. */
    static EmbeddedPostgres during(RunningServer server, String version, int major) {
        return new EmbeddedPostgres(server, version, major, null);
    }

    /**
     * Starts a server with the defaults: binaries from the class path, no preparation. Equivalent to {@code
     * builder().start()}.
     *
     * @throws EmbeddedPostgresException when it cannot be started
     */
    public static EmbeddedPostgres start() {
        return builder().start();
    }

    /** Returns a builder, for a server with other options than the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** False: one server without Citus. */
    @Override
    public boolean isCluster() {
        return false;
    }

    /** The TCP port of 127.0.0.1 that the server listens on. */
    @Override
    public int port() {
        return server.port();
    }

    /** The superuser; no password is needed. */
    @Override
    public String user() {
        return SUPERUSER;
    }

    /** The server's version, for example {@code 18.6}. */
    public String version() {
        return version;
    }

    /** The server's data folder, which only the user it runs as, and root, can read; removed with the server unless it is kept. */
    public Path dataDirectory() {
        return server.folder().data();
    }

    /**
     * A JDBC URL that connects as the superuser.
     *
     * @param database need not exist yet; {@code postgres} always does
     */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + Databases.urlEncoded(database) + "?user=" + SUPERUSER
                + "&sslmode=disable&gssEncMode=disable";
    }

    /**
     * A data source without a pool: every connection is new, and closed when it is closed.
     *
     * @param database need not exist yet; {@code postgres} always does
     */
    @Override
    public DataSource dataSource(String database) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(jdbcUrl(database));
        return dataSource;
    }

    @Override
    public void run(String sql) {
        databases.execute(sql);
    }

    /**
     * Creates an empty database.
     *
     * @throws EmbeddedPostgresException when there is one of this name already, or the server refuses
     * @throws IllegalArgumentException when the name is empty, or longer than 63 bytes
     */
    @Override
    public void createDatabase(String name) {
        databases.create(name);
    }

    /**
     * Creates a database as a copy of another one, in some 15 ms.
     *
     * @param template must have no connections; see {@link #freezeTemplate(String)}
     * @throws EmbeddedPostgresException when the template is missing or in use, or the name is taken
     * @throws IllegalArgumentException when a name is empty, or longer than 63 bytes
     */
    @Override
    public void cloneDatabase(String template, String name) {
        databases.clone(template, name);
    }

    /**
     * Drops a database and ends its connections. Not worth it on a disk while tests run: a file system may become slower at
     * creating files when many were just removed.
     *
     * @throws EmbeddedPostgresException when there is no such database, or it is a template
     */
    @Override
    public void dropDatabase(String name) {
        databases.drop(name);
    }

    /**
     * Makes a database a template and refuses connections to it. Cloning a template that has a connection waits for five
     * seconds and fails.
     *
     * @throws EmbeddedPostgresException when there is no such database
     */
    @Override
    public void freezeTemplate(String name) {
        databases.freeze(name);
    }

    /** The id of the server's main process, which ends the server on SIGINT or SIGQUIT; empty when the server has ended. */
    public OptionalLong processId() {
        return PostmasterFile.in(dataDirectory()).process().map(ProcessHandle::pid).stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }

    /**
     * Lets the server outlive {@link #close()} and this JVM, for example to inspect its data. It ends when the process
     * {@link #processId()} is ended, or after the limit, and its folder is removed then. On Windows there is no limit, and
     * the folder stays.
     *
     * @param limit at least one second, counted from the end of this JVM or from {@link #close()}
     * @throws EmbeddedPostgresException when the server has ended already
     */
    public synchronized void leaveRunning(Duration limit) {
        try {
            server.process().leaveRunning(limit);
            left = true;
        } catch (IOException e) {
            throw new EmbeddedPostgresException("PostgreSQL could not be left running: " + FailedAttempts.reason(e), e);
        }
    }

    /**
     * Ends the server with its connections and removes its folder, unless it is {@linkplain #leaveRunning left running}. A folder in
     * which data are kept stays.
     * Returns when this is done. Further calls have no effect.
     *
     * @throws EmbeddedPostgresException when the server does not end
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        databases.close();
        if (binaries != null && !left) {
            end(binaries);
        }
    }

    private void end(FolderLease leased) {
        try {
            server.process().kill();
        } catch (IOException e) {
            throw new EmbeddedPostgresException("PostgreSQL could not be ended: " + FailedAttempts.reason(e), e);
        } finally {
            leased.close();
        }
    }

    /** The options of a server. Not thread-safe; one builder may start several servers. */
    public static final class Builder {

        private LauncherEnvironment machine = LauncherEnvironment.current();
        private @Nullable Path binaries;
        private @Nullable Path cache;
        private @Nullable Path data;
        private @Nullable Path kept;
        private int port;
        private final Map<String, String> settings = new LinkedHashMap<>();
        private final List<LaunchOptions.Prepared> preparations = new ArrayList<>();

        private Builder() {}

        /**
         * The server's programs: a jar of io.zonky.test.postgres, a {@code .txz} archive from one, or the folder of an
         * installation, which contains {@code bin/postgres}. The default is the path in the system property {@code
         * promptforge.postgres.binaries} or the environment variable {@code PROMPTFORGE_POSTGRES_BINARIES}, else the first
         * binaries jar on the class path for this platform.
         */
        public Builder binaries(Path path) {
            this.binaries = Objects.requireNonNull(path);
            return this;
        }

        /**
         * The folder that keeps unpacked binaries and initialised clusters between runs. It must belong to the current user
         * or to root, and must not be writable by others. A read-only folder serves the entries that it has. The default is
         * the path in {@code promptforge.postgres.cache} or {@code PROMPTFORGE_POSTGRES_CACHE}, else the user's cache folder
         * ({@code /var/cache/promptforge/postgres} for root).
         */
        public Builder cacheDirectory(Path path) {
            this.cache = Objects.requireNonNull(path);
            return this;
        }

        /**
         * The parent of the server's folder. The default is the path in {@code promptforge.postgres.data} or {@code
         * PROMPTFORGE_POSTGRES_DATA}, else {@code /dev/shm} if that has 512 MiB free, else the folder for temporary files.
         */
        public Builder dataRoot(Path path) {
            this.data = Objects.requireNonNull(path);
            return this;
        }

        /**
         * Keeps the data in this folder: the next server that is started with it has them again, also when the JVM or the machine
         * was killed. Servers are durable then, as PostgreSQL is by default. At most one can run on a folder; with older data, a start
         * is refused. Preparations are made for the first server only. Not on Windows.
         */
        public Builder keepIn(Path folder) {
            this.kept = Objects.requireNonNull(folder);
            return this;
        }

        /**
         * The TCP port, instead of any free one.
         *
         * @throws IllegalArgumentException when it is not from 1 to 65535
         */
        public Builder port(int number) {
            if (number < 1 || number > 65_535) {
                throw new IllegalArgumentException("No port: " + number);
            }
            this.port = number;
            return this;
        }

        /**
         * A setting of the server, as in {@code postgresql.conf}. It overrides the launcher's value.
         *
         * @throws IllegalArgumentException when the launcher controls this setting, for example {@code port}
         */
        public Builder setting(String name, String value) {
            ServerSettings.requireAllowed(name);
            settings.put(name, Objects.requireNonNull(value));
            return this;
        }

        /**
         * Prepares the cluster that servers start from, once: the result is cached under the key, the version of the
         * binaries and the settings. A failed preparation caches nothing. Several preparations run in the order of these
         * calls, and each result is cached: when only the last key changes, only the last preparation runs again.
         *
         * @param key must differ whenever the result of the preparation would differ; for example, a hash of the migration
         *     scripts that it runs
         */
        public Builder prepared(String key, Preparation preparation) {
            preparations.add(
                    new LaunchOptions.Prepared(Objects.requireNonNull(key), Objects.requireNonNull(preparation)));
            return this;
        }

        Builder on(LauncherEnvironment other) {
            this.machine = other;
            return this;
        }

        /**
         * Starts a server. Waits while another thread or JVM builds the same cluster.
         *
         * @throws EmbeddedPostgresException when it cannot be started; the message lists the attempts
         */
        public EmbeddedPostgres start() {
            Map<String, String> all = new LinkedHashMap<>(kept == null ? Map.of() : ServerSettings.DURABLE);
            all.putAll(settings);
            LaunchOptions options = new LaunchOptions(
                    machine, binaries, cache, data, Map.copyOf(all), List.copyOf(preparations), kept, port);
            return new Launcher(options).start();
        }
    }
}
