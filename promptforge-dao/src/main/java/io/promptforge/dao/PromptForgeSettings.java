package io.promptforge.dao;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.user.Lockout;
import java.time.Duration;

/**
 * What a host may set.
 *
 * @param schema the PostgreSQL schema the migrations were applied to
 * @param bcryptCost the logarithm to base 2 of the rounds that hash a password, 4 to 30; each one more doubles the time
 * @param lockout when guessing a password is stopped
 */
public record PromptForgeSettings(String schema, int bcryptCost, Lockout lockout) {
    /** Checks the values. */
    public PromptForgeSettings {
        Check.text("schema", schema);
        if (bcryptCost < 4 || bcryptCost > 30) {
            throw new InvalidValueException("bcryptCost", "bcrypt's cost is 4 to 30, not " + bcryptCost + ".", null);
        }
        Check.present("lockout", lockout);
    }

    /** The schema {@code promptforge}, the cost 12, and a lockout for 15 minutes with the 10th failed login. */
    public static PromptForgeSettings defaults() {
        return new PromptForgeSettings("promptforge", 12, new Lockout(10, Duration.ofMinutes(15)));
    }

    /** The same with another schema. */
    public PromptForgeSettings withSchema(String name) {
        return new PromptForgeSettings(name, bcryptCost, lockout);
    }

    /** The same with another cost. */
    public PromptForgeSettings withBcryptCost(int cost) {
        return new PromptForgeSettings(schema, cost, lockout);
    }

    /** The same with another lockout. */
    public PromptForgeSettings withLockout(Lockout other) {
        return new PromptForgeSettings(schema, bcryptCost, other);
    }
}
