package io.promptforge.dao.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.PromptForge;
import io.promptforge.dao.PromptForgeSettings;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.MissingSecretException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Passwords are hashed with a secret of the host, which can be replaced while users log in. */
class PepperTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();
    private static final PromptForgeSettings OLD = ClassDatabase.settings().passwordPepper("2025", secret(1));
    private static final PromptForgeSettings BOTH = OLD.passwordPepper("2026", secret(2));
    private static final PromptForgeSettings NEW = ClassDatabase.settings().passwordPepper("2026", secret(2));

    private final TestTenant fixture = DATABASE.newTenant();
    private final User user = fixture.fixtures().user().create();

    private static byte[] secret(int number) {
        byte[] secret = new byte[32];
        Arrays.fill(secret, (byte) number);
        return secret;
    }

    private static PromptForge forge(PromptForgeSettings settings) {
        return PromptForge.create(DATABASE.dataSource(), settings);
    }

    private boolean logsIn(PromptForgeSettings settings) {
        return forge(settings).login(user.email(), TestTenant.PASSWORD).isPresent();
    }

    private String hash() {
        return DATABASE.query("SELECT password_hash FROM promptforge.users WHERE id = '" + user.id() + "'")
                .get(0);
    }

    @Test
    void aLoginHashesThePasswordWithTheNewestPepper() {
        assertThat(logsIn(OLD)).isTrue();
        assertThat(hash()).startsWith("2025:$2a$04$");

        assertThat(logsIn(BOTH)).isTrue();
        assertThat(hash()).startsWith("2026:$2a$04$");
        assertThat(logsIn(BOTH)).isTrue();
        assertThat(logsIn(NEW)).isTrue();
    }

    @Test
    void aWrongPasswordIsWrongWithEveryPepper() {
        logsIn(OLD);
        for (PromptForgeSettings settings : new PromptForgeSettings[] {OLD, BOTH}) {
            assertThat(forge(settings).login(user.email(), "wrong")).isEmpty();
        }
        assertThat(hash()).startsWith("2025:");
    }

    @Test
    void withAnotherSecretOfThisNameThePasswordIsWrong() {
        logsIn(OLD);

        assertThat(logsIn(ClassDatabase.settings().passwordPepper("2025", secret(3))))
                .isFalse();
    }

    @Test
    void aMissingPepperIsAnErrorThatCountsNoFailure() {
        logsIn(OLD);
        String before = hash();

        for (PromptForgeSettings settings : new PromptForgeSettings[] {NEW, ClassDatabase.settings()}) {
            assertThatThrownBy(() -> logsIn(settings))
                    .isInstanceOfSatisfying(MissingSecretException.class, e -> assertThat(e.name())
                            .isEqualTo("2025"));
        }
        assertThat(hash()).isEqualTo(before);
        assertThat(fixture.tenant().users().find(user.id()).orElseThrow().failedLoginAttempts())
                .isZero();
    }

    @Test
    void aFormerPasswordIsKnownByItsOwnPepper() {
        logsIn(OLD);
        UserRepository users = forge(BOTH).tenant(user.organizationId()).users();
        users.changePassword(user.id(), "another correct horse");

        assertThatThrownBy(() -> users.changePassword(user.id(), TestTenant.PASSWORD))
                .isInstanceOf(InvalidValueException.class);
        assertThat(users.hasPassword(user.id(), "another correct horse")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a:b", "ä", "123456789012345678901234567890123"})
    void aNameIsShortAndPlain(String bad) {
        PromptForgeSettings settings = ClassDatabase.settings();

        assertThatThrownBy(() -> settings.passwordPepper(bad, secret(1))).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> settings.passwordPepper("good", new byte[31]))
                .isInstanceOf(InvalidValueException.class);
        assertThat(settings.passwordPepper("good", secret(1)).toString()).doesNotContain("[1, 1");
    }
}
