package io.promptforge.schema;

import io.promptforge.schema.MigrationException.Reason;
import java.io.Reader;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;

/**
 * Flyway, as far as it is used: it takes the lock, runs what is pending, one transaction per script, and writes the
 * history. The only class that knows Flyway, and only what its versions 11.7 to 13.12 have in common.
 */
final class FlywayRun {

    private FlywayRun() {}

    /** Applies what is pending; returns how many scripts this call ran. */
    static int migrate(Database database, Scripts scripts) {
        try {
            return Flyway.configure(FlywayRun.class.getClassLoader())
                    .dataSource(database.dataSource())
                    .defaultSchema(database.schema())
                    .table(History.TABLE)
                    .resourceProvider(new Resources(scripts))
                    .javaMigrationClassProvider(List::of)
                    .locations(new String[0])
                    .callbacks(new BeforeEachScript(database.schema(), scripts))
                    .placeholderReplacement(false)
                    .outputQueryResults(false)
                    .cleanDisabled(true)
                    .loggers("slf4j")
                    .load()
                    .migrate()
                    .migrationsExecuted;
        } catch (FlywayException failed) {
            throw explained(database, scripts, failed);
        } catch (LinkageError misfit) {
            throw unusable(database, misfit);
        }
    }

    private static MigrationException explained(Database database, Scripts scripts, FlywayException failed) {
        for (@Nullable Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof MigrationException ours) {
                return ours;
            }
        }
        if (SqlState.find(failed).isEmpty()) {
            return unusable(database, failed);
        }
        return failedScript(database, scripts)
                .map(script -> Failures.ofScript(database.schema(), script.version(), script.fileName(), failed))
                .orElseGet(() -> Failures.of(database.schema(), new SQLException(failed)));
    }

    private static Optional<Script> failedScript(Database database, Scripts scripts) {
        try {
            return firstMissing(
                    scripts,
                    database.read(connection -> History.read(connection, database.schema()))
                            .orElse(History.NONE));
        } catch (MigrationException unreachable) {
            return Optional.empty();
        }
    }

    /** Scripts run in order, each with its row in the history: the first without one is the next, or has failed. */
    private static Optional<Script> firstMissing(Scripts scripts, History history) {
        return scripts.all().stream()
                .filter(script -> history.find(script.version()).isEmpty())
                .findFirst();
    }

    private static MigrationException unusable(Database database, Throwable cause) {
        return new MigrationException(
                Reason.FLYWAY,
                database.schema(),
                null,
                "Flyway could not run: " + Failures.firstLine(cause),
                "Check that flyway-core and flyway-database-postgresql are there in one version (11.7 to 13.12), and"
                        + " that a fat jar merges the files in META-INF/services",
                cause);
    }

    /** Gives Flyway exactly our scripts: it scans nothing and never meets the undo scripts or those of the host. */
    private record Resources(Scripts scripts) implements ResourceProvider {

        @Override
        public @Nullable LoadableResource getResource(String name) {
            return null;
        }

        @Override
        public Collection<LoadableResource> getResources(String prefix, String[] suffixes) {
            return scripts.all().stream()
                    .filter(script -> script.fileName().startsWith(prefix))
                    .<LoadableResource>map(Resource::new)
                    .toList();
        }
    }

    private static final class Resource extends LoadableResource {

        private final Script script;

        Resource(Script script) {
            this.script = script;
        }

        @Override
        public Reader read() {
            return new StringReader(script.text());
        }

        @Override
        public String getAbsolutePath() {
            return Scripts.FOLDER + script.fileName();
        }

        @Override
        public String getAbsolutePathOnDisk() {
            return getAbsolutePath();
        }

        @Override
        public String getFilename() {
            return script.fileName();
        }

        @Override
        public String getRelativePath() {
            return script.fileName();
        }
    }

    /**
     * Runs inside each script's transaction, under Flyway's lock, before the script. Flyway's search path would have the
     * host's public schema behind ours. And Flyway never forgets a history row that it has seen: had a rollback removed
     * one before the lock was taken, Flyway would leave out that script and go on to the next.
     */
    private record BeforeEachScript(String schema, Scripts scripts) implements Callback {

        @Override
        public boolean supports(Event event, Context context) {
            return event == Event.BEFORE_EACH_MIGRATE;
        }

        @Override
        public boolean canHandleInTransaction(Event event, Context context) {
            return true;
        }

        @Override
        public void handle(Event event, Context context) {
            Connection connection = context.getConnection();
            try (Statement statement = connection.createStatement()) {
                History history = History.read(connection, schema).orElse(History.NONE);
                refuseUnlessNext(context.getMigrationInfo().getVersion().getVersion(), history);
                statement.execute(Surroundings.set(schema));
            } catch (SQLException e) {
                throw new FlywayException(e);
            }
        }

        private void refuseUnlessNext(String version, History history) {
            Optional<String> next = firstMissing(scripts, history).map(Script::version);
            if (!next.equals(Optional.of(version))) {
                throw new MigrationException(
                        Reason.BUSY,
                        schema,
                        version,
                        "somebody else rolled the schema back at the same time, to "
                                + history.currentVersion().orElse("nothing"),
                        "Run again if the schema is to be migrated after all");
            }
        }

        @Override
        public String getCallbackName() {
            return "promptforge";
        }
    }
}
