package io.promptforge.schema;

import io.promptforge.schema.MigrationException.Reason;
import io.promptforge.schema.internal.ScriptSettings;
import io.promptforge.schema.internal.SqlState;
import java.io.Reader;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.ResourceProvider;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;
import org.flywaydb.core.api.resource.LoadableResource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs Flyway, which takes the lock, runs the pending scripts, each in its own transaction, and writes the history. Only this
 * class uses Flyway, and only the API that its versions 11.7 to 13.12 have in common.
 */
final class FlywayRun {

    private static final Logger log = LoggerFactory.getLogger(FlywayRun.class);

    private FlywayRun() {}

    /**
     * Applies the pending scripts. While Flyway waits for its lock it keeps a connection, which the process that has the lock may
     * need where a pooler has few; so it does not wait.
     *
     * @param applied is increased by one for each script that this call ran
     * @return what was in the way, and may be gone at the next try: another process that migrates, or with the version of the
     *     script, a lock that it was not given in time. Empty when all scripts are applied
     */
    static Optional<MigrationException> migrate(SchemaDataSource database, Scripts scripts, AtomicInteger applied) {
        try {
            Flyway.configure(FlywayRun.class.getClassLoader())
                    .dataSource(database.dataSource())
                    .defaultSchema(database.schema())
                    .table(History.TABLE)
                    .resourceProvider(new Resources(scripts))
                    .javaMigrationClassProvider(List::of)
                    .locations(new String[0])
                    .callbacks(new AroundEachScript(database.schema(), scripts, applied))
                    .placeholderReplacement(false)
                    .outputQueryResults(false)
                    .cleanDisabled(true)
                    .lockRetryCount(0)
                    .loggers("slf4j")
                    .load()
                    .migrate();
        } catch (FlywayException failed) {
            if (isLocked(failed)) {
                return Optional.of(othersTurn(database, failed));
            }
            Optional<LostRow> lost = causes(failed, LostRow.class);
            if (lost.isPresent()) {
                complete(database, scripts, lost.get());
                return migrate(database, scripts, applied);
            }
            MigrationException explained = explained(database, scripts, failed);
            if (explained.version().isPresent() && Patience.helpsAgainst(failed)) {
                return Optional.of(explained);
            }
            throw explained;
        } catch (LinkageError | RuntimeException misfit) {
            throw unusable(database, misfit);
        }
        // Flyway 11 finds no scripts, and says so in its log only, where the plugins of its core are not named
        Optional<Script> left = firstMissing(database, scripts);
        if (left.isPresent()) {
            throw unusable(
                    database,
                    new IllegalStateException(
                            "it left out the script " + left.get().fileName()));
        }
        return Optional.empty();
    }

    /** Flyway has no code for this. */
    private static boolean isLocked(FlywayException failed) {
        for (@Nullable Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (String.valueOf(cause.getMessage()).contains("attempting to acquire PostgreSQL advisory lock")) {
                return true;
            }
        }
        return false;
    }

    private static <T> Optional<T> causes(FlywayException failed, Class<T> type) {
        for (@Nullable Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
        }
        return Optional.empty();
    }

    private static void complete(SchemaDataSource database, Scripts scripts, LostRow lost) {
        Script script = scripts.find(lost.version).orElseThrow();
        log.warn(
                "Version {} of schema {} was applied by a migration that was killed before it wrote the history; its row is added",
                script.version(),
                database.schema());
        database.transaction(connection -> {
            History.complete(connection, database.schema(), script);
            return script;
        });
    }

    private static MigrationException othersTurn(SchemaDataSource database, FlywayException locked) {
        return new MigrationException(
                Reason.BUSY,
                database.schema(),
                null,
                "another process migrates it, and has not finished in time",
                "Find it in pg_locks, with locktype advisory, and try again when it has ended",
                locked);
    }

