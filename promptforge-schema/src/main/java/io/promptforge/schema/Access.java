package io.promptforge.schema;

import io.promptforge.schema.MigrationException.Reason;
import java.util.Optional;

/**
 * The two ways to the schema, and what each can see of its history.
 *
 * @param work for reading: as the host's own role
 * @param privileged for changing; the same object as {@code work} unless the host has given another
 */
record Access(Database work, Database privileged) {

    /** The history as the working role sees it; none when there is no schema yet. */
    History history() {
        return read(work).orElse(History.NONE);
    }

    /** The history as the privileged role sees it. */
    History privilegedHistory() {
        return read(privileged).orElse(History.NONE);
    }

    /** The history, for apply: the working role is asked first, since when all is well the other is not needed at all. */
    History historyBeforeApply() {
        try {
            Optional<History> seen = read(work);
            if (seen.isPresent() || isOneWay()) {
                return seen.orElse(History.NONE);
            }
        } catch (MigrationException e) {
            if (e.reason() != Reason.ACCESS_DENIED) {
                throw e;
            }
            if (isOneWay()) {
                preflight(); // knows whose the schema is
                throw e;
            }
        }
        return privilegedHistory();
    }

    /** Throws unless the privileged role can migrate here. */
    void preflight() {
        new Preflight(privileged, Preflight.OLDEST_SERVER).check();
    }

    /** After migrating: throws when the working role looks into another database, where nothing has happened. */
    void refuseOtherDatabase() {
        if (isOneWay() || isVisibleToWork()) {
            return;
        }
        throw new MigrationException(
                Reason.DIFFERENT_DATABASES,
                work.schema(),
                null,
                "it was migrated through one DataSource, but is not there through the other",
                "Let both lead to the same database");
    }

    private boolean isVisibleToWork() {
        try {
            return read(work).isPresent();
        } catch (MigrationException e) {
            if (e.reason() == Reason.ACCESS_DENIED) {
                return true; // it is there; the grants are the administrator's
            }
            throw e;
        }
    }

    private boolean isOneWay() {
        return work.dataSource() == privileged.dataSource();
    }

    private static Optional<History> read(Database database) {
        return database.read(connection -> History.read(connection, database.schema()));
    }
}
