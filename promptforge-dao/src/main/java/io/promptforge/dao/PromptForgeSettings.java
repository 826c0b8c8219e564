package io.promptforge.dao;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.secret.KeyedHash;
import io.promptforge.dao.internal.secret.NamedHashes;
import io.promptforge.dao.internal.secret.Seal;
import io.promptforge.dao.secret.MasterKeys;
import io.promptforge.dao.transaction.HostTransactions;
import io.promptforge.dao.user.JooqLogins;
import io.promptforge.dao.user.Lockout;
import io.promptforge.dao.user.PasswordRules;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What a host may set. Immutable; methods refuse null with an {@link InvalidValueException}. */
public final class PromptForgeSettings extends Input<PromptForgeSettings> {
    private static final int LEAST_SECRET = 32;

    private static final PromptForgeSettings DEFAULTS = new PromptForgeSettings(new Values());

    private final Values values;

    private PromptForgeSettings(Values values) {
        super(values.all());
        this.values = values;
    }

    /**
     * The schema {@code promptforge}, the cost 12, a lockout of 15 minutes after 10 failed logins, the
     * {@linkplain PasswordRules#standard() standard} rules of passwords, no secrets, and transactions as detected.
     */
    public static PromptForgeSettings defaults() {
        return DEFAULTS;
    }

    /** Sets the PostgreSQL schema that the migrations were applied to. */
    public PromptForgeSettings schema(String name) {
        Check.text("schema", name);
        return with(copy -> copy.schema = name);
    }

    /**
     * Sets the role that the statements of a tenant run as, by {@code SET LOCAL ROLE}, for services that connect as the owner of the tables
     * or as a superuser, which row-level security does not confine. The role of the connection must be a member of it; a transaction of the
     * host gets its own role back after each call. Make the role by {@code ServiceRole.grant} of the schema module. Not needed where the
     * connections have a confined role already.
     */
    public PromptForgeSettings serviceRole(String role) {
        Check.text("serviceRole", role);
        return with(copy -> copy.serviceRole = Optional.of(role));
    }

    /** Sets the cost of hashing a password, 4 to 30: bcrypt runs 2 to the power of it rounds. */
    public PromptForgeSettings bcryptCost(int cost) {
        if (cost < 4 || cost > 30) {
            throw new InvalidValueException(
                    "bcryptCost", "The bcrypt cost cannot be " + cost + ".", "Give a number from 4 to 30.", null);
        }
        return with(copy -> copy.bcryptCost = cost);
    }

    /** Sets when a user is locked out. */
    public PromptForgeSettings lockout(Lockout lockout) {
        Check.present("lockout", lockout);
        return with(copy -> copy.lockout = lockout);
    }

    /** Sets what new passwords must be. */
    public PromptForgeSettings passwordRules(PasswordRules rules) {
        Check.present("passwordRules", rules);
        return with(copy -> copy.passwordRules = rules);
    }

    /**
     * Adds a pepper: a secret of the host that new passwords are hashed with, so that the stored hashes alone cannot be guessed. The one
     * added last is used for new hashes, and each login changes the user's hash to it; so to rotate it, add the new one behind the old one,
     * and leave the old one out when no hash names it any more. A password whose pepper is missing is refused with a
     * {@link io.promptforge.dao.error.MissingSecretException}. Without a pepper, passwords are hashed without one.
     *
     * @param name stands before each hash: 1 to 32 letters, digits, hyphens and underscores of ASCII
     * @param secret at least 32 random bytes
     */
    public PromptForgeSettings passwordPepper(String name, byte[] secret) {
        if (!Check.text("passwordPepper", name).matches("[0-9A-Za-z_-]{1,32}")) {
            throw new InvalidValueException(
                    "passwordPepper",
                    "The name of a pepper cannot be " + name + ".",
                    "Give 1 to 32 letters, digits, hyphens and underscores.",
                    null);
        }
        NamedHashes peppers = values.peppers.with(name, longEnough("passwordPepper", secret));
        return with(copy -> copy.peppers = peppers);
    }

