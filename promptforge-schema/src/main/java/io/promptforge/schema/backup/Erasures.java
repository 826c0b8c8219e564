package io.promptforge.schema.backup;

import io.promptforge.schema.MigrationScript;
import io.promptforge.schema.backup.BackupException.Reason;
import io.promptforge.schema.internal.Rows;
import io.promptforge.schema.internal.SqlState;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;

/** The log of erasures in an archive, which is replayed over the rows of an older one. */
final class Erasures {
    static final String TABLE = "erasures";

    private static final String REPLAYED = "replayed_erasures";
    private static final String KNOWN = "known_erasures";

    private static final String MAKE_ROOM = "CREATE TEMPORARY TABLE %s (LIKE erasures) ON COMMIT DROP";

    /** An erasure that the older archive has too was before it: what that has under the id was written later. */
    private static final String FORGET_KNOWN =
            "DELETE FROM replayed_erasures r USING %s e WHERE e.organization_id = r.organization_id AND e.id = r.id";

    /** For what is not erased, or was logged when it was: until the end of the transaction, also on the nodes of a cluster. */
    static final String UNLOGGED = "SELECT set_locally(quote_ident(current_schema()) || '.log_erasures', 'off')";

    private static final String PREPARE = """
            ANALYZE replayed_erasures;
            %s;
            UPDATE evaluation_results t SET trace_id = NULL FROM replayed_erasures r
            WHERE r.table_name = 'traces' AND t.organization_id = r.organization_id AND t.trace_id = r.row_id;
            UPDATE policy_violations t SET trace_id = NULL FROM replayed_erasures r
            WHERE r.table_name = 'traces' AND t.organization_id = r.organization_id AND t.trace_id = r.row_id;
            DELETE FROM spans t USING replayed_erasures r
            WHERE r.table_name = 'traces' AND t.organization_id = r.organization_id AND t.trace_id = r.row_id""".formatted(UNLOGGED);

    private static final String ORGANIZATIONS =
            "DELETE FROM organizations t USING replayed_erasures r WHERE r.table_name = 'organizations' AND t.id = r.row_id";

    private static final String ROWS = """
            DELETE FROM %1$s t USING replayed_erasures r
            WHERE r.table_name = '%1$s' AND t.organization_id = r.organization_id AND t.id = r.row_id""";

    private static final String KEEP = """
            DELETE FROM erasures e USING replayed_erasures r
            WHERE r.table_name = 'organizations' AND e.organization_id = r.organization_id;
            INSERT INTO erasures SELECT * FROM replayed_erasures
            ON CONFLICT (organization_id, id) DO NOTHING""";

    private final Path file;

    private Erasures(Path file) {
        this.file = file;
    }

    /**
     * Reads the whole archive once; throws if it is damaged, of a newer release, has no erasures, or is the export of another
     * organization than the one that is imported, which is empty for a restore.
     */
    static Erasures verified(Path file, Optional<UUID> imported, List<MigrationScript> scripts, ProgressMeter meter) {
        ArchiveContents contents = ArchiveContents.verified(file, meter);
        contents.refuseUnknownScripts(scripts);
        Optional<UUID> exported = contents.description().organization();
        if (exported.isPresent() && !exported.equals(imported)) {
            throw new BackupException(
                    Reason.OTHER_KIND,
                    file + " has the erasures of organization " + exported.get() + " only",
                    "Use a backup of the whole schema, or one of the erasures only");
        }
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
        copy(connection, file, REPLAYED);
        Session.execute(connection, FORGET_KNOWN.formatted(TABLE));
        return deleteReplayed(connection);
    }

    /**
     * Deletes what of the imported organization was erased after its archive was written, and logs it in this database too.
     *
     * @param older the imported archive
     * @return how many users and traces were deleted
     */
    long replay(Connection connection, UUID organization, Path older) throws SQLException {
        copy(connection, file, REPLAYED);
        copy(connection, older, KNOWN);
        Session.execute(connection, "DELETE FROM replayed_erasures WHERE organization_id <> '" + organization + "'");
        Session.execute(connection, FORGET_KNOWN.formatted(KNOWN));
        if (!Rows.texts(connection, "SELECT id FROM replayed_erasures WHERE table_name = 'organizations'")
                .isEmpty()) {
            throw new BackupException(
                    Reason.CONFLICT,
                    "Organization " + organization + " was deleted after the export, as " + file + " says",
                    "Import it without replaying erasures to bring it back; nothing was imported");
        }
        return deleteReplayed(connection);
    }

    private static void copy(Connection connection, Path archive, String table) throws SQLException {
        Session.execute(connection, MAKE_ROOM.formatted(table));
        ArchiveReader.read(archive, new Copying(connection, table));
    }

    private static long deleteReplayed(Connection connection) throws SQLException {
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
                    "Do not replay erasures, and then delete these rows and the user; nothing was written",
                    e);
        }
    }

    private static final class Copying implements ArchiveReader.Visitor {
        private final Connection connection;
        private final String target;
        private @Nullable CopyIn rows;

        Copying(Connection connection, String target) {
            this.connection = connection;
            this.target = target;
        }

        @Override
        public void begin(ArchiveDescription description) {}

        @Override
        public void table(TableLayout table) throws SQLException {
            if (table.name().equals(TABLE)) {
                rows = Session.copy(connection).copyIn(new TableLayout(target, table.columns()).copyIn());
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
