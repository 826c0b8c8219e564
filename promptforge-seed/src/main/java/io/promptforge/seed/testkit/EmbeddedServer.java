package io.promptforge.seed.testkit;

import io.promptforge.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An embedded server that ends with this JVM. Its cluster, with the prepared template, is cached between runs. Each
 * chain has its own server, because starting a cached cluster is faster than preparing a second template on a running
 * one.
 */
final class EmbeddedServer implements DatabaseServer {
    private static final String TEMPLATE = "promptforge_template";

    /** A copy of the template that has been connected to, and therefore contains PostgreSQL's catalogue cache. */
    private static final String CONNECTED_TEMPLATE = "promptforge_connected_template";

    private static final String AWAIT_END_OF_CONNECTION =
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '" + CONNECTED_TEMPLATE + "'";

    /** The database whose creation starts the connected template; a JVM with fewer tests would not profit from it. */
    private static final int CONNECTED_TEMPLATE_FROM = 4;

    /** How long the server keeps running after the JVM when a database is kept. */
    private static final Duration KEPT = Duration.ofHours(1);

    /** How many discarded databases of 10 MB each stay in memory before the oldest is dropped. */
    private static final int MOST_DISCARDED = 32;

    /** With less free memory than this, discarded databases are dropped at once. */
    private static final long LEAST_FREE_BYTES = 512L * 1024 * 1024;

    private static final String SHARED_CONTENT = """
            SELECT format('the role %s', rolname) FROM pg_roles WHERE oid >= 16384
             UNION ALL
            SELECT format('ALTER ROLE %s SET %s', coalesce(rolname, 'ALL'), setting)
              FROM pg_db_role_setting LEFT JOIN pg_roles ON pg_roles.oid = setrole, unnest(setconfig) AS setting
             WHERE setdatabase = 0
             UNION ALL
            SELECT format('ALTER SYSTEM SET %s = %s', name, setting)
              FROM pg_file_settings WHERE sourcefile LIKE '%postgresql.auto.conf'
            """;

    private final EmbeddedPostgres postgres;
    private final Optional<FileStore> memory;
    private final AtomicInteger clones = new AtomicInteger();
    private final AtomicInteger names = new AtomicInteger();
    private final Queue<String> discarded = new ArrayDeque<>();
    private final StatementRunner statements;
    private final UnchangedDatabases unchanged;
    private volatile String template = TEMPLATE;
    private volatile boolean renewing;

    private EmbeddedServer(EmbeddedPostgres postgres) {
        this.postgres = postgres;
        this.memory = memory(postgres);
        this.statements = new StatementRunner(maintenance().dataSource());
        this.unchanged = new UnchangedDatabases(statements);
    }

    static EmbeddedServer start(TemplateChain chain) {
        TemplateChain.Link schema = chain.links().get(0);
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder();
        builder.prepared(schema.key(), server -> {
            server.createDatabase(TEMPLATE);
            fill(server, schema.template());
        });
        for (TemplateChain.Link link : chain.links().subList(1, chain.links().size())) {
            builder.prepared(link.key(), server -> {
                new StatementRunner(server.dataSource("postgres"))
                        .execute("ALTER DATABASE " + TEMPLATE + " WITH ALLOW_CONNECTIONS true");
                fill(server, link.template());
            });
        }
        return new EmbeddedServer(builder.start());
    }

    /**
     * Makes a template that contains PostgreSQL's catalogue cache (pg_internal.init). The first connection to a database
     * writes that file, which takes a third of the connection's time; a clone of a database that has the file need not.
     * The start of a server deletes the file, so it cannot be part of the cached cluster.
     */
    private void connectToTemplate() {
        try {
            postgres.cloneDatabase(TEMPLATE, CONNECTED_TEMPLATE);
            boolean unchangedIsKnown;
            try (Connection connection = postgres.dataSource(CONNECTED_TEMPLATE).getConnection();
                    ResultSet answer = connection.createStatement().executeQuery(UnchangedDatabases.CAN_BE_KNOWN)) {
                answer.next();
                unchangedIsKnown = answer.getBoolean(1);
            }
            postgres.freezeTemplate(CONNECTED_TEMPLATE);
            statements.execute(AWAIT_END_OF_CONNECTION);
            template = CONNECTED_TEMPLATE;
            renewing = unchangedIsKnown;
        } catch (SQLException | RuntimeException unavailable) {
            // Databases are then cloned from the first template, which only makes their first connection slower.
        }
    }

    private static void fill(EmbeddedPostgres server, DatabaseTemplate template) throws Exception {
        TemplateFailure.prepare(template, server.dataSource(TEMPLATE));
        server.freezeTemplate(TEMPLATE);
    }

    @Override
    public String newDatabase() {
        if (clones.incrementAndGet() == CONNECTED_TEMPLATE_FROM) {
            DaemonThreads.thread("template").execute(this::connectToTemplate);
        }
        String name = "test_" + names.incrementAndGet();
        postgres.cloneDatabase(template, name);
        if (renewing) {
            note(name);
        }
        return name;
    }

    private void note(String database) {
        try {
            unchanged.add(database);
        } catch (SQLException unavailable) {
            // It is then discarded after its test.
        }
    }

    @Override
    public Optional<String> renew(String database) {
        if (!renewing) {
            return Optional.empty();
        }
        String name = "test_" + names.incrementAndGet();
        try {
            return unchanged.rename(database, name) ? Optional.of(name) : Optional.empty();
        } catch (SQLException inUse) {
            return Optional.empty();
        }
    }

    @Override
    public DatabaseAddress address(String database) {
        return new DatabaseAddress(postgres.jdbcUrl(database), postgres.user(), "");
    }

    @Override
    public DatabaseAddress maintenance() {
        return address("postgres");
    }

    @Override
    public Optional<Set<String>> sharedContent() {
        try {
            return Optional.of(statements.with(connection -> {
                try (Statement statement = connection.createStatement();
                        ResultSet found = statement.executeQuery(SHARED_CONTENT)) {
                    Set<String> content = new TreeSet<>();
                    while (found.next()) {
                        content.add(found.getString(1));
                    }
                    return content;
                }
            }));
        } catch (SQLException unavailable) {
            return Optional.empty();
        }
    }

    /** Drops nothing when the data directory is on a disk: each DROP DATABASE there slows down the next clones. */
    @Override
    public synchronized void discard(String database) {
        unchanged.remove(database);
        if (memory.isEmpty()) {
            return;
        }
        discarded.add(database);
        int most = hasRoom(memory.get()) ? MOST_DISCARDED : 0;
        while (discarded.size() > most) {
            postgres.dropDatabase(discarded.remove());
        }
    }

    @Override
    public String keep(String database) {
        postgres.leaveRunning(KEPT);
        OptionalLong process = postgres.processId();
        String end = process.isPresent() ? "; to stop it earlier: kill -INT " + process.getAsLong() : "";
        return "psql 'postgresql://" + postgres.user() + "@127.0.0.1:" + postgres.port() + "/" + database
                + "'\nThe server stops " + KEPT.toMinutes() + " minutes after this JVM ends" + end;
    }

    private static boolean hasRoom(FileStore store) {
        try {
            return store.getUsableSpace() >= LEAST_FREE_BYTES;
        } catch (IOException unknown) {
            return false;
        }
    }

    private static Optional<FileStore> memory(EmbeddedPostgres postgres) {
        try {
            return Optional.of(Files.getFileStore(postgres.dataDirectory()))
                    .filter(store -> store.type().equals("tmpfs"));
        } catch (IOException unknown) {
            return Optional.empty();
        }
    }
}