    private static MigrationException explained(SchemaDataSource database, Scripts scripts, FlywayException failed) {
        Optional<MigrationException> ours = causes(failed, MigrationException.class);
        if (ours.isPresent()) {
            return ours.get();
        }
        if (SqlState.errorIn(failed).isEmpty()) {
            return unusable(database, failed);
        }
        return firstMissing(database, scripts)
                .map(script -> MigrationErrors.ofScript(database.schema(), script.version(), script.fileName(), failed))
                .orElseGet(() -> MigrationErrors.of(database.schema(), new SQLException(failed)));
    }

    /** The first script without a row in the history: the next one to run, or the one that failed. */
    private static Optional<Script> firstMissing(SchemaDataSource database, Scripts scripts) {
        try {
            return firstMissing(
                    scripts,
                    database.read(connection -> History.read(connection, database.schema()))
                            .orElse(History.NONE));
        } catch (MigrationException unreachable) {
            return Optional.empty();
        }
    }

    private static Optional<Script> firstMissing(Scripts scripts, History history) {
        return scripts.all().stream()
                .filter(script -> history.find(script.version()).isEmpty())
                .findFirst();
    }

    private static MigrationException unusable(SchemaDataSource database, Throwable cause) {
        boolean isComplete = FlywayPlugins.areNamed(FlywayRun.class.getClassLoader());
        return new MigrationException(
                Reason.FLYWAY,
                database.schema(),
                null,
                "Flyway could not run: " + MigrationErrors.firstLine(cause),
                isComplete
                        ? "Check that flyway-core and flyway-database-postgresql have the same version (11.7 to 13.12)"
                        : "Merge the files " + FlywayPlugins.FILE
                                + " of flyway-core and flyway-database-postgresql into one"
                                + " where the jars are packed into one: on this class path, no such file names the plugins of both",
                cause);
    }

    /** A script was committed, and its row in the history was not. */
    private static final class LostRow extends RuntimeException {

        private static final long serialVersionUID = 1;

        private final String version;

        LostRow(String version) {
            super("Version " + version + " is applied already");
            this.version = version;
        }
    }

    /** Gives Flyway the shipped scripts, so that it does not scan the class path and find undo scripts or the host's. */
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
     * Runs before each script, in its transaction and under Flyway's lock. It sets the search path, because Flyway's includes
     * the schema {@code public}. And it checks that the script is the next one, because Flyway reads the history before it
     * takes the lock: when a rollback removed a row in between, Flyway would skip that script. It notes the script, and finds out whether
     * it was committed without its row. After the script, it counts it.
     */
    private record AroundEachScript(String schema, Scripts scripts, AtomicInteger applied) implements Callback {

        @Override
        public boolean supports(Event event, Context context) {
            return event == Event.BEFORE_EACH_MIGRATE || event == Event.AFTER_EACH_MIGRATE;
        }

        @Override
        public boolean canHandleInTransaction(Event event, Context context) {
            return true;
        }

        @Override
        public void handle(Event event, Context context) {
            if (event == Event.AFTER_EACH_MIGRATE) {
                applied.incrementAndGet();
                return;
            }
            Connection connection = context.getConnection();
            try (Statement statement = connection.createStatement()) {
                History history = History.read(connection, schema).orElse(History.NONE);
                String version = context.getMigrationInfo().getVersion().getVersion();
                refuseUnlessNext(version, history);
                if (History.isNoted(connection, schema, version)) {
                    throw new LostRow(version);
                }
                statement.execute(ScriptSettings.set(schema));
                History.note(connection, schema, version);
            } catch (SQLException e) {
                throw new FlywayException(e);
            }
        }

        private void refuseUnlessNext(String version, History history) {
            Optional<String> next = firstMissing(scripts, history).map(Script::version);
            if (!next.equals(Optional.of(version))) {
                throw Turn.rolledBack(schema, history);
            }
        }

        @Override
        public String getCallbackName() {
            return "promptforge";
        }
    }
}
