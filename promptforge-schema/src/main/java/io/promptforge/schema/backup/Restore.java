package io.promptforge.schema.backup;

import io.promptforge.schema.MigrationException;
import io.promptforge.schema.MigrationStatus;
import io.promptforge.schema.MigrationStatus.State;
import io.promptforge.schema.Migrations;
import io.promptforge.schema.backup.BackupException.Reason;
import io.promptforge.schema.internal.Rows;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Restores a whole schema from an archive that {@link Backup} has written.
 *
 * <pre>{@code
 * Restore.of(dataSource).read(Path.of("promptforge.backup"));
 * }</pre>
 *
 * <p>The archive is read once before anything is changed, and refused if any of its bytes has changed. A schema that is missing is
 * created. The rows are loaded in one transaction into a schema of the archive's version, compared with the archive, and migrated to
 * the version of this release afterwards.
 *
 * <p>Stop the services first. The role must own the schema, or be allowed to create it. Instances are immutable and thread-safe.
 */
public final class Restore {
    private final DataSource dataSource;
    private final String schema;
    private final boolean replacing;
    private final Optional<Path> erasures;
    private final Consumer<TransferProgress> listener;

    private Restore(
            DataSource dataSource,
            String schema,
            boolean replacing,
            Optional<Path> erasures,
            Consumer<TransferProgress> listener) {
        this.dataSource = dataSource;
        this.schema = schema;
        this.replacing = replacing;
        this.erasures = erasures;
        this.listener = listener;
    }

    /** Returns a restore into the schema {@code promptforge}. Opens no connection yet. */
    public static Restore of(DataSource dataSource) {
        Objects.requireNonNull(dataSource, "dataSource");
        return new Restore(dataSource, "promptforge", false, Optional.empty(), progress -> {});
    }

    /**
     * Returns a restore into another schema, which need not be the one that was backed up.
     *
     * @throws MigrationException when the name is not allowed
     */
    public Restore schema(String name) {
        Migrations.of(dataSource).schema(name);
        return new Restore(dataSource, name, replacing, erasures, listener);
    }

    /**
     * Returns a restore that <strong>deletes all rows of the schema</strong>, in the transaction that loads those of the archive.
     *
     * @param confirmation the name of the schema
     * @throws BackupException when it is another text
     */
    public Restore replacing(String confirmation) {
        if (!confirmation.equals(schema)) {
            throw new BackupException(
                    Reason.NOT_EMPTY,
                    "Deleting the rows of schema " + schema + " was not confirmed",
                    "Pass the name of the schema as confirmation");
        }
        return new Restore(dataSource, schema, true, erasures, listener);
    }

    /**
     * Returns a restore that, in the transaction that loads the rows, deletes the organizations, users and traces again that were
     * deleted after the archive was written. What retention had deleted, it deletes again when it runs.
     *
     * @param newer an archive that was written later: of the whole schema, or by {@link Backup#erasuresOnly}
     */
    public Restore replayingErasures(Path newer) {
        return new Restore(dataSource, schema, replacing, Optional.of(newer), listener);
    }

    /** Returns a restore that reports its progress, from the calling thread. */
    public Restore progress(Consumer<TransferProgress> consumer) {
        return new Restore(dataSource, schema, replacing, erasures, Objects.requireNonNull(consumer));
    }

