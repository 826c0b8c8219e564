package io.promptforge.dao.internal.session;

import java.util.UUID;
import java.util.function.Function;
import org.jooq.DSLContext;

/**
 * A session that acts for one tenant.
 *
 * @param session where statements run; the database, too, knows that they are of this tenant
 * @param organizationId the tenant; every statement names it for every table it touches
 */
public record TenantSession(Session session, UUID organizationId) {
    /** A session for a tenant, over one of any. */
    public static TenantSession of(Session session, UUID organizationId) {
        return new TenantSession(session.as(organizationId), organizationId);
    }

    /** See {@link Session#by}. */
    public TenantSession by(String actor) {
        return in(session.by(actor));
    }

    /** See {@link Session#isThreadSafe}. */
    public boolean isThreadSafe() {
        return session.isThreadSafe();
    }

    /** See {@link Session#run}. */
    public <T> T run(Function<DSLContext, T> statement) {
        return session.run(statement);
    }

    /** See {@link Session#write}. */
    public <T> T write(Function<DSLContext, T> statement) {
        return session.write(statement);
    }

    /** See {@link Session#transaction(Function)}; the work gets this tenant's session inside the transaction. */
    public <T> T transaction(Function<TenantSession, T> work) {
        return session.transaction(tx -> work.apply(in(tx)));
    }

    /** See {@link Session#transaction(int, Function)}. */
    public <T> T transaction(int attempts, Function<TenantSession, T> work) {
        return session.transaction(attempts, tx -> work.apply(in(tx)));
    }

    /** See {@link Session#rehearse}. */
    public <T> T rehearse(Function<TenantSession, T> work) {
        return session.rehearse(tx -> work.apply(in(tx)));
    }

    /** See {@link Session#readOnly}. */
    public <T> T readOnly(Function<TenantSession, T> work) {
        return session.readOnly(tx -> work.apply(in(tx)));
    }

    /** This tenant's session over another one that was opened from it. */
    public TenantSession in(Session other) {
        return new TenantSession(other, organizationId);
    }
}
