package io.promptforge.dao;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.secret.KeyedHash;
import io.promptforge.dao.transaction.HostTransactions;
import io.promptforge.dao.user.Lockout;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a host may set. Immutable; methods refuse null with an {@link InvalidValueException}. */
public final class PromptForgeSettings extends Input<PromptForgeSettings> {
    private static final PromptForgeSettings DEFAULTS = new PromptForgeSettings(
            "promptforge",
            Optional.empty(),
            12,
            Lockout.of(10, Duration.ofMinutes(15)),
            KeyedHash.withoutSecret(),
            Optional.empty());

    private final String schema;
    private final Optional<String> serviceRole;
    private final int bcryptCost;
    private final Lockout lockout;
    private final KeyedHash apiKeyHash;
    private final Optional<HostTransactions> hostTransactions;

    private PromptForgeSettings(
            String schema,
            Optional<String> serviceRole,
            int bcryptCost,
            Lockout lockout,
            KeyedHash apiKeyHash,
            Optional<HostTransactions> hostTransactions) {
        super(List.of(schema, serviceRole, bcryptCost, lockout, apiKeyHash, hostTransactions));
        this.schema = schema;
        this.serviceRole = serviceRole;
        this.bcryptCost = bcryptCost;
        this.lockout = lockout;
        this.apiKeyHash = apiKeyHash;
        this.hostTransactions = hostTransactions;
    }

    /** The schema {@code promptforge}, the cost 12, a lockout of 15 minutes after 10 failed logins, and transactions as detected. */
    public static PromptForgeSettings defaults() {
        return DEFAULTS;
    }

    /** Sets the PostgreSQL schema that the migrations were applied to. */
    public PromptForgeSettings schema(String name) {
        return new PromptForgeSettings(Check.text("schema", name), serviceRole, bcryptCost, lockout, apiKeyHash, hostTransactions);
    }

    /**
     * Sets the role that the statements of a tenant run as, by {@code SET LOCAL ROLE}, for services that connect as the owner of the tables
     * or as a superuser, which row-level security does not confine. The role of the connection must be a member of it; a transaction of the
     * host gets its own role back after each call. Make the role by {@code ServiceRole.grant} of the schema module. Not needed where the
     * connections have a confined role already.
     */
    public PromptForgeSettings serviceRole(String role) {
        return new PromptForgeSettings(
                schema, Optional.of(Check.text("serviceRole", role)), bcryptCost, lockout, apiKeyHash, hostTransactions);
    }

    /** Sets the cost of hashing a password, 4 to 30: bcrypt runs 2 to the power of it rounds. */
    public PromptForgeSettings bcryptCost(int cost) {
        if (cost < 4 || cost > 30) {
            throw new InvalidValueException(
                    "bcryptCost", "The bcrypt cost cannot be " + cost + ".", "Give a number from 4 to 30.", null);
        }
        return new PromptForgeSettings(schema, serviceRole, cost, lockout, apiKeyHash, hostTransactions);
    }

    /** Sets when a user is locked out. */
    public PromptForgeSettings lockout(Lockout other) {
        return new PromptForgeSettings(
                schema, serviceRole, bcryptCost, Check.present("lockout", other), apiKeyHash, hostTransactions);
    }

    /**
     * Sets the secret by which the texts of API keys are hashed, so that one who can only write to the table cannot make a key. All
     * services must have the same one; with another, no key that was made before is accepted. Without one, the hashes are as safe to read,
     * because a text has 256 random bits.
     *
     * @param secret at least 32 random bytes
     */
    public PromptForgeSettings apiKeySecret(byte[] secret) {
        if (Check.present("apiKeySecret", secret).length < 32) {
            throw new InvalidValueException(
                    "apiKeySecret",
                    "The secret of API keys has " + secret.length + " bytes.",
                    "Give at least 32 random bytes.",
                    null);
        }
        return new PromptForgeSettings(
                schema, serviceRole, bcryptCost, lockout, KeyedHash.by(secret), hostTransactions);
    }

    /** Sets which transactions of the host calls join, instead of those that are {@linkplain HostTransactions#detected() detected}. */
    public PromptForgeSettings hostTransactions(HostTransactions transactions) {
        return new PromptForgeSettings(
                schema, serviceRole, bcryptCost, lockout, apiKeyHash, Optional.of(Check.present("hostTransactions", transactions)));
    }

    /** The PostgreSQL schema that the migrations were applied to. */
    public String schema() {
        return schema;
    }

    /** The role that the statements of a tenant run as; empty for that of the connection. */
    public Optional<String> serviceRole() {
        return serviceRole;
    }

    /** The cost of hashing a password, the logarithm to base 2 of bcrypt's rounds. */
    public int bcryptCost() {
        return bcryptCost;
    }

    /** When a user is locked out. */
    public Lockout lockout() {
        return lockout;
    }

    KeyedHash apiKeyHash() {
        return apiKeyHash;
    }

    /** The transactions of the host that calls join. Unless they are set, they are looked for by this call. */
    public HostTransactions hostTransactions() {
        return hostTransactions.orElseGet(HostTransactions::detected);
    }

    @Override
    public String toString() {
        return "PromptForgeSettings[schema=" + schema
                + serviceRole.map(role -> ", serviceRole=" + role).orElse("") + ", bcryptCost=" + bcryptCost
                + ", lockout=" + lockout
                + (apiKeyHash.equals(DEFAULTS.apiKeyHash) ? "" : ", apiKeySecret=set")
                + (hostTransactions.isPresent() ? ", hostTransactions=set]" : "]");
    }
}
