package io.promptforge.seed.testkit;

import io.promptforge.seed.testkit.TenantWall.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Breaks what keeps tenants apart in a test database, one wall after the other, to find out whether your tests notice:
 *
 * <pre>{@code
 * WallReport report = TenantWalls.of(database.dataSource()).schema("shop").breakEach(wall -> ordersOfOthersAreNotFound());
 *
 * assertThat(report.survived()).isEmpty();
 * }</pre>
 *
 * <p>The walls are read from the catalogue: those of {@code organizations} and of each table with a column {@code organization_id}.
 * Policies that hold for the owner only are left out, since they are no walls. So are partitions, since what is read through their table has its walls. Immutable.
 */
public final class TenantWalls {

    /** The kind, the table, the name, and the statements that break and mend; the parameter is the schema. */
    private static final String WALLS = """
            WITH tables AS (
                SELECT c.oid AS id, c.relname::text AS name, c.oid::regclass::text AS quoted, c.relowner AS owner,
                       c.relrowsecurity AS is_secured, c.relforcerowsecurity AS is_forced
                FROM pg_class c
                JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = CASE c.relname WHEN 'organizations' THEN 'id' ELSE 'organization_id' END
                WHERE c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = ?)
                AND c.relkind IN ('r', 'p') AND NOT c.relispartition)
            SELECT 'ROW_SECURITY', name, name,
                format('ALTER TABLE %s DISABLE ROW LEVEL SECURITY', quoted), format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', quoted)
            FROM tables WHERE is_secured
            UNION ALL
            SELECT 'FORCED_ROW_SECURITY', name, name,
                format('ALTER TABLE %s NO FORCE ROW LEVEL SECURITY', quoted), format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', quoted)
            FROM tables WHERE is_secured AND is_forced
            UNION ALL
            SELECT 'POLICY', name, p.polname,
                format('ALTER POLICY %I ON %s', p.polname, quoted)
                    || CASE WHEN p.polqual IS NOT NULL THEN ' USING (true)' ELSE '' END
                    || CASE WHEN p.polwithcheck IS NOT NULL THEN ' WITH CHECK (true)' ELSE '' END,
                format('ALTER POLICY %I ON %s', p.polname, quoted)
                    || coalesce(' USING (' || pg_get_expr(p.polqual, id) || ')', '')
                    || coalesce(' WITH CHECK (' || pg_get_expr(p.polwithcheck, id) || ')', '')
            FROM tables JOIN pg_policy p ON p.polrelid = id
            WHERE p.polroles <> ARRAY[owner]
            AND (pg_get_expr(p.polqual, id) <> 'true' OR pg_get_expr(p.polwithcheck, id) <> 'true')
            UNION ALL
            SELECT 'FOREIGN_KEY', name, k.conname,
                format('ALTER TABLE %s DROP CONSTRAINT %I', quoted, k.conname),
                format('ALTER TABLE %s ADD CONSTRAINT %I %s', quoted, k.conname, pg_get_constraintdef(k.oid))
            FROM tables JOIN pg_constraint k ON k.conrelid = id AND k.contype = 'f' AND k.conparentid = 0
            JOIN pg_attribute a ON a.attrelid = id AND a.attnum = k.conkey[1]
            WHERE a.attname = 'organization_id' AND cardinality(k.conkey) > 1
            ORDER BY 2, 1, 3""";

    private final DataSource owner;
    private final String schema;

    private TenantWalls(DataSource owner, String schema) {
        this.owner = owner;
        this.schema = schema;
    }

    /** The tests that are to notice a broken wall. */
    @FunctionalInterface
    public interface Check {
        /**
         * Passes while all walls stand, and throws when this one is broken.
         *
         * @param broken by whose table a check may choose what it tests
         * @throws Exception or an error, if it notices
         */
        void run(TenantWall broken) throws Exception;
    }

    /**
     * The walls of the schema {@code promptforge}.
     *
     * @param owner connects to a test database that nothing else uses meanwhile, as the owner of the tables or a superuser
     */
    public static TenantWalls of(DataSource owner) {
        return new TenantWalls(owner, "promptforge");
    }

    /** These, but of another schema. */
    public TenantWalls schema(String other) {
        return new TenantWalls(owner, other);
    }

    /**
     * The walls that stand, by table.
     *
     * @throws TestDatabaseException if the server refuses
     */
    public List<TenantWall> list() {
        try (Connection connection = owner.getConnection();
                PreparedStatement select = connection.prepareStatement(WALLS)) {
            select.setString(1, schema);
            List<TenantWall> walls = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    walls.add(new TenantWall(
                            Kind.valueOf(row.getString(1)),
                            row.getString(2),
                            row.getString(3),
                            row.getString(4),
                            row.getString(5)));
                }
            }
            return walls;
        } catch (SQLException e) {
            throw new TestDatabaseException(
                    "The walls of the schema " + schema + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Runs a check for each wall: while all stand, then while this one is broken, on whatever connections the check opens. Each wall is
     * restored before the next is broken, also after an error of the check.
     *
     * @throws IllegalStateException if the check fails while all walls stand, so that its failures would say nothing
     * @throws TestDatabaseException if the server refuses to break or restore a wall, or a transaction that the check has left open is
     *     in the way for 10 seconds
     */
    public WallReport breakEach(Check check) {
        List<TenantWall> killed = new ArrayList<>();
        List<TenantWall> survived = new ArrayList<>();
        for (TenantWall wall : list()) {
            passWhileAllStand(check, wall);
            (isNoticed(check, wall) ? killed : survived).add(wall);
        }
        return new WallReport(killed, survived);
    }

    private static void passWhileAllStand(Check check, TenantWall wall) {
        try {
            check.run(wall);
        } catch (Exception | AssertionError e) {
            throw new IllegalStateException(
                    "The check of the " + wall.kind() + " " + wall.name() + " of " + wall.table()
                            + " fails while nothing is broken: " + e.getMessage(),
                    e);
        }
    }

    private boolean isNoticed(Check check, TenantWall wall) {
        execute(wall.breaking());
        try {
            check.run(wall);
            return false;
        } catch (Exception | AssertionError noticed) {
            return true;
        } finally {
            execute(wall.mending());
        }
    }

    private void execute(String sql) {
        try (Connection connection = owner.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET lock_timeout = '10s'");
            statement.execute(sql);
            statement.execute("RESET lock_timeout");
        } catch (SQLException e) {
            throw new TestDatabaseException(sql + " failed: " + e.getMessage(), e);
        }
    }
}
