package io.promptforge.dao;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.internal.Check;

/**
 * What a host may set.
 *
 * @param schema the PostgreSQL schema the migrations were applied to
 * @param bcryptCost the logarithm to base 2 of the rounds that hash a password, 4 to 30; each one more doubles the time
 */
public record PromptForgeSettings(String schema, int bcryptCost) {
    /** Checks the values. */
    public PromptForgeSettings {
        Check.text("schema", schema);
        if (bcryptCost < 4 || bcryptCost > 30) {
            throw new InvalidValueException("bcryptCost", "bcrypt's cost is 4 to 30, not " + bcryptCost + ".", null);
        }
    }

    /** The schema {@code promptforge} and the cost 12. */
    public static PromptForgeSettings defaults() {
        return new PromptForgeSettings("promptforge", 12);
    }

    /** The same with another schema. */
    public PromptForgeSettings withSchema(String name) {
        return new PromptForgeSettings(name, bcryptCost);
    }

    /** The same with another cost. */
    public PromptForgeSettings withBcryptCost(int cost) {
        return new PromptForgeSettings(schema, cost);
    }
}
