package io.promptforge.schema.draft;

import io.promptforge.schema.MigrationScript;
import io.promptforge.schema.MigrationStatus;
import io.promptforge.schema.Migrations;
import io.promptforge.schema.draft.DraftException.Reason;
import io.promptforge.schema.internal.SqlState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;

/**
 * Drafts the migration that makes what was changed by hand in a database.
 *
 * <pre>{@code
 * Proposal proposal = MigrationDraft.of(dataSource).propose();
 * proposal.write(Path.of("src/main/resources/META-INF/promptforge/migration"), "prompt_colours");
 * }</pre>
 *
 * <p>It compares tables, columns, constraints, indexes, statistics, row-level security, policies, triggers, views, functions and
 * comments with what the migrations of this release make, and says of other differences that it does not express them. Rows are not
 * compared; of rights, only that of PUBLIC on SECURITY DEFINER functions. A renamed object is dropped and created; for a column, a remark
 * says so.
 *
 * <p>Use it on a database for development: all is done in one transaction that is rolled back, but for about a second it keeps other
 * migrations waiting. The role must own the schema and may create schemas. Instances are immutable and thread-safe.
 */
public final class MigrationDraft {

    private final DataSource dataSource;
    private final String schema;
    private final Migrations migrations;

    private MigrationDraft(DataSource dataSource, String schema, Migrations migrations) {
        this.dataSource = dataSource;
        this.schema = schema;
        this.migrations = migrations;
    }

    /** Returns a draft for the schema {@code promptforge}. Opens no connection yet. */
    public static MigrationDraft of(DataSource dataSource) {
        Objects.requireNonNull(dataSource, "dataSource");
        return new MigrationDraft(dataSource, "promptforge", Migrations.of(dataSource));
    }

    /**
     * Returns a draft for another schema.
     *
     * @throws io.promptforge.schema.MigrationException when the name is not allowed
     */
    public MigrationDraft schema(String name) {
        return new MigrationDraft(dataSource, name, migrations.schema(name));
    }

    /** For tests: returns a draft of the migration that came after this version. */
    MigrationDraft after(String version) {
        return new MigrationDraft(dataSource, schema, migrations.upTo(version));
    }

    /**
     * Compares and drafts. A schema without a history of migrations, made by other means, is compared with all migrations.
     *
     * @throws DraftException when the schema does not exist or is not at the newest version, or the database refuses
     * @throws io.promptforge.schema.MigrationException when the history cannot be read
     */
    public Proposal propose() {
        MigrationStatus status = migrations.status();
        if (status.currentVersion().isPresent() && !status.upToDate()) {
            throw new DraftException(
                    Reason.SCHEMA,
                    "Schema " + schema + " is not at the newest version, so that pending migrations would be undone",
                    "Migrate it first: promptforge migrate");
        }
        return propose(migrations.scripts());
    }

    private Proposal propose(List<MigrationScript> scripts) {
        try (Connection connection = dataSource.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                return new Comparison(connection, schema).propose(scripts);
            } finally {
                connection.rollback();
                connection.setAutoCommit(autoCommit);
            }
        } catch (SQLException e) {
            throw explained(e);
        }
    }

    private DraftException explained(SQLException e) {
        return switch (SqlState.of(e)) {
            case SqlState.INVALID_SCHEMA_NAME ->
                new DraftException(
                        Reason.SCHEMA,
                        "Schema " + schema + " does not exist",
                        "Migrate it first: promptforge migrate",
                        e);
            case SqlState.INSUFFICIENT_PRIVILEGE ->
                new DraftException(
                        Reason.ACCESS_DENIED,
                        "The role may not make the schema " + schema + " anew to compare",
                        "Use the role that owns it, and GRANT CREATE ON DATABASE to it",
                        e);
            default ->
                new DraftException(
                        Reason.DATABASE_ERROR, "The database refused to compare the schema", "See the cause", e);
        };
    }
}
