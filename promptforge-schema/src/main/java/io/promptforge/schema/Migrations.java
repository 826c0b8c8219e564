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
 * Migrates PromptForge's database schema, reports its status, and rolls it back.
 *
 * <pre>{@code
 * Migrations.apply(dataSource);
 * }</pre>
 *
 * <p>All tables are in one PostgreSQL schema, with a history table of their own. The host's tables, and the host's own Flyway
 * in the same database, are not affected.
 *
 * <p>Call these methods outside of a transaction, {@link #apply()} at startup. They take connections from the DataSource, two
 * at a time to migrate and one otherwise, commit, and return them with the autocommit mode they came with. The DataSource is
 * never closed. Any number of replicas may migrate at once: one of them does, the others wait, up to
 * ten minutes and without a connection.
 *
 * <p>A service may go on working while its schema is migrated. A script that is not given a lock within 0.3 seconds gives up those
 * that it has and tries again later, so that no statement of the service waits longer behind it.
 *
 * <p>Every failure is a {@link MigrationException}. Nothing is repaired silently: scripts that were edited or removed, and
 * objects that do not belong to this library, are reported and left as they are.
 *
 * <p>Instances are immutable and thread-safe.
 */
public final class Migrations {

    private static final Logger log = LoggerFactory.getLogger(Migrations.class);

    private final DataSource work;
    private final DataSource privileged;
    private final String schema;
    private final Scripts scripts;
    private final Duration longestWait;

    private Migrations(DataSource work, DataSource privileged, String schema, Scripts scripts, Duration longestWait) {
        this.work = work;
        this.privileged = privileged;
        this.schema = schema;
        this.scripts = scripts;
        this.longestWait = longestWait;
    }

    /** Migrates the schema {@code promptforge}; equivalent to {@code of(dataSource).apply()}. */
    public static MigrationResult apply(DataSource dataSource) {
        return of(dataSource).apply();
    }

    /** Returns the migrations of the schema {@code promptforge} in this database. Opens no connection yet. */
    public static Migrations of(DataSource dataSource) {
        Objects.requireNonNull(dataSource, "dataSource");
        return new Migrations(dataSource, dataSource, SchemaName.DEFAULT, Scripts.shipped(), Patience.DEFAULT);
    }

    /**
     * Returns the migrations of another schema in the same database.
     *
     * @param name 1 to 63 lower-case letters, digits and underscores, not {@code public}
     * @throws MigrationException when the name is not allowed
     */
    public Migrations schema(String name) {
        return new Migrations(work, privileged, SchemaName.checked(name), scripts, longestWait);
    }

    /**
     * Returns migrations that make their changes through another DataSource for the same database: one whose role owns the
     * schema, or that bypasses a connection pooler. It is not used when nothing is pending. An administrator grants the rights
     * of the service's role on the tables, best by {@code ALTER DEFAULT PRIVILEGES} before the first migration.
     */
    public Migrations migratingWith(DataSource privileged) {
        return new Migrations(work, Objects.requireNonNull(privileged, "privileged"), schema, scripts, longestWait);
    }

    /**
     * Returns migrations that go on trying for this time, instead of 10 minutes, while another replica migrates or a transaction
     * holds a lock that a script needs. Each try waits at most 0.3 seconds for a lock, because the service's statements on that table
     * wait behind it, and between two tries about one second passes.
     *
     * @param longest zero to try once
     * @throws IllegalArgumentException when it is negative
     */
    public Migrations waitingAtMost(Duration longest) {
        if (longest.isNegative()) {
            throw new IllegalArgumentException("The longest wait is negative: " + longest);
        }
        return new Migrations(work, privileged, schema, scripts, longest);
    }

    /**
     * Returns migrations that know no script after this version, as in an older release. To them, a schema at a later version is too
     * new.
     *
     * @throws MigrationException when no script has this version
     */
    public Migrations upTo(String version) {
        int last = scripts.all().stream().map(Script::version).toList().indexOf(version);
        if (last < 0) {
            throw invalid(
                    version,
                    "no script has this version",
                    "Use 1 to " + scripts.newest().version());
        }
        return scripts(new Scripts(scripts.all().subList(0, last + 1)));
    }

    /** For tests: returns migrations with other scripts than the shipped ones. */
    Migrations scripts(Scripts others) {
        return new Migrations(work, privileged, schema, others, longestWait);
    }

    /** Returns the shipped scripts, oldest first, to read what {@link #apply()} runs. Opens no connection. */
    public List<MigrationScript> scripts() {
        return scripts.all().stream()
                .map(script -> new MigrationScript(
                        script.version(), script.fileName(), script.checksum(), script.text(), script.undo()))
                .toList();
    }

    /**
     * Applies the pending scripts, each in its own transaction. When none is pending, this takes one connection and one
     * statement.
     *
     * @throws MigrationException before any change, when the history does not match the shipped scripts or migrating cannot
     *     work here; or when a script fails, while those before it stay applied
     */
    public MigrationResult apply() {
        long start = System.nanoTime();
        SchemaAccess access = access();
        History history = access.historyBeforeApply();
        MigrationComparison before = comparison(history);
        before.refuseDivergence();
        Optional<String> from = before.status().currentVersion();
        String to = scripts.newest().version();
        if (before.status().upToDate()) {
            log.debug("Schema {} is up to date at version {}", schema, to);
            return new MigrationResult(schema, from, to, 0, since(start));
        }
        access.preflight();
        int applied = new Turn(access, scripts, history, longestWait).migrate();
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

    /**
     * Returns the applied and the pending migrations. Changes nothing.
     *
     * @throws MigrationException when the history cannot be read
     */
    public MigrationStatus status() {
        return comparison(access().history()).status();
    }

    /**
     * Returns normally if exactly the shipped scripts are applied and every table has its policies of row-level security; for
     * services that do not migrate themselves. Changes nothing.
     *
     * @throws MigrationException when a script is pending, edited or missing, or the schema is from a newer release; or when a policy is
     *     missing, changed, off or not forced, or another one shows more
     */
    public void validate() {
        comparison(access().history()).refuseUnlessUpToDate();
        isolation().refuseGaps();
    }

    /**
     * As {@link #validate()}, and that the role of the DataSource is confined to one organization at a time, as {@link ServiceRole} makes it.
     *
     * @throws MigrationException as {@link #validate()}, and when the role could see the rows of all organizations
     */
    public void validateConfined() {
        validate();
        isolation().refuseUnconfined(null);
    }

    /**
     * Undoes the newest applied scripts and <strong>deletes the data in their tables</strong>. Each undo script runs in its own
     * transaction; when one fails, those before it stay undone. Stop the services of this release first: they would apply the
     * scripts again when they start.
     *
     * @param steps the number of scripts, from 1 to the number of applied ones
     * @throws MigrationException before any change, when {@code steps} is out of range, a script has no undo script or the
     *     history does not match the shipped scripts; or when an undo script fails
     */
    public RollbackResult rollback(int steps) {
        long start = System.nanoTime();
        List<String> applied = appliedNewestFirst();
        if (steps < 1 || steps > applied.size()) {
            throw invalid(
                    null,
                    "cannot undo " + steps + " scripts: " + applied.size() + " are applied",
                    "Use 1 to " + applied.size() + ", or check the status first");
        }
        return undo(applied, steps, start);
    }

    /**
     * Undoes every script after this version, like {@link #rollback(int)}; none when it is the current version.
     *
     * @param version an applied version
     * @throws MigrationException as {@link #rollback(int)}, and when the version is not applied
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
     * Undoes every script and applies them all again, which <strong>deletes all data</strong>.
     *
     * @param confirmation the name of the schema
     * @throws MigrationException before any change, when the confirmation is another text; otherwise as
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
                    "Pass the name of the schema as confirmation");
        }
        List<String> applied = appliedNewestFirst();
        undo(applied, applied.size(), start);
        return apply();
    }

    private RollbackResult undo(List<String> applied, int steps, long start) {
        new Rollback(access().privileged(), scripts, longestWait).undo(applied.subList(0, steps));
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
        MigrationComparison now = comparison(access().privilegedHistory());
        now.refuseDivergence();
        List<String> versions = new ArrayList<>(now.status().migrations().stream()
                .filter(migration -> migration.installedAt().isPresent())
                .map(Migration::version)
                .toList());
        Collections.reverse(versions);
        return versions;
    }

    private Isolation isolation() {
        return new Isolation(new SchemaDataSource(work, schema));
    }

    private SchemaAccess access() {
        return new SchemaAccess(new SchemaDataSource(work, schema), new SchemaDataSource(privileged, schema));
    }

    private MigrationComparison comparison(History history) {
        return new MigrationComparison(schema, scripts, history);
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
