package io.promptforge.dao.audit;

import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.Criteria;
import io.promptforge.dao.internal.query.Criterion;
import io.promptforge.schema.type.ActorType;
import io.promptforge.schema.type.AuditAction;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The conditions that a listed or counted audit entry meets, all of them. Immutable and thread-safe. Methods refuse null with an
 * {@link io.promptforge.dao.error.InvalidValueException}.
 */
public final class AuditFilter extends Input<AuditFilter> {
    static final Criterion<UUID> ACTOR_ID = new Criterion<>("actor_id");
    static final Criterion<List<ActorType>> ACTOR_TYPE = new Criterion<>("actor_type");
    static final Criterion<List<AuditAction>> ACTION = new Criterion<>("action");
    static final Criterion<String> TABLE = new Criterion<>("table_name");
    static final Criterion<UUID> ROW_ID = new Criterion<>("row_id");
    static final Criterion<UUID> TRANSACTION_ID = new Criterion<>("transaction_id");
    static final Criterion<Instant> CREATED_FROM = new Criterion<>("created_from");
    static final Criterion<Instant> CREATED_BEFORE = new Criterion<>("created_before");

    private static final AuditFilter ALL = new AuditFilter(Criteria.none());

    private final Criteria criteria;

    private AuditFilter(Criteria criteria) {
        super(criteria);
        this.criteria = criteria;
    }

    /** Passes every entry of the tenant. */
    public static AuditFilter all() {
        return ALL;
    }

    /** Requires this user or API key. */
    public AuditFilter actorId(UUID actor) {
        return with(ACTOR_ID, Check.present("actor_id", actor));
    }

    /** Requires one of these types of actors; any type, if none is given. */
    public AuditFilter actorType(ActorType... any) {
        return with(ACTOR_TYPE, Check.choices("actor_type", any));
    }

    /** Requires one of these actions; any action, if none is given. */
    public AuditFilter action(AuditAction... any) {
        return with(ACTION, Check.choices("action", any));
    }

    /** Requires a row of this table, by its name in the database, such as {@code policies}. */
    public AuditFilter table(String name) {
        return with(TABLE, Check.text("table_name", name));
    }

    /** Requires this row. */
    public AuditFilter rowId(UUID row) {
        return with(ROW_ID, Check.present("row_id", row));
    }

    /** Requires this transaction. */
    public AuditFilter transactionId(UUID transaction) {
        return with(TRANSACTION_ID, Check.present("transaction_id", transaction));
    }

    /** Requires that the row was changed at this moment or later. */
    public AuditFilter createdFrom(Instant moment) {
        return with(CREATED_FROM, Check.instant("created_from", moment));
    }

    /** Requires that the row was changed before this moment. */
    public AuditFilter createdBefore(Instant moment) {
        return with(CREATED_BEFORE, Check.instant("created_before", moment));
    }

    private <T> AuditFilter with(Criterion<T> criterion, T value) {
        return new AuditFilter(criteria.with(criterion, value));
    }

    Criteria criteria() {
        return criteria;
    }
}
