package io.promptforge.dao;

import static java.util.stream.Collectors.joining;

import io.promptforge.dao.WithoutTenantConditions.TenantCondition;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Runs calls in transactions that are rolled back, as a role that sees the rows of all tenants, and tells what each has done. */
final class RolledBackCalls implements AutoCloseable {

    /** What differs from one call to the next: new ids, times, hashes and identities of objects. */
    private static final Pattern NEW = Pattern.compile(String.join(
            "|",
            "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}",
            "\\d{4}-\\d\\d-\\d\\d[T ]\\d\\d:\\d\\d(:\\d\\d(\\.\\d+)?)?(Z|[+-]\\d\\d)?",
            "\\$2[aby]\\$[\\w./$]+",
            "\\\\+x[0-9a-f]+",
            "[\\w$.]+@[0-9a-f]{4,}"));

    private final ClassDatabase database;
    private final OneConnection one;
    private final String allRows;

    RolledBackCalls(ClassDatabase database) throws SQLException {
        this.database = database;
        this.one = new OneConnection(database.dataSource(), false);
        this.allRows = CallEffects.tables(database).stream()
                .filter(table -> !table.startsWith("audit_")) // new hashes each time
                .map(("SELECT organization_id, '%1$s', t::text, xmin::text::bigint >= f.xid OR xmax::text::bigint"
                        + " >= f.xid FROM promptforge.%1$s t, first f")::formatted)
                .collect(joining(
                        " UNION ALL ", "WITH first AS (SELECT pg_current_xact_id()::text::bigint AS xid) ", ""));
    }

    /**
     * What a call gave or threw, and all rows behind it, without what differs from one call to the next.
     *
     * @param result what it gave, or the failure
     * @param statements how many it sent: some conditions only save others
     * @param rows those of all tenants, with the tenant in front, and whether they were written or locked; empty if the transaction can
     *     only be rolled back
     */
    record Outcome(String result, int statements, List<String> rows) {
        /** The rows of all tenants but one. */
        List<String> rowsOfOthers(UUID tenant) {
            return rows.stream()
                    .filter(row -> !row.startsWith(tenant.toString()))
                    .toList();
        }
    }

    /**
     * Runs a call.
     *
     * @param removed the conditions that its statements leave out; may throw to end the call
     */
    Outcome run(Function<PromptForge, Object> call, Predicate<TenantCondition> removed) throws SQLException {
        WithoutTenantConditions mutant = new WithoutTenantConditions(one.dataSource(), removed);
        Connection connection = mutant.dataSource().getConnection();
        // a new one each time, which has cached nothing
        PromptForge forge = PromptForge.create(database.dataSource(), ClassDatabase.settings())
                .on(connection);
        try (Statement statement = one.connection().createStatement()) {
            // so that ids are sought in indexes, where those of the twin come first; and so that locks have the number
            // of the transaction
            statement.execute("SET LOCAL enable_seqscan TO off; SELECT pg_current_xact_id()");
        }
        String result;
        try {
            result = String.valueOf(call.apply(forge));
        } catch (RuntimeException failure) {
            result = failure.getClass().getSimpleName() + ": " + failure.getMessage();
        }
        try {
            return new Outcome(withoutNew(result), mutant.statements(), rows());
        } finally {
            one.connection().rollback();
        }
    }

    private List<String> rows() {
        List<String> rows = new ArrayList<>();
        try (Statement statement = one.connection().createStatement();
                ResultSet found = statement.executeQuery(allRows)) {
            while (found.next()) {
                rows.add(found.getString(1) + " " + found.getString(2) + withoutNew(found.getString(3))
                        + (found.getBoolean(4) ? " touched" : ""));
            }
        } catch (SQLException aborted) {
            return List.of();
        }
        return rows.stream().sorted().toList();
    }

    private static String withoutNew(String text) {
        return NEW.matcher(text).replaceAll("…");
    }

    @Override
    public void close() throws SQLException {
        one.close();
    }
}
