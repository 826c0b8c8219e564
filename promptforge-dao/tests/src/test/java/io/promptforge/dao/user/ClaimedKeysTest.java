package io.promptforge.dao.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The functions that stand in on Citus for the keys that are unique over the platform; they do the same on PostgreSQL. */
class ClaimedKeysTest {
    private static final ClassDatabase DATABASE = ClassDatabase.migrated();
    private static final UUID NO_USER = new UUID(0, 0);

    private final TestTenant tenant = DATABASE.newTenant();
    private final User user = tenant.user();

    @ParameterizedTest
    @CsvSource({"lower", "upper"})
    void theEmailOfAnotherUserIsRefusedInAnyCase(String spelling) {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> claimEmail(NO_USER, spelling))
                .havingCause()
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23505"))
                .withMessageContaining("\"users_email_key\"");
    }

    @Test
    void aUserKeepsTheirOwnEmail() {
        assertThat(claimEmail(user.id(), "lower")).isEmpty();
    }

    @Test
    void theNameOfAnotherOrganizationIsRefusedButNotItsOwn() {
        UUID organization = tenant.tenant().organizationId();

        assertThat(claimName(organization, organization)).isEmpty();
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> claimName(NO_USER, organization))
                .havingCause()
                .withMessageContaining("\"organizations_name_key\"");
    }

    @Test
    void aClaimedEmailIsLockedUntilTheEndOfTheTransaction() throws SQLException {
        try (Connection first = DATABASE.dataSource().getConnection();
                Connection second = DATABASE.dataSource().getConnection()) {
            first.setAutoCommit(false);
            execute(first, "new@example.com");
            execute(second, "other@example.com");

            assertThat(waits(second, "NEW@example.com")).isTrue();
            first.rollback();
            assertThat(waits(second, "NEW@example.com")).isFalse();
        }
    }

    private static boolean waits(Connection connection, String email) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET lock_timeout TO '50ms'");
            execute(connection, email);
            return false;
        } catch (SQLException e) {
            assertThat(e.getSQLState()).isEqualTo("55P03");
            return true;
        }
    }

    private static void execute(Connection connection, String email) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT promptforge.claim_user_keys('" + NO_USER + "', '"
                        + NO_USER + "', '" + email + "', NULL, NULL)")) {
            assertThat(row.next()).isTrue();
        }
    }

    private String claimEmail(UUID claimant, String spelling) {
        return DATABASE.query(
                        "SELECT promptforge.claim_user_keys('" + tenant.tenant().organizationId() + "', '" + claimant
                                + "', " + spelling + "('" + user.email() + "'), NULL, NULL)")
                .get(0);
    }

    private static String claimName(UUID claimant, UUID organization) {
        return DATABASE.query("SELECT promptforge.claim_organization_keys('" + claimant
                        + "', (SELECT name FROM promptforge.organizations WHERE id = '" + organization + "'), NULL)")
                .get(0);
    }
}
