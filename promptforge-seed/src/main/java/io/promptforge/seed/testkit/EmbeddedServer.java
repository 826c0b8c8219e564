package io.promptforge.seed.testkit;

import io.promptforge.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server of this JVM's own, which goes with it. Its cluster, with the template in it, is cached between runs. There is
 * one for each chain: cached clusters start faster than a second template is made.
 */
final class EmbeddedServer implements DatabaseServer {
    private static final String TEMPLATE = "promptforge_template";

    /** A copy of it that somebody has been connected to. */
    private static final String CONNECTED_TEMPLATE = "promptforge_connected_template";

    private static final String AWAIT_END_OF_CONNECTION =
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '" + CONNECTED_TEMPLATE + "'";

    /** A JVM that uses no more databases has a test or two, and would only wait for the better template. */
    private static final int FEW = 4;

    /** How long a developer has to look into a database that was kept. */
    private static final Duration KEPT = Duration.ofHours(1);

    /** A database takes 10 MB. In memory so many are left alone, and none when there is less room than this. */
    private static final int LEFT_ALONE = 32;

    private static final long ROOM = 512L * 1024 * 1024;

    private final EmbeddedPostgres postgres;
    private final Optional<FileStore> memory;
    private final AtomicInteger names = new AtomicInteger();
    private final Queue<String> discarded = new ArrayDeque<>();
    private volatile String template = TEMPLATE;

    private EmbeddedServer(EmbeddedPostgres postgres) {
        this.postgres = postgres;
        this.memory = memory(postgres);
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
     * The first connection to a database writes PostgreSQL's cache of the catalogue (pg_internal.init) beside its tables,
     * which is a third of that connection's time. The start of a server removes it, but clones of a database that has it
     * have it too.
     */
    private void connectToTemplate() {
        try {
            postgres.cloneDatabase(TEMPLATE, CONNECTED_TEMPLATE);
            try (Connection connection = postgres.dataSource(CONNECTED_TEMPLATE).getConnection()) {
                connection.createStatement().execute("SELECT 1");
            }
            postgres.freezeTemplate(CONNECTED_TEMPLATE);
            new StatementRunner(maintenance().dataSource()).execute(AWAIT_END_OF_CONNECTION);
            template = CONNECTED_TEMPLATE;
        } catch (SQLException | RuntimeException unavailable) {
            // The other one is as good.
        }
    }

    private static void fill(EmbeddedPostgres server, TestTemplate template) throws Exception {
        template.prepare(server.dataSource(TEMPLATE));
        server.freezeTemplate(TEMPLATE);
    }

    @Override
    public String newDatabase() {
        int number = names.incrementAndGet();
        if (number == FEW) {
            DaemonThreads.thread("template").execute(this::connectToTemplate);
        }
        String name = "test_" + number;
        postgres.cloneDatabase(template, name);
        return name;
    }

    @Override
    public DatabaseAddress address(String database) {
        return new DatabaseAddress(postgres.jdbcUrl(database), postgres.user(), "");
    }

    @Override
    public DatabaseAddress maintenance() {
        return address("postgres");
    }

    /** On a disk dropping costs more than it frees: the more was dropped, the longer the next clone takes. */
    @Override
    public synchronized void discard(String database) {
        if (memory.isEmpty()) {
            return;
        }
        discarded.add(database);
        int leftAlone = hasRoom(memory.get()) ? LEFT_ALONE : 0;
        while (discarded.size() > leftAlone) {
            postgres.dropDatabase(discarded.remove());
        }
    }

    @Override
    public String keep(String database) {
        postgres.leaveRunning(KEPT);
        OptionalLong process = postgres.processId();
        String end = process.isPresent() ? ", or with: kill -INT " + process.getAsLong() : "";
        return "psql 'postgresql://" + postgres.user() + "@127.0.0.1:" + postgres.port() + "/" + database
                + "'\nIts server ends " + KEPT.toMinutes() + " minutes after this JVM" + end;
    }

    private static boolean hasRoom(FileStore store) {
        try {
            return store.getUsableSpace() >= ROOM;
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
