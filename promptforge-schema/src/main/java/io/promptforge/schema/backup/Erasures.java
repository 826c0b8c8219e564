package io.promptforge.schema.backup;

import io.promptforge.schema.MigrationScript;
import io.promptforge.schema.backup.BackupException.Reason;
import io.promptforge.schema.internal.SqlState;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;

/** The log of erasures in an archive, which is replayed over the rows of an older one. */
final class Erasures {
    static final String TABLE = "erasures";

    private static final String REPLAYED = "replayed_erasures";

    private static final String MAKE_ROOM = "CREATE TEMPORARY TABLE replayed_erasures (LIKE erasures) ON COMMIT DROP";

    /** An erasure that the older archive has too was before it: what that has under the id was written later. */
    private static final String PREPARE = """
            DELETE FROM replayed_erasures r USING erasures e WHERE e.organization_id = r.organization_id AND e.id = r.id;
            ANALYZE replayed_erasures;
            SELECT set_config(current_schema() || '.log_erasures', 'off', true);
            UPDATE evaluation_results t SET trace_id = NULL FROM replayed_erasures r
            WHERE r.table_name = 'traces' AND t.organization_id = r.organization_id AND t.trace_id = r.row_id;
            UPDATE policy_violations t SET trace_id = NULL FROM replayed_erasures r
            WHERE r.table_name = 'traces' AND t.organization_id = r.organization_id AND t.trace_id = r.row_id;
            DELETE FROM spans t USING replayed_erasures r
            WHERE r.table_name = 'traces' AND t.organization_id = r.organization_id AND t.trace_id = r.row_id""";

    private static final String ORGANIZATIONS =
            "DELETE FROM organizations t USING replayed_erasures r WHERE r.table_name = 'organizations' AND t.id = r.row_id";

    private static final String ROWS = """
            DELETE FROM %1$s t USING replayed_erasures r
            WHERE r.table_name = '%1$s' AND t.organization_id = r.organization_id AND t.id = r.row_id""";

    private static final String KEEP = """
            DELETE FROM erasures e USING replayed_erasures r
            WHERE r.table_name = 'organizations' AND e.organization_id = r.organization_id;
            INSERT INTO erasures SELECT * FROM replayed_erasures""";

    private final Path file;

    private Erasures(Path file) {
        this.file = file;
    }

    /** Reads the whole archive once; throws if it is damaged, of a newer release, or has no erasures. */
    static Erasures verified(Path file, List<MigrationScript> scripts, ProgressMeter meter) {
        ArchiveContents contents = ArchiveContents.verified(file, meter);
        contents.refuseUnknownScripts(scripts);
        if (!contents.byName().containsKey(TABLE)) {
            throw new BackupException(
                    Reason.OTHER_KIND,
                    file + " has no log of erasures",
                    "Use a backup of a whole schema at version 15 or later, or one of the erasures only");
        }
        return new Erasures(file);
    }

    /**
     * Deletes what was erased after the loaded archive was written, and keeps the log of it.
     *
     * @return how many organizations, users and traces were deleted; traces of deleted organizations are not counted
     */
    long replay(Connection connection) throws SQLException {
        Session.execute(connection, MAKE_ROOM);
        ArchiveReader.read(file, new Copying(connection));
        try (Statement statement = connection.createStatement()) {
            statement.execute(PREPARE);
            long deleted = statement.executeLargeUpdate(ORGANIZATIONS);
            deleted += statement.executeLargeUpdate(ROWS.formatted("traces"));
            deleted += deleteUsers(statement);
            statement.execute(KEEP);
            return deleted;
        }
    }

    private static long deleteUsers(Statement statement) throws SQLException {
        try {
            return statement.executeLargeUpdate(ROWS.formatted("users"));
        } catch (SQLException e) {
            if (!SqlState.of(e).equals(SqlState.FOREIGN_KEY_VIOLATION)) {
                throw e;
            }
            throw new BackupException(
                    Reason.CONFLICT,
                    "In the archive, a user who was erased later is still the author of other rows",
                    "Restore without replaying erasures, and then delete these rows and the user; nothing was restored",
                    e);
        }
    }

    private static final class Copying implements ArchiveReader.Visitor {
        private final Connection connection;
        private @Nullable CopyIn rows;

        Copying(Connection connection) {
            this.connection = connection;
        }

        @Override
        public void begin(ArchiveDescription description) {}

        @Override
        public void table(TableLayout table) throws SQLException {
            if (table.name().equals(TABLE)) {
                rows = Session.copy(connection).copyIn(new TableLayout(REPLAYED, table.columns()).copyIn());
            }
        }

        @Override
        public void rows(byte[] block) throws SQLException {
            if (rows != null) {
                rows.writeToCopy(block, 0, block.length);
            }
        }

        @Override
        public void tableEnd(TableLayout table, TableContent content) throws SQLException {
            if (rows != null) {
                rows.endCopy();
                rows = null;
            }
        }
    }
}
