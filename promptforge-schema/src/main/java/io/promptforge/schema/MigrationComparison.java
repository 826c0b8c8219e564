package io.promptforge.schema;

import io.promptforge.schema.MigrationException.Reason;
import io.promptforge.schema.MigrationStatus.Migration;
import io.promptforge.schema.MigrationStatus.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares the applied scripts with the shipped ones. */
final class MigrationComparison {

    private final String schema;
    private final Scripts scripts;
    private final History history;

    MigrationComparison(String schema, Scripts scripts, History history) {
        this.schema = schema;
        this.scripts = scripts;
        this.history = history;
    }

    MigrationStatus status() {
        List<Migration> migrations = new ArrayList<>();
        for (History.Applied applied : history.applied()) {
            migrations.add(new Migration(
                    applied.version(),
                    applied.description(),
                    state(applied),
                    Optional.of(applied.installedAt()),
                    Optional.of(applied.executionTime())));
        }
        for (Script script : scripts.all()) {
            if (history.find(script.version()).isEmpty()) {
                migrations.add(new Migration(
                        script.version(), script.description(), state(script), Optional.empty(), Optional.empty()));
            }
        }
        migrations.sort((one, other) -> Long.compare(number(one.version()), number(other.version())));
        return new MigrationStatus(schema, migrations);
    }

    /** Throws at the first migration that is neither applied as shipped nor pending. */
    void refuseDivergence() {
        for (Migration migration : status().migrations()) {
            switch (migration.state()) {
                case APPLIED, PENDING -> {}
                case FAILED ->
                    throw refusal(
                            migration,
                            Reason.SCRIPT_FAILED,
                            "it began, but did not finish",
                            "Find out by hand what it has done and undo it, then delete its row from " + History.TABLE);
                case EDITED ->
                    throw refusal(
                            migration,
                            Reason.SCRIPT_EDITED,
                            "it was applied from a script that differs from the released one",
                            "Use the release that applied it, unedited; a change belongs in a new script");
                case MISSING ->
                    throw refusal(
                            migration,
                            Reason.SCRIPT_MISSING,
                            "it was applied, but this release has no such script",
                            "Use the release that applied it, or a later one");
                case SKIPPED ->
                    throw refusal(
                            migration,
                            Reason.SCRIPT_SKIPPED,
                            "it was not applied, although a later one was",
                            "Restore its row in " + History.TABLE + ", or restore the schema from a backup");
                case NEWER ->
                    throw refusal(
                            migration,
                            Reason.SCHEMA_TOO_NEW,
                            "a newer release has migrated the schema; this one knows versions up to "
                                    + scripts.newest().version(),
                            "Update this service, or roll the schema back with the newer release");
            }
        }
    }

    /** Throws unless exactly the shipped scripts are applied. */
    void refuseUnlessUpToDate() {
        refuseDivergence();
        for (Migration migration : status().migrations()) {
            if (migration.state() == State.PENDING) {
                throw refusal(
                        migration,
                        Reason.PENDING,
                        "it is not applied yet",
                        "Run Migrations.apply before this service starts");
            }
        }
    }

    private State state(History.Applied applied) {
        if (!applied.success()) {
            return State.FAILED;
        }
        Optional<Script> script = scripts.find(applied.version());
        if (script.isPresent()) {
            boolean asShipped = Integer.valueOf(script.get().checksum()).equals(applied.checksum());
            return asShipped ? State.APPLIED : State.EDITED;
        }
        return number(applied.version()) > number(scripts.newest().version()) ? State.NEWER : State.MISSING;
    }

    private State state(Script script) {
        boolean laterOneApplied =
                history.applied().stream().anyMatch(applied -> number(applied.version()) > number(script.version()));
        return laterOneApplied ? State.SKIPPED : State.PENDING;
    }

    /** Versions are whole numbers; any other version in a history comes from an unknown release and counts as newer. */
    private static long number(String version) {
        try {
            return Long.parseLong(version);
        } catch (NumberFormatException notOurs) {
            return Long.MAX_VALUE;
        }
    }

    private MigrationException refusal(Migration migration, Reason reason, String problem, String remedy) {
        return new MigrationException(reason, schema, migration.version(), problem, remedy);
    }
}
