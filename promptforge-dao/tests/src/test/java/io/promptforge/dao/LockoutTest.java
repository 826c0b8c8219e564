package io.promptforge.dao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.user.Lockout;
import io.promptforge.dao.user.User;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Failed logins lock a user out, and the answer does not tell. */
class LockoutTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final PromptForge forge = PromptForge.create(
            DATABASE.dataSource(), ClassDatabase.settings().lockout(Lockout.of(3, Duration.ofMinutes(15))));
    private final TestTenant fixture = DATABASE.newTenant();
    private final User user = fixture.user();

    @Test
    void failedLoginsAreCountedUntilOneSucceeds() {
        fail(2);
        assertThat(found().failedLoginAttempts()).isEqualTo(2);
        assertThat(found().lockedUntil()).isEmpty();

        assertThat(succeeds()).isTrue();
        assertThat(found().failedLoginAttempts()).isZero();
        fail(2);
        assertThat(succeeds()).isTrue();
    }

    @Test
    void theThirdFailureLocksTheUserOutEvenWithTheRightPassword() {
        Instant before = Instant.now();
        fail(3);

        assertThat(found().lockedUntil()).get().matches(before.plus(Duration.ofMinutes(14))::isBefore);
        assertThat(succeeds()).isFalse();
        assertThat(found().lastLoginAt()).isEmpty();
    }

    @Test
    void failuresDuringALockoutDoNotProlongIt() {
        fail(3);
        User locked = found();

        fail(2);
        assertThat(succeeds()).isFalse();

        assertThat(found()).isEqualTo(locked);
    }

    @Test
    void afterALockoutTheUserCanLogInAndFailuresAreCountedFromZero() {
        fail(3);
        DATABASE.execute("UPDATE promptforge.users SET locked_until = now() - interval '1 second' WHERE id = '"
                + user.id() + "'");

        fail(1);
        assertThat(found().failedLoginAttempts()).isEqualTo(1);
        assertThat(found().lockedUntil()).isEmpty();
        assertThat(succeeds()).isTrue();
    }

    @Test
    void aLockoutOfAServiceWhoseClockIsAheadIsKept() {
        fail(3);
        DATABASE.execute("UPDATE promptforge.users SET locked_until = now() + interval '23 hours' WHERE id = '"
                + user.id() + "'");

        assertThat(succeeds()).isFalse();
    }

    @Test
    void aLockoutOfAClockThatWasFarAheadIsNotKept() {
        fail(3);
        DATABASE.execute("UPDATE promptforge.users SET locked_until = now() + interval '10 years' WHERE id = '"
                + user.id() + "'");

        fail(1);
        assertThat(found().failedLoginAttempts()).isEqualTo(1);
        assertThat(found().lockedUntil()).isEmpty();
        assertThat(succeeds()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"now() - interval '1 second'", "now() + interval '10 years'"})
    void afterALockoutTheFirstLoginSucceeds(String end) {
        fail(3);
        DATABASE.execute("UPDATE promptforge.users SET locked_until = " + end + " WHERE id = '" + user.id() + "'");

        assertThat(succeeds()).isTrue();
        assertThat(found().lockedUntil()).isEmpty();
    }

    @Test
    void unlockingAndANewPasswordEndALockout() {
        fail(3);
        assertThat(fixture.tenant().users().unlock(user.id()).lockedUntil()).isEmpty();
        assertThat(succeeds()).isTrue();

        fail(3);
        fixture.tenant().users().changePassword(user.id(), "another correct horse");
        assertThat(forge.login(user.email(), "another correct horse")).isPresent();
    }

    @Test
    void concurrentFailuresAreAllCounted() {
        PromptForge patient = PromptForge.create(
                DATABASE.dataSource(), ClassDatabase.settings().lockout(Lockout.of(100, Duration.ofMinutes(1))));

        AtOnce.get(8, number -> patient.login(user.email(), "wrong"));

        assertThat(found().failedLoginAttempts()).isEqualTo(8);
    }

    /** An attacker could time a difference between known and unknown e-mails. */
    @Test
    void aFailedLoginSendsTheSameStatementsWhetherTheEmailIsKnownOrNot() {
        RecordedStatements sent = new RecordedStatements(DATABASE.dataSource());
        PromptForge watched = PromptForge.create(sent.dataSource(), ClassDatabase.settings());

        List<String> known = sent.templatesOf(() -> watched.login(user.email(), "wrong"));
        List<String> unknown = sent.templatesOf(() -> watched.login("nobody@example.com", "wrong"));

        assertThat(known).isNotEmpty().isEqualTo(unknown);
    }

    @ParameterizedTest
    @CsvSource({"0, PT1M, failures", "1, PT0S, duration", "1, -PT1S, duration", "1, P400D, duration"})
    void aLockoutOutOfRangeIsRefused(int failures, Duration duration, String field) {
        assertThatThrownBy(() -> Lockout.of(failures, duration))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo(field));
    }

    private void fail(int times) {
        for (int i = 0; i < times; i++) {
            assertThat(forge.login(user.email(), "wrong")).isEmpty();
        }
    }

    private boolean succeeds() {
        Optional<User> loggedIn = forge.login(user.email(), TestTenant.PASSWORD);
        return loggedIn.isPresent();
    }

    private User found() {
        return fixture.tenant().users().find(user.id()).orElseThrow();
    }
}
