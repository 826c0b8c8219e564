package io.promptforge.schema.doctor;

import io.promptforge.schema.MigrationException;
import io.promptforge.schema.MigrationException.Reason;
import io.promptforge.schema.MigrationScript;
import io.promptforge.schema.MigrationStatus;
import io.promptforge.schema.MigrationStatus.Migration;
import io.promptforge.schema.MigrationStatus.State;
import io.promptforge.schema.Migrations;
import io.promptforge.schema.doctor.Finding.Severity;
import io.promptforge.schema.internal.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;

/**
 * Examines a database: can it be reached, is it migrated, was it changed by hand, will it become slow or stop. Each finding says
 * what to do about it.
 *
 * <pre>{@code
 * Doctor.of(dataSource).examine().findings().forEach(finding -> log.warn("{}: {}", finding.problem(), finding.remedy()));
 * }</pre>
 *
 * <p>It changes nothing: every transaction is rolled back. It takes two connections at a time, and for the comparison with the
 * migrations some tenths of a second. Use the role of the service to examine its rights, and the role that migrates to compare the
 * schema. Instances are immutable and thread-safe.
 */
public final class Doctor {

    private final DataSource dataSource;
    private final Migrations migrations;
    private final String schema;
    private final Thresholds thresholds;
    private final Clock clock;

    private Doctor(DataSource dataSource, Migrations migrations, String schema, Thresholds thresholds, Clock clock) {
        this.dataSource = dataSource;
        this.migrations = migrations;
        this.schema = schema;
        this.thresholds = thresholds;
        this.clock = clock;
    }

    /** Returns a doctor for the schema {@code promptforge}. Opens no connection yet. */
    public static Doctor of(DataSource dataSource) {
        Objects.requireNonNull(dataSource, "dataSource");
        return new Doctor(dataSource, Migrations.of(dataSource), "promptforge", Thresholds.USUAL, Clock.systemUTC());
    }

    /**
     * Returns a doctor for another schema.
     *
     * @throws MigrationException when the name is not allowed
     */
    public Doctor schema(String name) {
        return new Doctor(dataSource, Migrations.of(dataSource).schema(name), name, thresholds, clock);
    }

    /** For tests: returns a doctor that finds more. */
    Doctor thresholds(Thresholds others) {
        return new Doctor(dataSource, migrations, schema, others, clock);
    }

    /** For tests: returns a doctor with another clock. */
    Doctor clock(Clock other) {
        return new Doctor(dataSource, migrations, schema, thresholds, other);
    }

    /** Examines everything. A fault is never thrown, but found: also that there is no connection. */
    public Diagnosis examine() {
        List<Finding> findings = new ArrayList<>();
        try {
            List<Check> checks = checks(findings);
            try (Connection connection = dataSource.getConnection()) {
                boolean autoCommit = connection.getAutoCommit();
                connection.setAutoCommit(false);
                for (Check check : checks) {
                    findings.addAll(examine(check, connection));
                }
                connection.setAutoCommit(autoCommit);
            }
        } catch (SQLException | RuntimeException e) {
            // HikariCP throws a RuntimeException when the pool starts with the first connection.
            findings.add(ConnectionCheck.explain(e));
        }
        return new Diagnosis(schema, findings);
    }

    /** The checks that make sense here: without a schema, only those of the server. */
    private List<Check> checks(List<Finding> findings) throws SQLException {
        List<Check> checks = new ArrayList<>(List.of(new ServerCheck(thresholds, clock), new PoolCheck(dataSource)));
        boolean exists = schemaExists();
        MigrationStatus status;
        try {
            status = migrations.status();
        } catch (MigrationException e) {
            if (e.reason() != Reason.ACCESS_DENIED) {
                throw e;
            }
            findings.add(Finding.of(
                    Severity.ERROR,
                    Fault.PERMISSION_MISSING,
                    "The history of migrations cannot be read: " + ConnectionCheck.firstLine(e),
                    e.remedy()));
            return checks;
        }
        List<MigrationScript> scripts = migrations.scripts();
        checks.add(new MigrationCheck(status, scripts));
        if (exists) {
            List<String> applied = status.migrations().stream()
                    .filter(migration -> migration.state() == State.APPLIED)
                    .map(Migration::version)
                    .toList();
            checks.add(new RightsCheck());
            checks.add(new PartitionCheck());
            checks.add(new TableCheck(thresholds));
            checks.add(new DistributionCheck());
            if (status.migrations().stream()
                    .allMatch(one -> one.state() == State.APPLIED || one.state() == State.PENDING)) {
                checks.add(new DriftCheck(scripts.stream()
                        .filter(script -> applied.contains(script.version()))
                        .toList()));
            }
        }
        return checks;
    }

    private boolean schemaExists() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            boolean exists = !Rows.texts(connection, "SELECT nspname FROM pg_namespace WHERE nspname = ?", schema)
                    .isEmpty();
            if (!connection.getAutoCommit()) {
                connection.rollback();
            }
            return exists;
        }
    }

    /** A check that fails does not keep the others from being made. */
    private List<Finding> examine(Check check, Connection connection) throws SQLException {
        try {
            return check.examine(connection, schema);
        } catch (SQLException e) {
            return List.of(Finding.of(
                    Severity.INFO,
                    Fault.NOT_EXAMINED,
                    "A part was not examined: " + ConnectionCheck.firstLine(e),
                    "Grant what is lacking, and examine again"));
        } finally {
            connection.rollback();
        }
    }
}
