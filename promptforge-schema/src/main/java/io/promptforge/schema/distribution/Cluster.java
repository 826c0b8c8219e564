package io.promptforge.schema.distribution;

import io.promptforge.schema.distribution.DistributionException.Reason;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The cluster that a connection leads to.
 *
 * @param workers how many workers hold rows of this database
 * @param obstacles what is missing, in the order in which it is to be mended
 */
record Cluster(boolean hasExtension, int workers, List<Obstacle> obstacles) {
    private static final String SERVER = """
            SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') AS created,
                   EXISTS (SELECT FROM pg_available_extensions WHERE name = 'citus') AS available,
                   current_setting('citus.shard_count', true) IS NOT NULL AS loaded,
                   current_database() AS database""";

    private static final String NODES = """
            SELECT citus_is_coordinator() AS coordinator,
                   (SELECT count(*) FROM pg_dist_node WHERE isactive AND noderole = 'primary' AND shouldhaveshards) AS workers""";

    /** Rows are copied by COPY, which PostgreSQL refuses behind row-level security, also where a policy shows all rows. */
    private static final String RIGHTS = """
            SELECT count(*) = 0 AS empty,
                   coalesce(bool_and(pg_has_role(relowner, 'USAGE')), true) AS owner,
                   coalesce(bool_or(row_security_active(oid)), false) AS confined
            FROM pg_class
            WHERE relnamespace = to_regnamespace(?)::oid AND relkind IN ('r', 'p') AND relname <> 'flyway_schema_history'""";

    static Cluster of(Connection connection, String schema) throws SQLException {
        List<Obstacle> obstacles = new ArrayList<>(ofSchema(connection, schema));
        try (Statement statement = connection.createStatement();
                ResultSet server = statement.executeQuery(SERVER)) {
            server.next();
            if (server.getBoolean("created")) {
                return withNodes(connection, obstacles);
            }
            obstacles.add(
                    0,
                    server.getBoolean("available") && server.getBoolean("loaded")
                            ? new Obstacle(
                                    Reason.EXTENSION_MISSING,
                                    "The database " + server.getString("database") + " has no extension citus",
                                    "Run CREATE EXTENSION citus in it, on the coordinator and in the database of the same name on each"
                                            + " worker, and add the workers by SELECT citus_add_node('host', 5432)")
                            : new Obstacle(
                                    Reason.CITUS_MISSING,
                                    "The server has no Citus",
                                    "Install it on all nodes, add citus to shared_preload_libraries, and restart them"));
        }
        return new Cluster(false, 0, obstacles);
    }

    private static Cluster withNodes(Connection connection, List<Obstacle> obstacles) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet nodes = statement.executeQuery(NODES)) {
            nodes.next();
            if (nodes.getInt("workers") == 0) {
                obstacles.add(
                        0,
                        new Obstacle(
                                Reason.NO_WORKERS,
                                "The cluster has no worker for this database",
                                "Run SELECT citus_set_coordinator_host('host', 5432), and SELECT citus_add_node('host', 5432) for each"
                                        + " worker"));
            }
            if (!nodes.getBoolean("coordinator")) {
                obstacles.add(
                        0,
                        new Obstacle(
                                Reason.NOT_COORDINATOR,
                                "The server is not the coordinator of the cluster",
                                "Connect to the coordinator; SELECT nodename, nodeport FROM pg_dist_node WHERE groupid = 0 names it"));
            }
            return new Cluster(true, nodes.getInt("workers"), obstacles);
        }
    }

    private static List<Obstacle> ofSchema(Connection connection, String schema) throws SQLException {
        try (var select = connection.prepareStatement(RIGHTS)) {
            select.setString(1, schema);
            try (ResultSet rights = select.executeQuery()) {
                rights.next();
                if (rights.getBoolean("empty")) {
                    return List.of(new Obstacle(
                            Reason.NOT_MIGRATED, "Schema " + schema + " has no tables", "Migrate it first"));
                }
                if (!rights.getBoolean("owner")) {
                    return List.of(new Obstacle(
                            Reason.ACCESS_DENIED,
                            "The role does not own the tables of schema " + schema,
                            "Use the role that migrates"));
                }
                if (rights.getBoolean("confined")) {
                    return List.of(new Obstacle(
                            Reason.ACCESS_DENIED,
                            "Row-level security is forced on the role, and rows cannot be copied behind it",
                            "Use a superuser, or run ALTER ROLE … BYPASSRLS for the owner meanwhile"));
                }
                return List.of();
            }
        }
    }
}
