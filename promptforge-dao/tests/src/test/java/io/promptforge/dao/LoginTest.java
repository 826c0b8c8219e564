package io.promptforge.dao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.user.NewUser;
import io.promptforge.dao.user.User;
import io.promptforge.schema.type.Role;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mindrot.jbcrypt.BCrypt;

class LoginTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final PromptForge forge = DATABASE.forge();
    private final TestTenant fixture = DATABASE.newTenant();
    private final User user = fixture.fixtures().user().create();

    @Test
    void theRightPasswordReturnsTheUserWithThisLoginAsTheLast() {
        Instant before = Instant.now().minusMillis(1);

        Optional<User> loggedIn = forge.login(user.email(), TestTenant.PASSWORD);

        assertThat(loggedIn).get().extracting(User::id).isEqualTo(user.id());
        assertThat(loggedIn)
                .get()
                .extracting(User::organizationId)
                .isEqualTo(fixture.organization().id());
        assertThat(loggedIn.flatMap(User::lastLoginAt)).get().matches(before::isBefore);
        assertThat(fixture.tenant().users().find(user.id())).isEqualTo(loggedIn);
    }

    @Test
    void theEmailMatchesInAnyLetterCase() {
        assertThat(forge.login(user.email().toUpperCase(Locale.ROOT), TestTenant.PASSWORD))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"correct horse ", "Correct horse", "x", " ", ""})
    void aWrongPasswordReturnsNoUserAndIsNoLogin(String wrong) {
        assertThat(forge.login(user.email(), wrong)).isEmpty();
        User after = fixture.tenant().users().find(user.id()).orElseThrow();
        assertThat(after.lastLoginAt()).isEmpty();
        assertThat(after.failedLoginAttempts()).isEqualTo(1);
    }

    /** A Mac types é as two characters, a PC as one; and a keyboard may type a no-break space. */
    @Test
    void aPasswordMatchesHoweverTheKeyboardComposesIt() {
        String composed = "caf\u00e9 cr\u00e8me";
        String decomposed = "cafe\u0301\u00a0cre\u0300me";
        User one = fixture.tenant().users().create(newUser("one", composed));
        User two = fixture.tenant().users().create(newUser("two", decomposed));

        for (User created : List.of(one, two)) {
            assertThat(forge.login(created.email(), composed)).isPresent();
            assertThat(forge.login(created.email(), decomposed)).isPresent();
            assertThat(forge.login(created.email(), "cafe creme")).isEmpty();
        }
    }

    @Test
    void aHashThatWasMadeWithoutNormalisingKeepsWorking() {
        String decomposed = "cafe\u0301";
        DATABASE.execute("UPDATE promptforge.users SET password_hash = '" + BCrypt.hashpw(decomposed, BCrypt.gensalt(4))
                + "' WHERE id = '" + user.id() + "'");

        assertThat(forge.login(user.email(), decomposed)).isPresent();
    }

    @Test
    void whatCannotBeEncodedIsNotAQuestionMark() {
        User created = fixture.tenant().users().create(newUser("surrogate", "caf? creme"));

        assertThat(forge.login(created.email(), "caf\uD800 creme")).isEmpty();
        assertThatThrownBy(() -> fixture.tenant().users().changePassword(created.id(), "caf\uD800 creme"))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("password"));
    }

    private NewUser newUser(String name, String password) {
        String email = name + "@" + fixture.organization().slug() + ".example";
        return NewUser.of(email, "Some One", Role.VIEWER, password);
    }

    @Test
    void anUnknownEmailReturnsNoUser() {
        assertThat(forge.login("nobody@example.com", TestTenant.PASSWORD)).isEmpty();
    }

    @Test
    void anInactiveUserCannotLogIn() {
        DATABASE.execute("UPDATE promptforge.users SET active = false WHERE id = '" + user.id() + "'");

        assertThat(forge.login(user.email(), TestTenant.PASSWORD)).isEmpty();
        assertThat(fixture.tenant().users().find(user.id()).flatMap(User::lastLoginAt))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\0b"})
    void anEmailWithoutTextOrWithNulIsRefused(String bad) {
        assertThatThrownBy(() -> forge.login(bad, TestTenant.PASSWORD))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("email"));
    }

    @Test
    void aPasswordLongerThanBcryptReadsDoesNotMatch() {
        String longest = "p".repeat(71) + "!";
        String email = TestTenant.newName("long") + "@example.com";
        fixture.tenant().users().create(NewUser.of(email, "Long", Role.VIEWER, longest));

        assertThat(forge.login(email, longest + "q")).isEmpty();
        assertThat(forge.login(email, longest)).isPresent();
    }

    @Test
    void aPasswordWithNulMatchesNothing() {
        assertThat(forge.login(user.email(), TestTenant.PASSWORD + "\0")).isEmpty();
    }

    @Test
    void aLoginHashesThePasswordAgainWhenTheCostHasGrown() {
        PromptForge costlier = PromptForge.create(
                DATABASE.dataSource(), ClassDatabase.settings().bcryptCost(5));
        assertThat(hash()).startsWith("$2a$04$");

        assertThat(costlier.login(user.email(), TestTenant.PASSWORD)).isPresent();
        String rehashed = hash();

        assertThat(rehashed).startsWith("$2a$05$");
        assertThat(forge.login(user.email(), TestTenant.PASSWORD)).isPresent();
        assertThat(hash()).as("a lower cost does not weaken it again").isEqualTo(rehashed);
    }

    @Test
    void aHashOfTheCostThatIsSetStaysAsItIs() {
        String before = hash();

        assertThat(forge.login(user.email(), TestTenant.PASSWORD)).isPresent();

        assertThat(hash()).isEqualTo(before);
    }

    @Test
    void aWrongPasswordHashesNothingAgain() {
        PromptForge costlier = PromptForge.create(
                DATABASE.dataSource(), ClassDatabase.settings().bcryptCost(5));

        assertThat(costlier.login(user.email(), "wrong")).isEmpty();
        assertThat(hash()).startsWith("$2a$04$");
    }

    @ParameterizedTest
    @ValueSource(strings = {"$2b$", "$2y$"})
    void aHashThatAnotherBcryptWroteMatchesTheSamePassword(String prefix) {
        DATABASE.execute("UPDATE promptforge.users SET password_hash = '" + prefix + hash().substring(4)
                + "' WHERE id = '" + user.id() + "'");

        assertThat(forge.login(user.email(), "wrong")).isEmpty();
        assertThat(forge.login(user.email(), TestTenant.PASSWORD)).isPresent();
    }

    /** Watches the stack of the thread that logs in, instead of the clock. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLoginHashesThePasswordWhetherTheEmailIsKnownOrNot(boolean known) throws Exception {
        PromptForge costly = PromptForge.create(
                DATABASE.dataSource(), ClassDatabase.settings().bcryptCost(13));
        String email = TestTenant.newName("costly") + "@example.com";
        costly.tenant(fixture.organization().id())
                .users()
                .create(NewUser.of(email, "Costly", Role.VIEWER, TestTenant.PASSWORD));
        CompletableFuture<Optional<User>> login = new CompletableFuture<>();
        Thread thread = new Thread(() -> login.complete(costly.login(known ? email : "nobody@example.com", "wrong")));
        thread.start();

        boolean hashed = false;
        while (!hashed && thread.isAlive()) {
            hashed = Arrays.stream(thread.getStackTrace())
                    .anyMatch(frame -> frame.getClassName().equals(BCrypt.class.getName()));
        }

        assertThat(hashed).isTrue();
        assertThat(login.get()).isEmpty();
    }

    private String hash() {
        return DATABASE.query("SELECT password_hash FROM promptforge.users WHERE id = '" + user.id() + "'")
                .get(0);
    }
}
