package io.promptforge.schema.backup;

import io.promptforge.schema.MigrationException;
import io.promptforge.schema.MigrationScript;
import io.promptforge.schema.Migrations;
import io.promptforge.schema.backup.BackupException.Reason;
import io.promptforge.schema.internal.Rows;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;

/**
 * Imports one organization, from an archive of {@link Backup#organization}, into a database with other ones. Ids stay as they are.
 *
 * <p>The archive is read once before anything is changed; it is refused if any of its bytes has changed, or if a row is of another
 * organization. All rows are written in one transaction, and compared with the archive. When the organization is there
 * with equal rows, nothing is written. What was deleted since the export is brought back, the organization
 * itself too, unless {@link #replayingErasures} is called. The log of erasures of the database stays as it is. The schema may be at a later version than the archive, if each of its columns still exists.
 *
 * <p>The role must own the schema. Unless it bypasses row-level security, other sessions wait for the tables until it has ended; if it
 * does, only writes to tables with triggers on new rows wait, such as {@code prompt_versions}. Instances are immutable and thread-safe.
 */
public final class OrganizationImport {
    /** On Citus, no index holds what is unique over the platform; see the functions. */
    private static final String CLAIM_KEYS = """
            DO $$
            DECLARE
                r record;
            BEGIN
                IF EXISTS (SELECT FROM pg_extension WHERE extname = 'citus') THEN
                    FOR r IN SELECT * FROM organizations WHERE id = '%1$s' LOOP
                        PERFORM claim_organization_keys(r.id, r.name, r.slug);
                    END LOOP;
                    FOR r IN SELECT * FROM users WHERE organization_id = '%1$s' ORDER BY lower(email) LOOP
                        PERFORM claim_user_keys(r.organization_id, r.id, r.email, r.sso_issuer, r.sso_subject);
                    END LOOP;
                END IF;
            END
            $$""";

    private final DataSource dataSource;
    private final String schema;
    private final boolean replacing;
    private final Optional<Path> erasures;
    private final Consumer<TransferProgress> listener;

    private OrganizationImport(
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

    /** Returns an import into the schema {@code promptforge}. Opens no connection yet. */
    public static OrganizationImport of(DataSource dataSource) {
        Objects.requireNonNull(dataSource, "dataSource");
        return new OrganizationImport(dataSource, "promptforge", false, Optional.empty(), progress -> {});
    }

    /**
     * Returns an import into another schema.
     *
     * @throws MigrationException when the name is not allowed
     */
    public OrganizationImport schema(String name) {
        Migrations.of(dataSource).schema(name);
        return new OrganizationImport(dataSource, name, replacing, erasures, listener);
    }

    /** Returns an import that <strong>deletes the organization</strong> first if it is there with other rows. */
    public OrganizationImport replacing() {
        return new OrganizationImport(dataSource, schema, true, erasures, listener);
    }

    /**
     * Returns an import that, in the same transaction, deletes the users and traces again that were deleted after the export was
     * written.
     *
     * @param newer an archive that was written later, by the database that the export is from: of the whole schema, by
     *     {@link Backup#erasuresOnly}, or a later export of the organization
     */
    public OrganizationImport replayingErasures(Path newer) {
        return new OrganizationImport(dataSource, schema, replacing, Optional.of(newer), listener);
    }

    /** Returns an import that reports its progress, from the calling thread. */
    public OrganizationImport progress(Consumer<TransferProgress> consumer) {
        return new OrganizationImport(dataSource, schema, replacing, erasures, Objects.requireNonNull(consumer));
    }

    /**
     * Imports the archive.
     *
     * @throws BackupException when an archive is damaged, of another kind, or from a newer release, when the organization is there
     *     with other rows and {@link #replacing} was not called, when the erasures say that the organization was deleted, or when a value is taken that must be unique over the platform, such as
     *     an e-mail address; nothing was written then
     */
    public TransferReport read(Path file) {
        ProgressMeter meter = new ProgressMeter(listener);
        ArchiveContents contents = ArchiveContents.verified(file, meter);
        UUID organization = contents.description()
                .organization()
                .orElseThrow(() -> new BackupException(
                        Reason.OTHER_KIND, file + " is of a whole schema", "Restore it into an empty database"));
        List<MigrationScript> scripts = Migrations.of(dataSource).scripts();
        contents.refuseUnknownScripts(scripts);
        Optional<Erasures> replayed =
                erasures.map(newer -> Erasures.verified(newer, Optional.of(organization), scripts, meter));
        if (replayed.isPresent() && !contents.byName().containsKey(Erasures.TABLE)) {
            throw new BackupException(
                    Reason.SCHEMA,
                    file + " is of version " + contents.description().version() + ", at which erasures were not logged",
                    "Import it without replaying erasures");
        }
        ArchiveContents loaded = contents.without(Erasures.TABLE);
        Loader.createPartitions(dataSource, schema, contents.description().months());
        Outcome outcome = Session.transaction(
                dataSource, schema, connection -> load(connection, file, organization, loaded, replayed, meter));
        return TransferReport.of(
                        schema,
                        contents.description(),
                        loaded.byName(),
                        file.toFile().length(),
                        outcome.loaded || outcome.erased > 0,
                        meter.elapsed())
                .erased(outcome.erased);
    }

    private record Outcome(boolean loaded, long erased) {}

    private Outcome load(
            Connection connection,
            Path file,
            UUID organization,
            ArchiveContents contents,
            Optional<Erasures> replayed,
            ProgressMeter meter)
            throws SQLException {
        Loader loader = new Loader(connection, schema, meter);
        loader.refuseUnknownColumns(contents);
        boolean exists = !Rows.texts(connection, "SELECT name FROM organizations WHERE id = ? FOR UPDATE", organization)
                .isEmpty();
        boolean load = !exists || loader.firstDifference(contents).isPresent();
        if (exists && load) {
            // At once, or the load could not disable triggers of tables with rows that are still to be checked.
            loader.setConstraints(false, contents);
            deleteOrganization(connection, organization);
        }
        if (load) {
            loader.load(file, contents);
            Session.execute(connection, CLAIM_KEYS.formatted(organization));
            loader.verify(contents);
        }
        long erased = replayed.isPresent() ? replayed.get().replay(connection, organization, file) : 0;
        return new Outcome(load, erased);
    }

    private void deleteOrganization(Connection connection, UUID organization) throws SQLException {
        if (!replacing) {
            throw new BackupException(
                    Reason.NOT_EMPTY,
                    "Organization " + organization + " is there already, with other rows than the archive",
                    "Delete it first, or confirm that it may be replaced");
        }
        // It is written again, so it is not erased.
        Session.execute(connection, Erasures.UNLOGGED);
        Session.execute(connection, "DELETE FROM organizations WHERE id = '" + organization + "'");
    }
}
