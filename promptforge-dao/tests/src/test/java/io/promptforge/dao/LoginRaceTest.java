package io.promptforge.dao;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.user.NewUser;
import io.promptforge.dao.user.SingleSignOn;
import io.promptforge.dao.user.User;
import io.promptforge.dao.user.UserChanges;
import io.promptforge.dao.user.UserRepository;
import io.promptforge.schema.type.Role;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A user who is changed between the statement that finds the user and the one that notes the login. */
class LoginRaceTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final UserRepository users = fixture.tenant().users();
    private final User user = fixture.fixtures().user().create();
    private final SingleSignOn identity =
            new SingleSignOn("https://id.example", UUID.randomUUID().toString());
    private final User linked =
            users.create(NewUser.of("ada@" + UUID.randomUUID() + ".example", "Ada Lovelace", Role.DEVELOPER, identity));

    /** PromptForge, which finds that this has happened right before it notes the login. */
    private static PromptForge after(Runnable change) {
        BeforeStatement update = new BeforeStatement(
                DATABASE.dataSource(), "update \"promptforge\".\"users\" set \"last_login_at\"", change);
        return PromptForge.create(update.dataSource(), ClassDatabase.settings());
    }

    @Test
    void withoutAChangeIsLoggedIn() {
        assertThat(after(() -> {}).login(user.email(), TestTenant.PASSWORD)).isPresent();
        assertThat(after(() -> {}).login(identity)).isPresent();
    }

    @Test
    void thatIsDeactivatedIsNotLoggedIn() {
        assertThat(after(() -> users.update(user.id(), UserChanges.none().active(false)))
                        .login(user.email(), TestTenant.PASSWORD))
                .isEmpty();
        assertThat(after(() -> users.update(linked.id(), UserChanges.none().active(false)))
                        .login(identity))
                .isEmpty();
    }

    @Test
    void thatGetsANewPasswordIsNotLoggedInByTheOldOne() {
        assertThat(after(() -> users.changePassword(user.id(), "another correct horse"))
                        .login(user.email(), TestTenant.PASSWORD))
                .isEmpty();
        assertThat(DATABASE.forge().login(user.email(), "another correct horse"))
                .isPresent();
    }

    @Test
    void thatGetsAnotherIdentityIsNotLoggedInByTheOldOne() {
        SingleSignOn ofAnotherIssuer = new SingleSignOn("https://other.example", identity.subject());
        SingleSignOn ofAnotherSubject =
                new SingleSignOn(identity.issuer(), UUID.randomUUID().toString());

        assertThat(after(() -> users.update(linked.id(), UserChanges.none().singleSignOn(ofAnotherSubject)))
                        .login(identity))
                .isEmpty();
        assertThat(after(() -> users.update(
                                linked.id(),
                                UserChanges.none()
                                        .singleSignOn(new SingleSignOn(
                                                ofAnotherIssuer.issuer(), ofAnotherSubject.subject()))))
                        .login(ofAnotherSubject))
                .isEmpty();
    }
}
