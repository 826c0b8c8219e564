package io.promptforge.dao;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.transaction.HostTransactions;
import io.promptforge.dao.user.Lockout;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a host may set. Immutable; methods refuse null with an {@link InvalidValueException}. */
public final class PromptForgeSettings extends Input<PromptForgeSettings> {
    private static final PromptForgeSettings DEFAULTS = new PromptForgeSettings(
            "promptforge", Optional.empty(), 12, Lockout.of(10, Duration.ofMinutes(15)), Optional.empty());

    private final String schema;
    private final Optional<String> serviceRole;
    private final int bcryptCost;
    private final Lockout lockout;
    private final Optional<HostTransactions> hostTransactions;

    private PromptForgeSettings(
            String schema,
            Optional<String> serviceRole,
            int bcryptCost,
            Lockout lockout,
            Optional<HostTransactions> hostTransactions) {
        super(List.of(schema, serviceRole, bcryptCost, lockout, hostTransactions));
        this.schema = schema;
        this.serviceRole = serviceRole;
        this.bcryptCost = bcryptCost;
        this.lockout = lockout;
        this.hostTransactions = hostTransactions;
    }

    /** The schema {@code promptforge}, the cost 12, a lockout of 15 minutes after 10 failed logins, and transactions as detected. */
    public static PromptForgeSettings defaults() {
        return DEFAULTS;
    }

    /** Sets the PostgreSQL schema that the migrations were applied to. */
    public PromptForgeSettings schema(String name) {
        return new PromptForgeSettings(Check.text("schema", name), serviceRole, bcryptCost, lockout, hostTransactions);
    }

    /**
     * Sets the role that the statements of a tenant run as, by {@code SET LOCAL ROLE}, for services that connect as the owner of the tables
     * or as a superuser, which row-level security does not confine. The role of the connection must be a member of it; a transaction of the
     * host gets its own role back after each call. Make the role by {@code ServiceRole.grant} of the schema module. Not needed where the
     * connections have a confined role already.
     */
    public PromptForgeSettings serviceRole(String role) {
        return new PromptForgeSettings(
                schema, Optional.of(Check.text("serviceRole", role)), bcryptCost, lockout, hostTransactions);
    }

    /** Sets the cost of hashing a password, 4 to 30: bcrypt runs 2 to the power of it rounds. */
    public PromptForgeSettings bcryptCost(int cost) {
        if (cost < 4 || cost > 30) {
            throw new InvalidValueException(
                    "bcryptCost", "The bcrypt cost cannot be " + cost + ".", "Give a number from 4 to 30.", null);
        }
        return new PromptForgeSettings(schema, serviceRole, cost, lockout, hostTransactions);
    }

    /** Sets when a user is locked out. */
    public PromptForgeSettings lockout(Lockout other) {
        return new PromptForgeSettings(
                schema, serviceRole, bcryptCost, Check.present("lockout", other), hostTransactions);
    }

    /** Sets which transactions of the host calls join, instead of those that are {@linkplain HostTransactions#detected() detected}. */
    public PromptForgeSettings hostTransactions(HostTransactions transactions) {
        return new PromptForgeSettings(
                schema, serviceRole, bcryptCost, lockout, Optional.of(Check.present("hostTransactions", transactions)));
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

    /** The transactions of the host that calls join. Unless they are set, they are looked for by this call. */
    public HostTransactions hostTransactions() {
        return hostTransactions.orElseGet(HostTransactions::detected);
    }

    @Override
    public String toString() {
        return "PromptForgeSettings[schema=" + schema
                + serviceRole.map(role -> ", serviceRole=" + role).orElse("") + ", bcryptCost=" + bcryptCost
                + ", lockout=" + lockout + (hostTransactions.isPresent() ? ", hostTransactions=set]" : "]");
    }
}