    /**
     * Restores the archive.
     *
     * @throws BackupException before any change, when an archive is damaged, of another kind, or from a newer release, or when the
     *     schema has rows and {@link #replacing} was not called; or when loading fails, which leaves the rows as they were
     * @throws MigrationException when migrating the schema fails, before or after the load
     */
    public TransferReport read(Path file) {
        ProgressMeter meter = new ProgressMeter(listener);
        ArchiveContents contents = ArchiveContents.verified(file, meter);
        if (contents.description().organization().isPresent()) {
            throw new BackupException(
                    Reason.OTHER_KIND,
                    file + " is of one organization: "
                            + contents.description().organization().get(),
                    "Import it");
        }
        if (contents.byName().keySet().equals(Set.of(Erasures.TABLE))) {
            throw new BackupException(
                    Reason.OTHER_KIND, file + " has erasures only", "Restore another backup, and replay these");
        }
        Migrations migrations = Migrations.of(dataSource).schema(schema);
        contents.refuseUnknownScripts(migrations.scripts());
        Optional<Erasures> replayed =
                erasures.map(newer -> Erasures.verified(newer, Optional.empty(), migrations.scripts(), meter));
        if (replayed.isPresent() && !contents.byName().containsKey(Erasures.TABLE)) {
            throw new BackupException(
                    Reason.SCHEMA,
                    file + " is of version " + contents.description().version() + ", at which erasures were not logged",
                    "Restore it without replaying erasures");
        }
        String version = contents.description().version();
        refuseRows(migrations.status(), version);
        bringTo(version, migrations);
        long erased;
        try {
            Loader.createPartitions(dataSource, schema, contents.description().months());
            erased = Session.transaction(
                    dataSource, schema, connection -> load(connection, file, contents, replayed, meter));
        } catch (RuntimeException e) {
            migrateNevertheless(migrations, e);
            throw e;
        }
        migrations.apply();
        return TransferReport.of(
                        schema,
                        contents.description(),
                        contents.byName(),
                        file.toFile().length(),
                        true,
                        meter.elapsed())
                .erased(erased);
    }

    private void refuseRows(MigrationStatus status, String version) {
        boolean diverged = status.migrations().stream()
                .anyMatch(one -> one.state() != State.APPLIED && one.state() != State.PENDING);
        if (diverged) {
            throw new BackupException(
                    Reason.SCHEMA,
                    "Schema " + schema + " was not migrated by this release",
                    "Restore into another schema");
        }
        if (status.currentVersion().isEmpty()) {
            return;
        }
        List<String> filled = Session.snapshot(dataSource, schema, this::tablesWithRows);
        if (filled.isEmpty()) {
            return;
        }
        if (!replacing) {
            throw new BackupException(
                    Reason.NOT_EMPTY,
                    "Schema " + schema + " has rows in " + String.join(", ", filled),
                    "Restore into an empty database or another schema, or confirm that its rows may be deleted");
        }
        if (!status.currentVersion().equals(Optional.of(version))) {
            throw new BackupException(
                    Reason.NOT_EMPTY,
                    "Schema " + schema + " has rows and another version than the archive, which is at " + version,
                    "Reset it first");
        }
    }

    private List<String> tablesWithRows(Connection connection) throws SQLException {
        List<String> filled = new ArrayList<>();
        for (TableLayout table : SchemaTables.inLoadOrder(connection, schema)) {
            String name = TableLayout.quoted(table.name());
            if (!Rows.texts(connection, "SELECT 1 FROM " + name + " LIMIT 1").isEmpty()) {
                filled.add(table.name());
            }
        }
        return filled;
    }

    /** Migrates an empty schema to this version, or back to it. */
    private void bringTo(String version, Migrations migrations) {
        int now = migrations.status().currentVersion().map(Integer::valueOf).orElse(0);
        if (now > Integer.parseInt(version)) {
            migrations.rollbackTo(version);
        } else {
            migrations.upTo(version).apply();
        }
    }

    /** So that the services can start again on the rows that were there before. */
    private static void migrateNevertheless(Migrations migrations, RuntimeException failed) {
        try {
            migrations.apply();
        } catch (RuntimeException again) {
            failed.addSuppressed(again);
        }
    }

    /** Returns how many rows were erased again. */
    private long load(
            Connection connection,
            Path file,
            ArchiveContents contents,
            Optional<Erasures> replayed,
            ProgressMeter meter)
            throws SQLException {
        List<String> tables = contents.tables().keySet().stream()
                .map(table -> TableLayout.quoted(table.name()))
                .toList();
        if (replacing) {
            Session.execute(connection, "TRUNCATE " + String.join(", ", tables));
        }
        Loader loader = new Loader(connection, schema, meter);
        loader.refuseUnknownColumns(contents);
        loader.load(file, contents);
        loader.verify(contents);
        long erased = replayed.isPresent() ? replayed.get().replay(connection) : 0;
        Session.execute(connection, "ANALYZE " + String.join(", ", tables));
        return erased;
    }
}
