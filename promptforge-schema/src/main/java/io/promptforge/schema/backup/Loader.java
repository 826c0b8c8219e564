package io.promptforge.schema.backup;

import io.promptforge.schema.backup.BackupException.Reason;
import io.promptforge.schema.internal.Rows;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;

/** Loads the rows of an archive in the transaction of a connection, and verifies what is in the tables then. */
final class Loader {
    private final Connection connection;
    private final String schema;
    private final ProgressMeter meter;

    Loader(Connection connection, String schema, ProgressMeter meter) {
        this.connection = connection;
        this.schema = schema;
        this.meter = meter;
    }

    /** Makes the partitions of these months, each in a transaction of its own, because that locks tables of the service. */
    static void createPartitions(DataSource dataSource, String schema, List<YearMonth> months) {
        for (YearMonth month : months) {
            Session.transaction(
                    dataSource,
                    schema,
                    connection -> Rows.texts(
                            connection,
                            "SELECT create_span_partitions(?::date, 1)",
                            month.atDay(1).toString()));
        }
    }

    /** Throws unless the schema has every table and column of the archive. */
    void refuseUnknownColumns(ArchiveContents contents) throws SQLException {
        Map<String, List<String>> present = SchemaTables.inLoadOrder(connection, schema).stream()
                .collect(Collectors.toMap(TableLayout::name, TableLayout::columns));
        for (TableLayout table : contents.tables().keySet()) {
            if (!present.getOrDefault(table.name(), List.of()).containsAll(table.columns())) {
                throw new BackupException(
                        Reason.SCHEMA,
                        "Table " + table.name() + " of schema " + schema
                                + " is missing, or lacks columns of the archive",
                        "Migrate the schema; if it is newer, restore the archive elsewhere, migrate it there, and export it again");
            }
        }
    }

    /** Loads the rows of the given tables of the file. Triggers on new rows are off meanwhile, and row-level security is not forced on the owner; constraints are checked. */
    void load(Path file, ArchiveContents contents) throws SQLException {
        SchemaTables.refuseHiddenRows(connection, schema);
        List<String> forced = SchemaTables.forced(connection, schema);
        for (String table : forced) {
            Session.execute(connection, "ALTER TABLE " + table + " NO FORCE ROW LEVEL SECURITY");
        }
        List<String> triggers = SchemaTables.insertTriggers(connection, schema);
        for (String trigger : triggers) {
            Session.execute(connection, "ALTER TABLE " + trigger.replace(" TRIGGER ", " DISABLE TRIGGER "));
        }
        meter.begin("Loading", contents.rows());
        ArchiveReader.read(file, new Copying(contents));
        setConstraints(false, contents);
        for (String trigger : triggers) {
            Session.execute(connection, "ALTER TABLE " + trigger.replace(" TRIGGER ", " ENABLE TRIGGER "));
        }
        for (String table : forced) {
            Session.execute(connection, "ALTER TABLE " + table + " FORCE ROW LEVEL SECURITY");
        }
        meter.end();
    }

    /**
     * Defers the deferrable constraints to the commit, or checks them now and from now on at once. For each organization, since on
     * a cluster their rows, and so their constraints, are on different nodes.
     */
    void setConstraints(boolean deferred, ArchiveContents contents) throws SQLException {
        String which = contents.description()
                .organization()
                .map(id -> " WHERE id = '" + id + "'")
                .orElse("");
        Session.execute(
                connection,
                "SELECT set_constraints(%s, count(*)) FROM organizations%s GROUP BY id".formatted(deferred, which));
    }

    /** Throws unless the tables have exactly the rows of the archive. */
    void verify(ArchiveContents contents) throws SQLException {
        Optional<String> different = firstDifference(contents);
        if (different.isPresent()) {
            throw new BackupException(
                    Reason.NOT_VERIFIED,
                    "After the load, table " + different.get() + " has other rows than the archive",
                    "Nothing was restored; other sessions must not write meanwhile");
        }
    }

    /** The first table whose rows, or rows of the organization, are not those of the archive. */
    Optional<String> firstDifference(ArchiveContents contents) throws SQLException {
        Optional<UUID> organization = contents.description().organization();
        meter.begin("Checking", contents.rows());
        ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            TableCopy copy = new TableCopy(connection, threads, meter::add);
            for (Map.Entry<TableLayout, TableContent> table : contents.tables().entrySet()) {
                if (!copy.read(table.getKey(), organization, null).equals(table.getValue())) {
                    return Optional.of(table.getKey().name());
                }
            }
        } finally {
            threads.shutdownNow();
        }
        meter.end();
        return Optional.empty();
    }

    private final class Copying implements ArchiveReader.Visitor {
        private final ArchiveContents contents;
        private @Nullable CopyIn rows;

        Copying(ArchiveContents contents) {
            this.contents = contents;
        }

        @Override
        public void begin(ArchiveDescription description) {}

        @Override
        public void table(TableLayout table) throws SQLException {
            if (contents.tables().containsKey(table)) {
                rows = Session.copy(connection).copyIn(table.copyIn());
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
                meter.add(content.rows());
                if (table.name().equals("organizations")) { // the first one, which refers to no other
                    setConstraints(true, contents);
                }
            }
        }
    }
}