    /**
     * Sets the secret by which the texts of API keys are hashed, so that one who can only write to the table cannot make a key. All
     * services must have the same one; with another, no key that was made before is accepted. Without one, the hashes are as safe to read,
     * because a text has 256 random bits.
     *
     * @param secret at least 32 random bytes
     */
    public PromptForgeSettings apiKeySecret(byte[] secret) {
        KeyedHash hash = KeyedHash.by(longEnough("apiKeySecret", secret));
        return with(copy -> copy.apiKeyHash = hash);
    }

    /** Sets the master keys that the credentials of providers are sealed with. Without them, none can be set or read. */
    public PromptForgeSettings masterKeys(MasterKeys keys) {
        Check.present("masterKeys", keys);
        return with(copy -> copy.masterKeys = Optional.of(keys));
    }

    /** Sets which transactions of the host calls join, instead of those that are {@linkplain HostTransactions#detected() detected}. */
    public PromptForgeSettings hostTransactions(HostTransactions transactions) {
        Check.present("hostTransactions", transactions);
        return with(copy -> copy.hostTransactions = Optional.of(transactions));
    }

    /** The PostgreSQL schema that the migrations were applied to. */
    public String schema() {
        return values.schema;
    }

    /** The role that the statements of a tenant run as; empty for that of the connection. */
    public Optional<String> serviceRole() {
        return values.serviceRole;
    }

    /** The cost of hashing a password, the logarithm to base 2 of bcrypt's rounds. */
    public int bcryptCost() {
        return values.bcryptCost;
    }

    /** When a user is locked out. */
    public Lockout lockout() {
        return values.lockout;
    }

    /** What new passwords must be. */
    public PasswordRules passwordRules() {
        return values.passwordRules;
    }

    Security security() {
        return new Security(
                new JooqLogins(values.bcryptCost, values.passwordRules, values.peppers, values.lockout),
                values.apiKeyHash,
                Seal.by(values.masterKeys, InstantSource.system()));
    }

    /** The transactions of the host that calls join. Unless they are set, they are looked for by this call. */
    public HostTransactions hostTransactions() {
        return values.hostTransactions.orElseGet(HostTransactions::detected);
    }

    private PromptForgeSettings with(Consumer<Values> change) {
        Values copy = values.copy();
        change.accept(copy);
        return new PromptForgeSettings(copy);
    }

    private static byte[] longEnough(String setting, byte[] secret) {
        if (Check.present(setting, secret).length < LEAST_SECRET) {
            throw new InvalidValueException(
                    setting,
                    "The secret has " + secret.length + " bytes.",
                    "Give at least " + LEAST_SECRET + " random bytes.",
                    null);
        }
        return secret;
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "PromptForgeSettings[schema=" + values.schema
                + values.serviceRole.map(role -> ", serviceRole=" + role).orElse("") + ", bcryptCost="
                + values.bcryptCost
                + ", lockout=" + values.lockout
                + ", passwordRules=" + values.passwordRules
                + values.peppers
                        .newest()
                        .map(name -> ", passwordPepper=" + name)
                        .orElse("")
                + (values.apiKeyHash.equals(DEFAULTS.values.apiKeyHash) ? "" : ", apiKeySecret=set")
                + (values.masterKeys.isPresent() ? ", masterKeys=set" : "")
                + (values.hostTransactions.isPresent() ? ", hostTransactions=set]" : "]");
    }

    /** Changed only as a copy that is not given away yet. */
    private static final class Values implements Cloneable {
        String schema = "promptforge";
        Optional<String> serviceRole = Optional.empty();
        int bcryptCost = 12;
        Lockout lockout = Lockout.of(10, Duration.ofMinutes(15));
        PasswordRules passwordRules = PasswordRules.standard();
        NamedHashes peppers = NamedHashes.none();
        KeyedHash apiKeyHash = KeyedHash.withoutSecret();
        Optional<MasterKeys> masterKeys = Optional.empty();
        Optional<HostTransactions> hostTransactions = Optional.empty();

        List<Object> all() {
            return List.of(
                    schema,
                    serviceRole,
                    bcryptCost,
                    lockout,
                    passwordRules,
                    peppers,
                    apiKeyHash,
                    masterKeys,
                    hostTransactions);
        }

        Values copy() {
            try {
                return (Values) clone();
            } catch (CloneNotSupportedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
