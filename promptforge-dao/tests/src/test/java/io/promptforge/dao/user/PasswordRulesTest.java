package io.promptforge.dao.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.PromptForge;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.schema.type.Role;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A new password is long enough, not one that is guessed first, and none of the last five. */
class PasswordRulesTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final User user = fixture.fixtures()
            .user()
            .named("Grace Hopper")
            .withEmail("cobolgrace@" + fixture.organization().slug() + ".example")
            .withPassword(password(0))
            .create();

    private static String password(int number) {
        return "correct horse no. " + number + " of the stable";
    }

    private static void isRefused(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(InvalidValueException.class, e -> assertThat(e.field())
                .isEqualTo("password"));
    }

    private UserRepository users(PasswordRules rules) {
        return PromptForge.create(
                        DATABASE.dataSource(), ClassDatabase.settings().passwordRules(rules))
                .tenant(fixture.organization().id())
                .users();
    }

    private void change(String password) {
        fixture.tenant().users().changePassword(user.id(), password);
    }

    @Test
    void lengthIsCountedInCharactersAndNeedsNoKinds() {
        isRefused(() -> change("zvbkfam"));
        isRefused(() -> change("äöüzvbk"));
        assertThatCode(() -> change("zvbkfamq")).doesNotThrowAnyException();

        UserRepository strict = users(PasswordRules.standard().minimumLength(15));
        isRefused(() -> strict.changePassword(user.id(), "fourteen chars"));
        assertThatCode(() -> strict.changePassword(user.id(), "fifteen, really"))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "Passwort1!",
                "P@ssw0rd2026",
                "12345678",
                "87654321",
                "QWERTZUIOP",
                "aaaaaaaaaa",
                "abcabcabcabc",
                "!!iloveyou!!",
                "1q2w3e4r5t",
                "PromptForge1",
                "cobolgrace",
                "GraceHopper99",
                "grace hopper"
            })
    void whatIsGuessedFirstIsRefused(String guessed) {
        isRefused(() -> change(guessed));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "passwordless entry",
                "horse battery",
                "1912 Grace Street",
                "9f3k-22qx-81vv",
                "\u0f40\u0f41\u0f42\u0f44\u0f45\u0f46\u0f47\u0f49"
            })
    void whatOnlyHasACommonWordInItIsAccepted(String password) {
        assertThatCode(() -> change(password)).doesNotThrowAnyException();
    }

    @Test
    void aNewUserNeedsSuchAPasswordToo() {
        String email = UUID.randomUUID() + "@example.com";

        isRefused(() -> fixture.tenant().users().create(NewUser.of(email, "Ada", Role.VIEWER, "sunshine1")));
        assertThat(users(PasswordRules.none()).create(NewUser.of(email, "Ada", Role.VIEWER, "x")))
                .isNotNull();
    }

    @Test
    void theLastFiveAreNotAcceptedAgain() {
        for (int number = 1; number <= 5; number++) {
            change(password(number));
        }

        for (int number = 1; number <= 5; number++) {
            String used = password(number);
            isRefused(() -> change(used));
        }
        assertThat(DATABASE.forge().login(user.email(), password(5))).isPresent();
        change(password(0));
        assertThat(DATABASE.forge().login(user.email(), password(0))).isPresent();
    }

    @Test
    void aRemovedPasswordIsRemembered() {
        fixture.tenant()
                .users()
                .update(
                        user.id(),
                        UserChanges.none().singleSignOn(new SingleSignOn("https://id.example", user.email())));
        fixture.tenant().users().removePassword(user.id());

        isRefused(() -> change(password(0)));
        assertThatCode(() -> change(password(1))).doesNotThrowAnyException();
    }

    @Test
    void asManyAreRememberedAsTheRulesSay() {
        UserRepository two = users(PasswordRules.standard().remembered(2));
        two.changePassword(user.id(), password(1));
        isRefused(() -> two.changePassword(user.id(), password(0)));
        two.changePassword(user.id(), password(2));

        assertThatCode(() -> two.changePassword(user.id(), password(0))).doesNotThrowAnyException();
        assertThatCode(() -> users(PasswordRules.none()).changePassword(user.id(), password(0)))
                .doesNotThrowAnyException();
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        for (int length : new int[] {0, 73}) {
            assertThatThrownBy(() -> PasswordRules.standard().minimumLength(length))
                    .isInstanceOf(InvalidValueException.class);
        }
        for (int passwords : new int[] {-1, 25}) {
            assertThatThrownBy(() -> PasswordRules.standard().remembered(passwords))
                    .isInstanceOf(InvalidValueException.class);
        }
    }
}
