package io.promptforge.dao.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.AtOnce;
import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.PromptForgeException;
import io.promptforge.schema.type.Role;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The database keeps an active admin in every organization that has had one. */
class LastAdminTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();
    private static final UserChanges DEMOTED = UserChanges.none().role(Role.DEVELOPER);

    private final TestTenant fixture = DATABASE.newTenant();
    private final UserRepository users = fixture.tenant().users();
    private final User admin = fixture.user();

    @Test
    void theLastAdminStaysActiveAndAdmin() {
        fixture.fixtures().user().withRole(Role.DEVELOPER).create();
        User former = fixture.user();
        users.update(former.id(), UserChanges.none().active(false));

        for (UserChanges changes : List.of(DEMOTED, UserChanges.none().active(false))) {
            assertThatThrownBy(() -> users.update(admin.id(), changes))
                    .isInstanceOfSatisfying(InvalidValueException.class, e -> assertThat(e.field())
                            .isEqualTo("role"))
                    .hasMessageContaining("last active admin");
        }
        assertThat(users.find(admin.id())).contains(admin);
    }

    @Test
    void oneOfTwoAdminsMayGo() {
        User another = fixture.user();

        assertThat(users.update(admin.id(), DEMOTED).role()).isEqualTo(Role.DEVELOPER);
        assertThatThrownBy(() -> users.update(another.id(), DEMOTED)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void rawSqlDeletesTheLastAdminOnlyWithTheOrganization() {
        String ofTenant = " WHERE organization_id = '" + fixture.organization().id() + "'";

        assertThatThrownBy(() -> DATABASE.execute("DELETE FROM promptforge.users" + ofTenant))
                .hasStackTraceContaining("last active admin");
        assertThatThrownBy(() -> DATABASE.execute("UPDATE promptforge.users SET active = false" + ofTenant))
                .hasStackTraceContaining("last active admin");
        DATABASE.forge().organizations().delete(fixture.organization().id());
        assertThat(users.find(admin.id())).isEmpty();
    }

    @Test
    void oneOfManyAdminsRemainsWhenAllAreDemotedAtOnce() {
        for (int round = 0; round < 10; round++) {
            TestTenant tenant = DATABASE.newTenant();
            List<User> admins = tenant.fixtures().user().admin().create(8);

            List<Boolean> demoted = AtOnce.get(
                    8,
                    i -> succeeds(
                            () -> tenant.tenant().users().update(admins.get(i).id(), DEMOTED)));

            assertThat(demoted).containsOnlyOnce(false);
            assertThat(tenant.tenant().users().count(UserFilter.all().role(Role.ADMIN)))
                    .isEqualTo(1);
        }
    }

    private static boolean succeeds(Runnable call) {
        try {
            call.run();
            return true;
        } catch (PromptForgeException e) {
            return false;
        }
    }

    /** The second one has read before the first one commits. */
    @ParameterizedTest
    @ValueSource(ints = {Connection.TRANSACTION_REPEATABLE_READ, Connection.TRANSACTION_SERIALIZABLE})
    void anOldSnapshotDoesNotHideThatTheOtherAdminIsGone(int isolation) throws SQLException {
        User another = fixture.user();

        try (Connection second = DATABASE.dataSource().getConnection();
                Statement statement = second.createStatement()) {
            second.setAutoCommit(false);
            second.setTransactionIsolation(isolation);
            statement.execute("SELECT FROM promptforge.users");
            users.update(admin.id(), DEMOTED);

            assertThatThrownBy(() -> statement.execute(
                            "UPDATE promptforge.users SET role = 'viewer' WHERE id = '" + another.id() + "'"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("40001"));
        }
        assertThat(users.find(another.id())).contains(another);
    }
}
