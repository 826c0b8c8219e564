package io.promptforge.schema;

import io.promptforge.schema.MigrationException.Reason;
import java.util.Optional;

/**
 * The two data sources of the schema, and the history as each of their roles sees it.
 *
 * @param work for reading, as the service's role
 * @param privileged for changes; equal to {@code work} unless the host has passed another one
 */
record SchemaAccess(SchemaDataSource work, SchemaDataSource privileged) {

    /** The history as the service's role sees it; empty when there is no schema yet. */
    History history() {
        return read(work).orElse(History.NONE);
    }

    /** The history as the privileged role sees it. */
    History privilegedHistory() {
        return read(privileged).orElse(History.NONE);
    }

    /** The history, for apply. The privileged data source is used only when the service's role sees no history. */
    History historyBeforeApply() {
        try {
            Optional<History> seen = read(work);
            if (seen.isPresent() || isOneDataSource()) {
                return seen.orElse(History.NONE);
            }
        } catch (MigrationException e) {
            if (e.reason() != Reason.ACCESS_DENIED) {
                throw e;
            }
            if (isOneDataSource()) {
                preflight(); // its message names the owner of the schema
                throw e;
            }
        }
        return privilegedHistory();
    }

    /** Throws unless the privileged role can migrate here. */
    void preflight() {
        new MigrationPreflight(privileged, MigrationPreflight.OLDEST_SERVER).check();
    }

    /** Throws when the data source of the service leads to another database than the one that was migrated. */
    void refuseOtherDatabase() {
        if (isOneDataSource() || isVisibleToWork()) {
            return;
        }
        throw new MigrationException(
                Reason.DIFFERENT_DATABASES,
                work.schema(),
                null,
                "it was migrated through the privileged DataSource, but the other one does not see it",
                "Let both DataSources lead to the same database");
    }

    private boolean isVisibleToWork() {
        try {
            return read(work).isPresent();
        } catch (MigrationException e) {
            if (e.reason() == Reason.ACCESS_DENIED) {
                return true; // the schema exists; granting rights is up to the administrator
            }
            throw e;
        }
    }

    private boolean isOneDataSource() {
        return work.dataSource() == privileged.dataSource();
    }

    private static Optional<History> read(SchemaDataSource database) {
        return database.read(connection -> History.read(connection, database.schema()));
    }
}
