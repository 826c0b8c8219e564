package io.promptforge.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A cluster of Citus that runs already, for tests of distributed tables. Each database is made on all its nodes, with the extension and
 * the workers, and dropped when the JVM ends.
 *
 * <p>Cloning works because the metadata of a cluster name the nodes, but not the database. A template must have no connection, also not
 * that of its maintenance daemon.
 */
public final class CitusCluster implements PostgresServer {

    /**
     * The system property with the JDBC URL of a database of the coordinator in which the workers were added, for a superuser on all nodes
     * of this machine.
     */
    public static final String URL = "promptforge.citus.url";

    private static final String NODES = """
            SELECT nodename, nodeport FROM pg_dist_node WHERE noderole = 'primary' AND isactive AND groupid <> 0 ORDER BY groupid""";

    private static final String EMPTY = "empty";

    private record Node(String host, int port) {}

    private final PGSimpleDataSource coordinator;
    private final List<Node> workers;
    private final Set<String> databases = ConcurrentHashMap.newKeySet();

    private CitusCluster(PGSimpleDataSource coordinator, List<Node> workers) {
        this.coordinator = coordinator;
        this.workers = workers;
    }

    /**
     * The cluster of the system property {@value #URL}; empty if it is not set. One per JVM.
     *
     * @throws EmbeddedPostgresException when it cannot be reached or has no worker
     */
    public static Optional<CitusCluster> given() {
        return System.getProperty(URL, "").isBlank() ? Optional.empty() : Optional.of(Only.CLUSTER);
    }

    private static final class Only {
        static final CitusCluster CLUSTER = open(System.getProperty(URL));
    }

    private static CitusCluster open(String url) {
        PGSimpleDataSource coordinator = new PGSimpleDataSource();
        coordinator.setUrl(url);
        List<Node> workers = new ArrayList<>();
        try (Connection connection = coordinator.getConnection();
                Statement statement = connection.createStatement();
                ResultSet nodes = statement.executeQuery(NODES)) {
            while (nodes.next()) {
                workers.add(new Node(nodes.getString(1), nodes.getInt(2)));
            }
        } catch (SQLException e) {
            throw new EmbeddedPostgresException(URL + " is no database of a coordinator: " + e.getMessage(), e);
        }
        if (workers.isEmpty()) {
            throw new EmbeddedPostgresException(URL + " is a database without workers; add them by citus_add_node");
        }
        CitusCluster cluster = new CitusCluster(coordinator, workers);
        Runtime.getRuntime().addShutdownHook(new Thread(cluster::dropAll, "promptforge-citus-databases-end"));
        cluster.createEmpty();
        return cluster;
    }

    @Override
    public boolean isCluster() {
        return true;
    }

    @Override
    public int port() {
        return main().port();
    }

    @Override
    public String user() {
        return String.valueOf(coordinator.getUser());
    }

    @Override
    public DataSource dataSource(String database) {
        return dataSource(main(), database);
    }

    @Override
    public void run(String sql) {
        each(node -> run(node, "postgres", sql));
    }

    @Override
    public void createDatabase(String name) {
        cloneDatabase(EMPTY, name);
    }

    @Override
    public void cloneDatabase(String template, String name) {
        databases.add(name);
        run("CREATE DATABASE " + actual(name) + " TEMPLATE " + actual(template) + " STRATEGY FILE_COPY");
    }

    @Override
    public void dropDatabase(String name) {
        run("DROP DATABASE " + actual(name) + " WITH (FORCE)");
        databases.remove(name);
    }

    @Override
    public void freezeTemplate(String name) {
        run("ALTER DATABASE " + actual(name) + " WITH IS_TEMPLATE true ALLOW_CONNECTIONS false");
        run("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '" + actual(name) + "'");
    }

    /** The names of one JVM do not collide with those of another. */
    private static String actual(String name) {
        return name.equals("postgres") ? name : "pf_" + ProcessHandle.current().pid() + "_" + name;
    }

    private void createEmpty() {
        databases.add(EMPTY);
        run("CREATE DATABASE " + actual(EMPTY));
        each(node -> run(node, EMPTY, "CREATE EXTENSION citus"));
        Node main = main();
        run(main, EMPTY, "SELECT citus_set_coordinator_host('" + main.host() + "', " + main.port() + ")");
        for (Node worker : workers) {
            run(main, EMPTY, "SELECT citus_add_node('" + worker.host() + "', " + worker.port() + ")");
        }
        freezeTemplate(EMPTY);
    }

    private void dropAll() {
        for (String name : databases) {
            try {
                run("ALTER DATABASE " + actual(name) + " WITH IS_TEMPLATE false");
                run("DROP DATABASE " + actual(name) + " WITH (FORCE)");
            } catch (EmbeddedPostgresException stays) {
                // Nothing else can be done when the JVM ends.
            }
        }
    }

    /** On all nodes at once. */
    private void each(Consumer<Node> work) {
        List<Node> nodes = new ArrayList<>(List.of(main()));
        nodes.addAll(workers);
        List<CompletableFuture<Void>> running = nodes.stream()
                .map(node -> CompletableFuture.runAsync(() -> work.accept(node)))
                .toList();
        try {
            running.forEach(CompletableFuture::join);
        } catch (CompletionException e) {
            throw new EmbeddedPostgresException(String.valueOf(e.getMessage()), e);
        }
    }

    private void run(Node node, String database, String sql) {
        try (Connection connection = dataSource(node, database).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new EmbeddedPostgresException(sql + " failed on " + node + ": " + e.getMessage(), e);
        }
    }

    private Node main() {
        return new Node(coordinator.getServerNames()[0], coordinator.getPortNumbers()[0]);
    }

    private DataSource dataSource(Node node, String database) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setServerNames(new String[] {node.host()});
        dataSource.setPortNumbers(new int[] {node.port()});
        dataSource.setDatabaseName(actual(database));
        dataSource.setUser(coordinator.getUser());
        dataSource.setPassword(coordinator.getPassword());
        dataSource.setSslMode("disable");
        dataSource.setGssEncMode("disable");
        return dataSource;
    }
}
