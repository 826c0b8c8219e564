package io.promptforge.schema.backup;

import io.promptforge.schema.MigrationScript;
import io.promptforge.schema.backup.BackupException.Reason;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a verified archive contains: its tables in the order in which they can be loaded, with the checksums of their rows. */
record ArchiveContents(ArchiveDescription description, Map<TableLayout, TableContent> tables) {

    /** Reads the whole archive once; throws if it is damaged, or if one of an organization has rows of another. */
    static ArchiveContents verified(Path file, ProgressMeter meter) {
        Verification verification = new Verification(file);
        try {
            ArchiveReader.read(file, verification);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        ArchiveContents contents = new ArchiveContents(verification.description.orElseThrow(), verification.tables);
        meter.done("Reading", contents.rows());
        return contents;
    }

    long rows() {
        return tables.values().stream().mapToLong(TableContent::rows).sum();
    }

    Map<String, TableContent> byName() {
        Map<String, TableContent> contents = new LinkedHashMap<>();
        tables.forEach((table, content) -> contents.put(table.name(), content));
        return contents;
    }

    ArchiveContents without(String table) {
        Map<TableLayout, TableContent> others = new LinkedHashMap<>(tables);
        others.keySet().removeIf(one -> one.name().equals(table));
        return new ArchiveContents(description, others);
    }

    /** Throws unless this release has the scripts that made the schema of the archive, unchanged. */
    void refuseUnknownScripts(List<MigrationScript> scripts) {
        description.migrations().forEach((version, checksum) -> {
            boolean known = scripts.stream()
                    .anyMatch(script ->
                            script.version().equals(String.valueOf(version)) && script.checksum() == checksum);
            if (!known) {
                throw new BackupException(
                        Reason.UNKNOWN_VERSION,
                        "The archive is of a schema at version " + description.version() + ", and this release does not"
                                + " have its migration " + version,
                        "Use the release that wrote it, or a later one");
            }
        });
    }

    private static final class Verification implements ArchiveReader.Visitor {
        private final Path file;
        private final Map<TableLayout, TableContent> tables = new LinkedHashMap<>();
        private Optional<ArchiveDescription> description = Optional.empty();
        private Optional<String> organization = Optional.empty();

        Verification(Path file) {
            this.file = file;
        }

        @Override
        public void begin(ArchiveDescription begun) {
            description = Optional.of(begun);
            organization = begun.organization().map(String::valueOf);
        }

        @Override
        public void table(TableLayout table) {
            if (organization.isPresent() && !table.isOfTenants()) {
                throw foreign("the rows of " + table.name() + " do not begin with the id of their organization");
            }
        }

        @Override
        public void rows(byte[] rows) {
            if (organization.isPresent() && !Block.everyRowBegins(rows, organization.get())) {
                throw foreign("a row is of another organization than " + organization.get());
            }
        }

        @Override
        public void tableEnd(TableLayout table, TableContent content) {
            tables.put(table, content);
        }

        private BackupException foreign(String problem) {
            return new BackupException(
                    Reason.FOREIGN_ROWS, file + " was not written by an export: " + problem, "Nothing was changed");
        }
    }
}
