package io.promptforge.dao.internal;

import java.util.UUID;
import java.util.function.Function;
import org.jooq.DSLContext;

/**
 * A session that acts for one tenant.
 *
 * @param session where statements run
 * @param organizationId the tenant; every statement names it for every table it touches
 */
public record TenantSession(Session session, UUID organizationId) {
    /** See {@link Session#run}. */
    public <T> T run(Function<DSLContext, T> statements) {
        return session.run(statements);
    }

    /** See {@link Session#transaction}; the work gets this tenant's session inside the transaction. */
    public <T> T transaction(Function<TenantSession, T> work) {
        return session.transaction(tx -> work.apply(new TenantSession(tx, organizationId)));
    }
}
