package io.promptforge.schema;

import io.promptforge.schema.MigrationException.Reason;
import io.promptforge.schema.MigrationStatus.Migration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings PromptForge's database schema up to date, and tells or takes back what was done.
 *
 * <pre>{@code
 * Migrations.apply(dataSource);
 * }</pre>
 *
 * <p>Everything lives in a schema of its own, with its own history table: a host's tables and a host's own Flyway in
 * the same database are neither seen nor touched.
 *
 * <p>Call it at startup and outside of a transaction: it takes its own connections from the DataSource (two at a time
 * while it migrates, one otherwise), commits its own work, and gives them back as they were. It never closes the
 * DataSource. Any number of replicas may call it at once: one migrates, the others wait.
 *
 * <p>Every failure is a {@link MigrationException}. Nothing is repaired silently: what was edited, removed or made by
 * somebody else is reported, and left as it is.
 *
 * <p>Instances are immutable and safe for use by several threads.
 */
public final class Migrations {

    private static final Logger log = LoggerFactory.getLogger(Migrations.class);

    private final DataSource work;
    private final DataSource privileged;
    private final String schema;
    private final Scripts scripts;

    private Migrations(DataSource work, DataSource privileged, String schema, Scripts scripts) {
        this.work = work;
        this.privileged = privileged;
        this.schema = schema;
        this.scripts = scripts;
    }

    /** Applies what is pending to the schema {@code promptforge}; the same as {@code of(dataSource).apply()}. */
    public static MigrationResult apply(DataSource dataSource) {
        return of(dataSource).apply();
    }

    /** The migrations of the schema {@code promptforge} in this database. Connects only when asked for something. */
    public static Migrations of(DataSource dataSource) {
        Objects.requireNonNull(dataSource, "dataSource");
        return new Migrations(dataSource, dataSource, SchemaName.DEFAULT, Scripts.shipped());
    }

    /**
     * The same in another schema.
     *
     * @param name 1 to 63 lower-case letters, digits and underscores, not {@code public}
     */
    public Migrations schema(String name) {
        return new Migrations(work, privileged, SchemaName.checked(name), scripts);
    }

    /**
     * The same, with every change made through another DataSource for the same database: one whose role owns the
     * schema, or that goes around a connection pooler. What the working role may do with the tables is the
     * administrator's to grant, best with {@code ALTER DEFAULT PRIVILEGES} before the first migration.
     */
    public Migrations migratingWith(DataSource privileged) {
        return new Migrations(work, Objects.requireNonNull(privileged, "privileged"), schema, scripts);
    }

    /** For tests: other scripts than the shipped ones. */
    Migrations scripts(Scripts others) {
        return new Migrations(work, privileged, schema, others);
    }

    /**
     * Applies what is pending, each script in its own transaction. Does nothing, with one connection and one statement,
     * when nothing is pending.
     *
     * @throws MigrationException before anything is changed, when the schema is not as the applied scripts left it or
     *     migrating cannot work here; or when a script fails, which leaves the scripts before it applied
     */
    public MigrationResult apply() {
        long start = System.nanoTime();
        Access access = access();
        Comparison before = comparison(access.historyBeforeApply());
        before.refuseDivergence();
        Optional<String> from = before.status().currentVersion();
        String to = scripts.newest().version();
        if (before.status().upToDate()) {
            log.debug("Schema {} is up to date at version {}", schema, to);
            return new MigrationResult(schema, from, to, 0, since(start));
        }
        access.preflight();
        int applied = FlywayRun.migrate(access.privileged(), scripts);
        access.refuseOtherDatabase();
        MigrationResult result = new MigrationResult(schema, from, to, applied, since(start));
        if (applied == 0) {
            log.debug("Schema {} was brought to version {} by another replica", schema, to);
        } else {
            log.info(
                    "Migrated schema {} from {} to version {}: {} scripts in {} ms",
                    schema,
                    named(from),
                    to,
                    applied,
                    result.duration().toMillis());
        }
        return result;
    }

