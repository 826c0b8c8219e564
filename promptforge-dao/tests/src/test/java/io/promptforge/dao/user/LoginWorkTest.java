package io.promptforge.dao.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.PromptForge;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.internal.secret.NamedHashes;
import io.promptforge.dao.internal.session.Session;
import io.promptforge.schema.type.Role;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mindrot.jbcrypt.BCrypt;

/** Every refused login costs as many rounds of bcrypt, which take nearly all of its time, so that the time does not tell why. */
class LoginWorkTest {

    private static final int COST = 6;

    private final ClassDatabase database = ClassDatabase.migrated();
    private final TestTenant fixture = database.newTenant();
    private final AtomicLong rounds = new AtomicLong();

    private User user(int cost) {
        return PromptForge.create(
                        database.dataSource(), ClassDatabase.settings().bcryptCost(cost))
                .tenant(fixture.organization().id())
                .users()
                .create(NewUser.of(
                        "cost-" + cost + "-" + TestTenant.newName("x") + "@example.com",
                        "Some One",
                        Role.VIEWER,
                        TestTenant.PASSWORD));
    }

    /** The rounds of a login at the cost 6. */
    private long work(String email, String password) {
        rounds.set(0);
        BiPredicate<String, String> counting = (text, hash) -> {
            rounds.addAndGet(1L << Integer.parseInt(hash.substring(4, 6)));
            return BCrypt.checkpw(text, hash);
        };
        Passwords passwords = new Passwords(COST, PasswordRules.standard(), NamedHashes.none(), counting);
        Session session = Session.over(
                database.dataSource(), "promptforge", ClassDatabase.settings().hostTransactions(), Optional.empty());
        Optional<User> user =
                new JooqLogins(passwords, Lockout.of(3, Duration.ofMinutes(1))).login(session, email, password);
        assertThat(user).isEmpty();
        return rounds.get();
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 6, 8})
    void isTheSameForEveryReasonWhateverTheHighestCost(int highest) {
        User weak = user(4);
        User usual = user(COST);
        User strong = user(highest);
        User inactive = user(4);
        User locked = user(COST);
        database.execute("UPDATE promptforge.users SET active = false WHERE id = '" + inactive.id() + "'");
        database.execute("UPDATE promptforge.users SET locked_until = now() + interval '30 seconds' WHERE id = '"
                + locked.id() + "'");
        long expected = 1L << Math.max(COST, highest);

        assertThat(work("unknown@example.com", "wrong")).isEqualTo(expected);
        for (User each : new User[] {weak, usual, strong, inactive, locked}) {
            assertThat(work(each.email(), "wrong")).as(each.email()).isEqualTo(expected);
        }
        for (User each : new User[] {inactive, locked}) {
            assertThat(work(each.email(), TestTenant.PASSWORD)).as(each.email()).isEqualTo(expected);
        }
    }

    @Test
    void isTheSameForUsersWithoutAPassword() {
        User user = fixture.fixtures()
                .user()
                .withoutPassword("https://id.example", "ada")
                .create();

        assertThat(work(user.email(), "wrong")).isEqualTo(1L << COST);
    }

    @Test
    void isTwiceAsMuchForEveryReasonIfThePasswordIsNotNormalised() {
        User user = user(COST);

        assertThat(work(user.email(), "cafe\u0301")).isEqualTo(2L << COST);
        assertThat(work("unknown@example.com", "cafe\u0301")).isEqualTo(2L << COST);
    }
}
