package io.promptforge.dao.internal.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.transaction.HostTransactions;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** Sessions over one DataSource. */
class SessionTest {

    private static final UUID TENANT = UUID.randomUUID();

    private final Session session = session();

    private static Session session() {
        return Session.over(new PGSimpleDataSource(), "promptforge", HostTransactions.detected(), Optional.empty());
    }

    /** A recorder keeps one queue for equal sessions, which must not mix tenants or actors. */
    @Test
    void areEqualForOneTenantAndActorOnly() {
        Session ofTenant = session.as(TENANT).by("user:1");

        assertThat(session.as(TENANT).by("user:1")).isEqualTo(ofTenant).hasSameHashCodeAs(ofTenant);
        assertThat(session.as(UUID.randomUUID()).by("user:1")).isNotEqualTo(ofTenant);
        assertThat(session.as(TENANT).by("user:2")).isNotEqualTo(ofTenant);
        assertThat(session.as(TENANT)).isNotEqualTo(ofTenant);
        assertThat(session().as(TENANT).by("user:1")).isNotEqualTo(ofTenant);
    }
}
