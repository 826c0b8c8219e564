package io.promptforge.schema;

import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Each transition between two statuses: the legal ones are accepted, all others are refused. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LegalTransitionsTest {

    private static final Set<String> EVALUATION = Set.of(
            "pending running",
            "pending cancelled",
            "running completed",
            "running failed",
            "running cancelled",
            "completed running",
            "failed running",
            "cancelled running");

    private static final Set<String> VIOLATION = Set.of(
            "open acknowledged",
            "open resolved",
            "open false_positive",
            "acknowledged open",
            "acknowledged resolved",
            "acknowledged false_positive",
            "resolved open",
            "false_positive open");

    private final PGSimpleDataSource database = TestServer.migratedDatabase();

    @BeforeAll
    void fill() {
        Sql.run(database, SampleRows.all(1));
    }

    static Stream<Arguments> evaluations() {
        return pairs("pending", "running", "completed", "failed", "cancelled");
    }

    @ParameterizedTest
    @MethodSource("evaluations")
    void ofAnEvaluation(String from, String to) throws SQLException {
        String insert = """
                INSERT INTO evaluations (organization_id, id, project_id, name, type, status, started_at, finished_at)
                VALUES (%s, %s, %s, 'x', 'custom', '%s', %s, %s)""".formatted(
                SampleRows.id(1, 1), SampleRows.id(1, 99), SampleRows.id(1, 5), from, started(from), finished(from));
        String update = "UPDATE evaluations SET status = '%s', started_at = %s, finished_at = %s WHERE id = %s"
                .formatted(to, started(to), finished(to), SampleRows.id(1, 99));

        isRefused(!EVALUATION.contains(from + " " + to), "evaluations_status_transition", insert, update);
    }

    static Stream<Arguments> violations() {
        return pairs("open", "acknowledged", "resolved", "false_positive");
    }

    @ParameterizedTest
    @MethodSource("violations")
    void ofAViolation(String from, String to) throws SQLException {
        String insert = """
                INSERT INTO policy_violations (organization_id, id, project_id, policy_id, policy_version, severity,
                    violation_type, message, detected_at, status, acknowledged_at, acknowledged_by, resolved_at, resolved_by)
                VALUES (%s, %s, %s, %s, 1, 'low', 'x', 'x', now(), '%s', %s, %s, %s, %s)""".formatted(
                        SampleRows.id(1, 1),
                        SampleRows.id(1, 99),
                        SampleRows.id(1, 5),
                        SampleRows.id(1, 11),
                        from,
                        when(from.equals("acknowledged"), "now()"),
                        when(from.equals("acknowledged"), SampleRows.id(1, 2)),
                        when(isResolved(from), "now()"),
                        when(isResolved(from), SampleRows.id(1, 2)));
        String update = """
                UPDATE policy_violations SET status = '%s', acknowledged_at = %s, acknowledged_by = %s,
                    resolved_at = %s, resolved_by = %s
                WHERE id = %s""".formatted(
                        to,
                        when(to.equals("acknowledged"), "now()"),
                        when(to.equals("acknowledged"), SampleRows.id(1, 2)),
                        when(isResolved(to), "now()"),
                        when(isResolved(to), SampleRows.id(1, 2)),
                        SampleRows.id(1, 99));

        isRefused(!VIOLATION.contains(from + " " + to), "policy_violations_status_transition", insert, update);
    }

    private void isRefused(boolean refused, String constraint, String insert, String update) throws SQLException {
        try (TrialTransaction transaction = new TrialTransaction(database)) {
            transaction.run(insert);
            if (refused) {
                transaction.refused(TrialTransaction.CHECK, constraint, update);
            } else {
                transaction.run(update);
            }
        }
    }

    private static Stream<Arguments> pairs(String... statuses) {
        return Stream.of(statuses)
                .flatMap(from ->
                        Stream.of(statuses).filter(to -> !to.equals(from)).map(to -> Arguments.of(from, to)));
    }

    private static String started(String status) {
        return when(!status.equals("pending"), "now()");
    }

    private static String finished(String status) {
        return when(!status.equals("pending") && !status.equals("running"), "now()");
    }

    private static boolean isResolved(String status) {
        return status.equals("resolved") || status.equals("false_positive");
    }

    private static String when(boolean condition, String value) {
        return condition ? value : "NULL";
    }
}
