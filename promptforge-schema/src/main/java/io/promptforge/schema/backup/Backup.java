package io.promptforge.schema.backup;

import io.promptforge.schema.MigrationException;
import io.promptforge.schema.MigrationScript;
import io.promptforge.schema.Migrations;
import io.promptforge.schema.backup.BackupException.Reason;
import io.promptforge.schema.internal.Rows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.YearMonth;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Writes the rows of a schema, or of one organization in it, to an archive.
 *
 * <pre>{@code
 * Backup.of(dataSource).write(Path.of("promptforge.backup"));
 * }</pre>
 *
 * <p>All rows are of one moment, while the service goes on working. The rows are streamed: memory does not grow with them. The file
 * appears under its name when it is complete and on the disk; only its owner can read it, because it contains hashes of passwords
 * and API keys, which log in to what is restored as before, and credentials sealed with the host's master keys.
 * {@link Restore} and {@link OrganizationImport} read it, on any supported version of the server and in this or a later release.
 *
 * <p>It takes one connection, whose role must be able to read all rows. Instances are immutable and thread-safe.
 */
public final class Backup {
    private static final String HISTORY = "SELECT 1 WHERE to_regclass('flyway_schema_history') IS NOT NULL";

    private static final String APPLIED =
            "SELECT version FROM flyway_schema_history WHERE version IS NOT NULL AND success ORDER BY installed_rank";

    private static final String MONTHS = """
            SELECT substr(c.relname, 8, 4) || '-' || substr(c.relname, 13, 2)
            FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
            WHERE i.inhparent = to_regclass('spans') AND c.relname ~ '^spans_y[0-9]{4}m[0-9]{2}$'
            ORDER BY 1""";

    private static final String ROWS = """
            SELECT greatest(sum(greatest(c.reltuples, 0)), 0)::bigint
            FROM pg_class c WHERE c.relnamespace = ?::regnamespace AND c.relkind = 'r'""";

    private final DataSource dataSource;
    private final String schema;
    private final Optional<UUID> organization;
    private final boolean erasuresOnly;
    private final Consumer<TransferProgress> listener;

    private Backup(
            DataSource dataSource,
            String schema,
            Optional<UUID> organization,
            boolean erasuresOnly,
            Consumer<TransferProgress> listener) {
        this.dataSource = dataSource;
        this.schema = schema;
        this.organization = organization;
        this.erasuresOnly = erasuresOnly;
        this.listener = listener;
    }

    /** Returns a backup of the schema {@code promptforge}. Opens no connection yet. */
    public static Backup of(DataSource dataSource) {
        Objects.requireNonNull(dataSource, "dataSource");
        return new Backup(dataSource, "promptforge", Optional.empty(), false, progress -> {});
    }

    /**
     * Returns a backup of another schema.
     *
     * @throws MigrationException when the name is not allowed
     */
    public Backup schema(String name) {
        Migrations.of(dataSource).schema(name);
        return new Backup(dataSource, name, organization, erasuresOnly, listener);
    }

    /** Returns a backup of one organization only: its row, and all rows that belong to it. */
    public Backup organization(UUID id) {
        return new Backup(dataSource, schema, Optional.of(id), false, listener);
    }

    /**
     * Returns a backup of the log of erasures only, which is small: which organizations, users and traces were deleted, and not by
     * retention. {@link Restore#replayingErasures} reads it.
     */
    public Backup erasuresOnly() {
        return new Backup(dataSource, schema, Optional.empty(), true, listener);
    }

    /** Returns a backup that reports its progress, from the calling thread. */
    public Backup progress(Consumer<TransferProgress> consumer) {
        return new Backup(dataSource, schema, organization, erasuresOnly, Objects.requireNonNull(consumer));
    }

