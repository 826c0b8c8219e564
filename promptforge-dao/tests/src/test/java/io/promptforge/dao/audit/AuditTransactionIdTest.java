package io.promptforge.dao.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.ClassDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/**
 * A restored database gives the numbers of transactions again, and two transactions may start in the same microsecond: so the id that
 * entries of the audit log have in common depends on both.
 */
class AuditTransactionIdTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();
    private static final String ID = "SELECT promptforge.current_audit_transaction()";

    @Test
    void dependsOnTheNumberOfTheTransaction() throws SQLException {
        try (Connection connection = DATABASE.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            String withoutNumber = value(statement, ID);
            value(statement, "SELECT pg_current_xact_id()"); // gives it one

            assertThat(value(statement, ID)).isNotEqualTo(withoutNumber);
        }
    }

    @Test
    void dependsOnTheStartOfTheTransaction() {
        // transactions that only read have no number
        assertThat(DATABASE.query(ID)).isNotEqualTo(DATABASE.query(ID));
    }

    private static String value(Statement statement, String sql) throws SQLException {
        try (ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
