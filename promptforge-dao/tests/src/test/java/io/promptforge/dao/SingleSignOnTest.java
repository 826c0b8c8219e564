package io.promptforge.dao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.error.AlreadyExistsException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.user.NewUser;
import io.promptforge.dao.user.SingleSignOn;
import io.promptforge.dao.user.User;
import io.promptforge.dao.user.UserChanges;
import io.promptforge.schema.type.Role;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SingleSignOnTest {
    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final PromptForge forge = DATABASE.forge();
    private final TestTenant fixture = DATABASE.newTenant();
    private final Tenant tenant = fixture.tenant();
    private final SingleSignOn identity =
            new SingleSignOn("https://id.example", UUID.randomUUID().toString());

    @Test
    void aUserWithoutAPasswordIsFoundAndLoggedInByTheIdentity() {
        User created = tenant.users().create(newUser("ada"));

        assertThat(created.singleSignOn()).contains(identity);
        assertThat(forge.findUser(identity)).contains(created);
        assertThat(forge.login(identity)).get().satisfies(user -> {
            assertThat(user.organizationId()).isEqualTo(tenant.organizationId());
            assertThat(user.lastLoginAt()).isPresent();
        });
        assertThat(tenant.users().find(created.id()))
                .get()
                .extracting(User::singleSignOn)
                .isEqualTo(created.singleSignOn());
    }

    @Test
    void noPasswordLogsInAUserWithoutOne() {
        User created = tenant.users().create(newUser("ada"));

        assertThat(forge.login(created.email(), TestTenant.PASSWORD)).isEmpty();
        assertThat(tenant.users().hasPassword(created.id(), TestTenant.PASSWORD))
                .isFalse();
        assertThat(forge.login(identity))
                .as("whatever was tried with passwords")
                .isPresent();
    }

    @Test
    void issuerAndSubjectAreComparedExactly() {
        tenant.users().create(newUser("ada"));

        for (SingleSignOn other : List.of(
                new SingleSignOn("https://ID.example", identity.subject()),
                new SingleSignOn(identity.issuer(), identity.subject() + " "))) {
            assertThat(forge.login(other)).isEmpty();
            assertThat(forge.findUser(other)).isEmpty();
        }
    }

    @Test
    void anInactiveUserIsFoundButNotLoggedIn() {
        User created = tenant.users().create(newUser("ada"));
        tenant.users().update(created.id(), UserChanges.none().active(false));

        assertThat(forge.login(identity)).isEmpty();
        assertThat(forge.findUser(identity)).get().extracting(User::active).isEqualTo(false);
    }

    @Test
    void anIdentityBelongsToOneUserOfThePlatform() {
        tenant.users().create(newUser("ada"));

        assertThatThrownBy(() -> DATABASE.newTenant().tenant().users().create(newUser("bob")))
                .isInstanceOfSatisfying(
                        AlreadyExistsException.class, e -> assertThat(e.field()).isEqualTo("sso_subject"));
    }

    @Test
    void aUserWithAPasswordIsLinkedAndUnlinked() {
        User user = fixture.user();

        tenant.users().update(user.id(), UserChanges.none().singleSignOn(identity));
        assertThat(forge.login(identity)).isPresent();
        assertThat(forge.login(user.email(), TestTenant.PASSWORD)).isPresent();

        User unlinked = tenant.users().update(user.id(), UserChanges.none().singleSignOn(null));
        assertThat(unlinked.singleSignOn()).isEmpty();
        assertThat(forge.login(identity)).isEmpty();
    }

    @Test
    void thePasswordIsRemovedAndSetAgain() {
        User user = fixture.user();
        assertThatThrownBy(() -> tenant.users().removePassword(user.id()))
                .as("the only way to log in")
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("password_hash"));

        tenant.users().update(user.id(), UserChanges.none().singleSignOn(identity));
        tenant.users().removePassword(user.id());
        assertThat(forge.login(user.email(), TestTenant.PASSWORD)).isEmpty();
        assertThatThrownBy(() ->
                        tenant.users().update(user.id(), UserChanges.none().singleSignOn(null)))
                .isInstanceOf(InvalidValueException.class);

        tenant.users().changePassword(user.id(), "another one");
        assertThat(forge.login(user.email(), "another one")).isPresent();
    }

    private NewUser newUser(String name) {
        return NewUser.of(name + "@" + UUID.randomUUID() + ".example", "Some One", Role.DEVELOPER, identity);
    }
}
