package io.promptforge.schema.distribution;

import io.promptforge.schema.Sql;
import javax.sql.DataSource;

/**
 * What a distribution reads and calls of Citus, in a database of a server without it: tables are said to be distributed and stay where
 * they are, under the locks that Citus takes. It shows what becomes of Citus's answers, and nothing of what Citus does.
 */
final class CitusAnswers {
    private static final String CATALOGUE = """
            SET allow_system_table_mods TO on;
            INSERT INTO pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion)
            SELECT 'pg_dist_node'::regclass, 'citus', relowner, relnamespace, false, '0' FROM pg_class WHERE oid = 'pg_dist_node'::regclass""";

    private static final String TABLES = """
            SET allow_system_table_mods TO on;
            CREATE TABLE pg_catalog.pg_dist_node (isactive boolean, noderole text, shouldhaveshards boolean);
            INSERT INTO pg_dist_node VALUES (true, 'primary', true);
            CREATE TABLE pg_catalog.pg_dist_partition (logicalrelid regclass);
            CREATE TABLE pg_catalog.pg_dist_object (classid oid, objid oid)""";

    private static final String FUNCTIONS = """
            SET allow_system_table_mods TO on;
            CREATE FUNCTION pg_catalog.citus_is_coordinator() RETURNS boolean LANGUAGE sql AS 'SELECT true';
            CREATE FUNCTION pg_catalog.citus_total_relation_size(regclass) RETURNS bigint LANGUAGE sql AS 'SELECT 0::bigint';
            CREATE FUNCTION pg_catalog.create_distributed_function(regprocedure) RETURNS void LANGUAGE sql AS '';
            CREATE FUNCTION pg_catalog.truncate_local_data_after_distributing_table(regclass) RETURNS void LANGUAGE plpgsql AS
                'BEGIN EXECUTE format(''LOCK TABLE %s IN ACCESS EXCLUSIVE MODE'', $1); END';
            CREATE FUNCTION pg_catalog.undistribute_table(regclass, cascade_via_foreign_keys boolean) RETURNS void LANGUAGE plpgsql AS
                'BEGIN EXECUTE format(''LOCK TABLE %s IN ACCESS EXCLUSIVE MODE'', $1); DELETE FROM pg_dist_partition WHERE logicalrelid = $1; END';
            CREATE FUNCTION pg_catalog.create_distributed_table(regclass, text, colocate_with text) RETURNS void LANGUAGE plpgsql AS
                'BEGIN INSERT INTO pg_dist_partition VALUES ($1); END'""";

    private final DataSource database;

    /** A coordinator with one worker. */
    CitusAnswers(DataSource database) {
        this.database = database;
        Sql.run(database, TABLES, CATALOGUE, FUNCTIONS);
    }

    void toIsCoordinator(boolean answer) {
        replace("citus_is_coordinator() RETURNS boolean LANGUAGE sql AS 'SELECT " + answer + "'");
    }

    void noWorkers() {
        Sql.run(database, "DELETE FROM pg_dist_node");
    }

    /** The server has Citus, and this database has not. */
    void notCreated() {
        Sql.run(
                database,
                "SET allow_system_table_mods TO on",
                "DELETE FROM pg_extension WHERE extname = 'citus'",
                "ALTER VIEW pg_available_extensions RENAME TO pg_extensions_on_disk",
                "CREATE VIEW pg_catalog.pg_available_extensions AS SELECT 'citus' AS name",
                "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET citus.shard_count TO 32', current_database()); END $$");
    }

    /** What the server does for each table that is to be distributed, in PL/pgSQL; the table is {@code $1}. */
    void toDistributeTable(String statement) {
        replace(
                "create_distributed_table(regclass, text, colocate_with text) RETURNS void LANGUAGE plpgsql AS $$ BEGIN "
                        + statement + "; END $$");
    }

    private void replace(String function) {
        Sql.run(database, "SET allow_system_table_mods TO on", "CREATE OR REPLACE FUNCTION pg_catalog." + function);
    }
}