    /** Which migrations are applied and which are pending, and when; changes nothing. */
    public MigrationStatus status() {
        return comparison(access().history()).status();
    }

    /**
     * Returns when the schema is exactly what this library works with; for services that do not migrate themselves.
     *
     * @throws MigrationException when a script is pending, edited, missing or of a newer release
     */
    public void validate() {
        comparison(access().history()).refuseUnlessUpToDate();
    }

    /**
     * Undoes the newest applied scripts, <strong>with the data in what they made</strong>. Each is undone in its own
     * transaction; a failure leaves those undone before it. Services of this release must be stopped: they would apply
     * them again when they start.
     *
     * @param steps how many, from 1 to the number of applied scripts
     * @throws MigrationException before anything is changed, when {@code steps} is out of range, a script has no undo
     *     or the schema is not as the applied scripts left it; or when an undo fails
     */
    public RollbackResult rollback(int steps) {
        long start = System.nanoTime();
        List<String> applied = appliedNewestFirst();
        if (steps < 1 || steps > applied.size()) {
            throw invalid(
                    null,
                    "cannot undo " + steps + " scripts: " + applied.size() + " are applied",
                    "Ask for 1 to " + applied.size() + ", or look at the status first");
        }
        return undo(applied, steps, start);
    }

    /**
     * Undoes every script newer than this version, as {@link #rollback(int)} does; none when it is the current one.
     *
     * @param version an applied version
     */
    public RollbackResult rollbackTo(String version) {
        long start = System.nanoTime();
        List<String> applied = appliedNewestFirst();
        int steps = applied.indexOf(version);
        if (steps < 0) {
            throw invalid(
                    version,
                    "cannot roll back to it: it is not applied",
                    applied.isEmpty() ? "Nothing is applied" : "Applied are " + String.join(", ", applied));
        }
        return undo(applied, steps, start);
    }

    /**
     * <strong>Deletes all data</strong>: undoes every script and applies them all again.
     *
     * @param confirmation the schema's name, to show that it is meant
     * @throws MigrationException before anything is changed, when the confirmation is something else; otherwise as
     *     {@link #rollback(int)} and {@link #apply()}
     */
    public MigrationResult reset(String confirmation) {
        long start = System.nanoTime();
        if (!confirmation.equals(schema)) {
            throw new MigrationException(
                    Reason.NOT_CONFIRMED,
                    schema,
                    null,
                    "a reset deletes all data and was not confirmed",
                    "Pass the schema's name as confirmation");
        }
        List<String> applied = appliedNewestFirst();
        undo(applied, applied.size(), start);
        return apply();
    }

    private RollbackResult undo(List<String> applied, int steps, long start) {
        new Rollback(access().privileged(), scripts).undo(applied.subList(0, steps));
        List<String> left = applied.subList(steps, applied.size());
        RollbackResult result = new RollbackResult(
                schema, applied.stream().findFirst(), left.stream().findFirst(), steps, since(start));
        if (steps > 0) {
            log.info(
                    "Rolled schema {} back from version {} to {}: {} scripts in {} ms",
                    schema,
                    applied.get(0),
                    named(result.to()),
                    steps,
                    result.duration().toMillis());
        }
        return result;
    }

    private List<String> appliedNewestFirst() {
        Comparison now = comparison(access().privilegedHistory());
        now.refuseDivergence();
        List<String> versions = new ArrayList<>(now.status().migrations().stream()
                .filter(migration -> migration.installedAt().isPresent())
                .map(Migration::version)
                .toList());
        Collections.reverse(versions);
        return versions;
    }

    private Access access() {
        return new Access(new Database(work, schema), new Database(privileged, schema));
    }

    private Comparison comparison(History history) {
        return new Comparison(schema, scripts, history);
    }

    private MigrationException invalid(@Nullable String version, String problem, String remedy) {
        return new MigrationException(Reason.INVALID_ARGUMENT, schema, version, problem, remedy);
    }

    private static String named(Optional<String> version) {
        return version.map(number -> "version " + number).orElse("nothing");
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
