package io.promptforge.dao.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.NotOnCitus;
import io.promptforge.dao.Tenant;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.audit.AuditFault.Kind;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a superuser changes in all rows that name it, so that only the hashes, or a digest that was kept elsewhere, tell. */
class AuditForgeryTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant acme = DATABASE.newTenant();
    private final Tenant tenant = acme.tenant();
    private final String ofTenant = " WHERE organization_id = '" + tenant.organizationId() + "'";

    @Test
    void anotherIdOfATransactionAndItsEntriesIsFound() {
        acme.project();
        String last = last();
        UUID another = UUID.randomUUID();

        DATABASE.executeAsReplica("UPDATE promptforge.audit_entries SET transaction_id = '" + another + "'" + ofTenant
                + " AND transaction_id = '" + last + "'");
        DATABASE.executeAsReplica("UPDATE promptforge.audit_transactions SET id = '" + another + "'" + ofTenant
                + " AND id = '" + last + "'");

        assertThat(kind(tenant)).isEqualTo(Kind.CHANGED);
    }

    @Test
    void otherNumbersOfAllTransactionsAreFound() {
        DATABASE.forge().maintenance().cutAuditLog(tenant.organizationId(), Instant.parse("9999-01-01T00:00:00Z"));
        acme.project();
        assertThat(tenant.audit().verify().isIntact()).isTrue();

        DATABASE.executeAsReplica("UPDATE promptforge.audit_transactions SET number = number + 1000" + ofTenant);
        DATABASE.executeAsReplica(
                "UPDATE promptforge.audit_logs SET cut_number = cut_number + 1000, last_number = last_number + 1000"
                        + ofTenant);

        assertThat(kind(tenant)).isEqualTo(Kind.CHANGED);
    }

    @Test
    @NotOnCitus("a row stays on its shard")
    void theLogOfAnotherTenantIsFound() {
        Tenant victim = DATABASE.newTenant().tenant();
        String ofVictim = " WHERE organization_id = '" + victim.organizationId() + "'";

        for (String table : new String[] {"audit_entries", "audit_transactions", "audit_logs"}) {
            DATABASE.executeAsReplica("DELETE FROM promptforge." + table + ofVictim);
            DATABASE.executeAsReplica("UPDATE promptforge." + table + " SET organization_id = '"
                    + victim.organizationId() + "'" + ofTenant);
        }

        assertThat(kind(victim)).isEqualTo(Kind.CHANGED);
    }

    @Test
    void aChainThatWasComputedAnewIsFoundByADigest() {
        acme.project();
        AuditDigest digest = AuditDigest.parse(tenant.audit().digest().toString());
        assertThat(tenant.audit().verify(digest).isIntact()).isTrue();

        DATABASE.executeAsReplica("UPDATE promptforge.audit_entries SET row_id = '" + UUID.randomUUID() + "'" + ofTenant
                + " AND transaction_id = '" + last() + "'");
        DATABASE.executeAsReplica("""
                DO $$
                DECLARE
                    t        promptforge.audit_transactions;
                    previous bytea := '';
                BEGIN
                    FOR t IN SELECT * FROM promptforge.audit_transactions WHERE organization_id = '%1$s' ORDER BY number LOOP
                        previous := promptforge.audit_hash(t.organization_id, previous, t.number, t.id, t.created_at,
                            (SELECT string_agg(digest, '' ORDER BY digest) FROM (
                                SELECT promptforge.audit_digest(id, actor_type, actor_id, database_role, action, table_name, row_id, before,
                                    after, created_at) AS digest
                                FROM promptforge.audit_entries
                                WHERE organization_id = t.organization_id AND transaction_id = t.id) e));
                        UPDATE promptforge.audit_transactions SET hash = previous WHERE organization_id = '%1$s' AND id = t.id;
                    END LOOP;
                    UPDATE promptforge.audit_logs SET last_hash = previous WHERE organization_id = '%1$s';
                END
                $$""".formatted(tenant.organizationId()));

        assertThat(tenant.audit().verify().isIntact()).isTrue();
        assertThat(tenant.audit().verify(digest).fault())
                .contains(new AuditFault(Kind.DIGEST_DIFFERS, digest.number()));
        assertThat(DATABASE.newTenant().tenant().audit().verify(digest).isIntact())
                .isFalse();
    }

    /** The id of the last transaction. */
    private String last() {
        return DATABASE.query(
                        "SELECT id FROM promptforge.audit_transactions" + ofTenant + " ORDER BY number DESC LIMIT 1")
                .get(0);
    }

    private static Kind kind(Tenant of) {
        return of.audit().verify().fault().orElseThrow().kind();
    }
}