    /**
     * Writes the archive.
     *
     * @param file must not exist
     * @throws BackupException when it exists, there is no such organization, the schema was not migrated by this release or an earlier
     *     one, or reading or writing fails; then there is no file. After a kill there is one beside it whose name ends with
     *     {@code .part}; the next backup of this name removes it
     */
    public TransferReport write(Path file) {
        if (Files.exists(file)) {
            throw new BackupException(Reason.FILE, file + " exists already", "Choose another name, or remove it");
        }
        try (UnfinishedFile unfinished = UnfinishedFile.of(file)) {
            TransferReport report = writeTo(unfinished.channel());
            unfinished.complete();
            return report;
        } catch (IOException | UncheckedIOException e) {
            throw unwritable(file, e);
        }
    }

    private TransferReport writeTo(FileChannel channel) throws IOException {
        ProgressMeter meter = new ProgressMeter(listener);
        ExecutorService threads =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try {
            ArchiveWriter archive = new ArchiveWriter(Channels.newOutputStream(channel));
            Map<String, TableContent> contents = new LinkedHashMap<>();
            ArchiveDescription description = Session.snapshot(
                    dataSource, schema, connection -> write(connection, archive, threads, meter, contents));
            meter.end();
            return TransferReport.of(schema, description, contents, channel.size(), false, meter.elapsed());
        } finally {
            threads.shutdownNow();
        }
    }

    private ArchiveDescription write(
            Connection connection,
            ArchiveWriter archive,
            ExecutorService threads,
            ProgressMeter meter,
            Map<String, TableContent> contents)
            throws SQLException {
        ArchiveDescription description = description(connection);
        List<TableLayout> tables = SchemaTables.inLoadOrder(connection, schema).stream()
                .filter(table -> erasuresOnly ? isErasures(table) : organization.isEmpty() || table.isOfTenants())
                .toList();
        meter.begin(
                "Writing", Long.parseLong(Rows.texts(connection, ROWS, schema).get(0)));
        TableCopy copy = new TableCopy(connection, threads, meter::add);
        try {
            archive.description(description);
            for (TableLayout table : tables) {
                archive.table(table);
                TableContent content = copy.read(table, organization, archive::rows);
                archive.tableEnd(content);
                contents.put(table.name(), content);
            }
            archive.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return description;
    }

    private static boolean isErasures(TableLayout table) {
        return table.name().equals(Erasures.TABLE);
    }

    private ArchiveDescription description(Connection connection) throws SQLException {
        SortedMap<Integer, Integer> migrations = migrations(connection);
        SchemaTables.refuseHiddenRows(connection, schema);
        if (organization.isPresent()
                && Rows.texts(connection, "SELECT name FROM organizations WHERE id = ?", organization.get())
                        .isEmpty()) {
            throw new BackupException(
                    Reason.NOT_FOUND, "There is no organization " + organization.get(), "Check the id");
        }
        String server = Rows.texts(connection, "SELECT current_setting('server_version')")
                .get(0);
        List<YearMonth> months =
                Rows.texts(connection, MONTHS).stream().map(YearMonth::parse).toList();
        return new ArchiveDescription(Instant.now(), server, migrations, organization, months);
    }

    private SortedMap<Integer, Integer> migrations(Connection connection) throws SQLException {
        Map<String, Integer> known = new LinkedHashMap<>();
        for (MigrationScript script : Migrations.of(dataSource).scripts()) {
            known.put(script.version(), script.checksum());
        }
        boolean hasHistory = !Rows.texts(connection, HISTORY).isEmpty();
        SortedMap<Integer, Integer> applied = new TreeMap<>();
        for (String version : hasHistory ? Rows.texts(connection, APPLIED) : List.<String>of()) {
            if (!known.containsKey(version)) {
                throw new BackupException(
                        Reason.SCHEMA,
                        "Version " + version + " of the schema is from a newer release",
                        "Use that release to back it up");
            }
            applied.put(Integer.valueOf(version), known.get(version));
        }
        if (applied.isEmpty()) {
            throw new BackupException(Reason.SCHEMA, "Schema " + schema + " has no tables", "Migrate it first");
        }
        return applied;
    }

    private static BackupException unwritable(Path file, Exception e) {
        return new BackupException(
                Reason.FILE,
                "Cannot write " + file + ": " + e.getClass().getSimpleName() + " " + e.getMessage(),
                "Check that the folder exists and has room; there is no file of this name",
                e);
    }
}
