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
 * <p>The server listens on 127.0.0.1 only, on a port of its own, and lets in every user of this machine without a
 * password: it is not for data that matters, and its settings trade safety for speed (a crash of the machine loses it).
 * Its folder lies in memory where there is room. Both go with {@link #close()}, and with the JVM however that ends,
 * SIGKILL included; on Windows only with an orderly end.
 *
 * <p>Unpacked binaries and initialised clusters are cached between runs, so that only the first start is slow. As root,
 * the server runs as an unprivileged user, because PostgreSQL refuses root.
 *
 * <p>Instances are safe for use by several threads, and any number may run at once. PostgreSQL 14 to 18 on Linux x64 is
 * what is tested; Linux on arm64, macOS and Windows x64 have been provided for but never run.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    /** The name of the only role of a new server. */
    static final String SUPERUSER = "postgres";

    private final Server server;
    private final String version;
    private final Databases databases;
    private final @Nullable Lease binaries;
    private boolean closed;
    private boolean left;

    private EmbeddedPostgres(Server server, String version, int major, @Nullable Lease binaries) {
        this.server = server;
        this.version = version;
        this.binaries = binaries;
        this.databases = new Databases(dataSource("postgres"), major);
    }

    /** A server that belongs to the caller. */
    static EmbeddedPostgres running(Server server, String version, int major, Lease binaries) {
        return new EmbeddedPostgres(server, version, major, binaries);
    }

    /** A server that its builder ends, whatever a preparation does to it. */
    static EmbeddedPostgres during(Server server, String version, int major) {
        return new EmbeddedPostgres(server, version, major, null);
    }

    /**
     * Starts a server with the defaults: binaries from the class path, no preparation. The same as {@code
     * builder().start()}.
     *
     * @throws EmbeddedPostgresException when it cannot be started
     */
    public static EmbeddedPostgres start() {
        return builder().start();
    }

    /** Options for a server that differs from the default. */
    public static Builder builder() {
        return new Builder();
    }

    /** The TCP port of 127.0.0.1 that the server listens on. */
    public int port() {
        return server.port();
    }

    /** The superuser; no password is needed. */
    public String user() {
        return SUPERUSER;
    }

    /** The server's version, for example {@code 18.6}. */
    public String version() {
        return version;
    }

    /** The server's data folder, which only the user it runs as, and root, can read; removed with the server. */
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
    public DataSource dataSource(String database) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setUrl(jdbcUrl(database));
        return dataSource;
    }

    /**
     * Creates an empty database.
     *
     * @throws EmbeddedPostgresException when there is one of this name already, or the server refuses
     * @throws IllegalArgumentException when the name is empty, or longer than 63 bytes
     */
    public void createDatabase(String name) {
        databases.create(name);
    }

    /**
     * Creates a database with everything that another one holds. Takes some 15 ms; several threads may do it at once.
     *
     * @param template must have no connections; see {@link #freezeTemplate(String)}
     * @throws EmbeddedPostgresException when the template is missing or in use, or the name is taken
     * @throws IllegalArgumentException when a name is empty, or longer than 63 bytes
     */
    public void cloneDatabase(String template, String name) {
        databases.clone(template, name);
    }

    /**
     * Drops a database and cuts off its connections. On a disk this can cost more than it frees: the file system may take
     * ever longer for new files while many were just removed.
     *
     * @throws EmbeddedPostgresException when there is no such database, or it is a template
     */
    public void dropDatabase(String name) {
        databases.drop(name);
    }

    /**
     * Makes a database a template that nobody can connect to. A single connection to a template makes cloning it wait
     * for five seconds and fail; this rules that out.
     *
     * @throws EmbeddedPostgresException when there is no such database
     */
    public void freezeTemplate(String name) {
        databases.freeze(name);
    }

    /** The process that ends the server when it gets SIGINT or SIGQUIT; nothing when the server has ended. */
    public OptionalLong processId() {
        return PostmasterFile.in(dataDirectory()).process().map(ProcessHandle::pid).stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }

    /**
     * Leaves the server running when it is closed and when this JVM ends, so that somebody can look into it. It ends
     * when somebody ends {@link #processId()}, or after the limit, and its folder goes with it. On Windows there is no
     * limit, and the folder stays.
     *
     * @param limit at least a second, counted from the end of this JVM or from {@link #close()}
     * @throws EmbeddedPostgresException when the server has ended already
     */
    public synchronized void leaveRunning(Duration limit) {
        try {
            server.process().leaveRunning(limit);
            left = true;
        } catch (IOException e) {
            throw new EmbeddedPostgresException("PostgreSQL could not be left running: " + Attempts.reason(e), e);
        }
    }

    /**
     * Ends the server at once, unless it is {@linkplain #leaveRunning left running}, cutting off its connections, and removes its folder. Returns when both are gone. Does
     * nothing when called again.
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

    private void end(Lease leased) {
        try {
            server.process().kill();
        } catch (IOException e) {
            throw new EmbeddedPostgresException("PostgreSQL could not be ended: " + Attempts.reason(e), e);
        } finally {
            leased.close();
        }
    }

    /** Options of a server. Not safe for use by several threads; may be used for several servers. */
    public static final class Builder {

        private Machine machine = Machine.current();
        private @Nullable Path binaries;
        private @Nullable Path cache;
        private @Nullable Path data;
        private final Map<String, String> settings = new LinkedHashMap<>();
        private final List<Options.Prepared> preparations = new ArrayList<>();

        private Builder() {}

        /**
         * The server's programs: a jar of io.zonky.test.postgres, a {@code .txz} archive out of one, or an
         * installation, the folder that holds {@code bin/postgres}. By default what the system property {@code
         * promptforge.postgres.binaries} or the environment's {@code PROMPTFORGE_POSTGRES_BINARIES} names, else the
         * first binaries jar on the class path that is for this platform.
         */
        public Builder binaries(Path path) {
            this.binaries = Objects.requireNonNull(path);
            return this;
        }

        /**
         * Where unpacked binaries and initialised clusters are kept between runs. It must belong to the current user or to
         * root, and others must not be able to write to it; a finished entry is used even where it can only be read.
         * By default what {@code promptforge.postgres.cache} or {@code PROMPTFORGE_POSTGRES_CACHE} names, else the
         * user's usual cache folder ({@code /var/cache/promptforge/postgres} for root).
         */
        public Builder cacheDirectory(Path path) {
            this.cache = Objects.requireNonNull(path);
            return this;
        }

        /**
         * The folder in which the server's own folder is made. By default what {@code promptforge.postgres.data} or
         * {@code PROMPTFORGE_POSTGRES_DATA} names, else {@code /dev/shm} where that has 512 MiB free, else the folder
         * for temporary files.
         */
        public Builder dataRoot(Path path) {
            this.data = Objects.requireNonNull(path);
            return this;
        }

        /**
         * A setting of the server, as in {@code postgresql.conf}; wins over the launcher's own.
         *
         * @throws IllegalArgumentException when it is one that the launcher needs, such as {@code port}
         */
        public Builder setting(String name, String value) {
            ServerSettings.requireAllowed(name);
            settings.put(name, Objects.requireNonNull(value));
            return this;
        }

        /**
         * Prepares the cluster that servers are started from, once: the result is cached under the key, together with
         * the version of the binaries and the settings. When the preparation fails, nothing is cached. Called again, it
         * adds a preparation that is run after those before it, and cached for itself: when only the last key changes,
         * only the last preparation is run again.
         *
         * @param key must change whenever the preparation would come out differently, for example a hash over the
         *     migration scripts it runs
         */
        public Builder prepared(String key, Preparation preparation) {
            preparations.add(new Options.Prepared(Objects.requireNonNull(key), Objects.requireNonNull(preparation)));
            return this;
        }

        Builder on(Machine other) {
            this.machine = other;
            return this;
        }

        /**
         * Starts a server. Waits while another thread or JVM builds the cluster that this one needs too.
         *
         * @throws EmbeddedPostgresException when it cannot be started; the message says what was tried
         */
        public EmbeddedPostgres start() {
            Options options =
                    new Options(machine, binaries, cache, data, Map.copyOf(settings), List.copyOf(preparations));
            return new Launcher(options).start();
        }
    }
}
