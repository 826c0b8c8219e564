package io.promptforge.dao.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.Tenant;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.audit.AuditFault.Kind;
import io.promptforge.dao.error.InvalidValueException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A log whose first transactions were cut off, as the owner of the tables might change it. */
class AuditCutTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant acme = DATABASE.newTenant();
    private final Tenant tenant = acme.tenant();
    private final String ofTenant = " WHERE organization_id = '" + tenant.organizationId() + "'";

    /** Cuts what was written, and writes more. */
    private AuditDigest cut() {
        acme.project();
        AuditDigest end = tenant.audit().digest();
        DATABASE.forge().maintenance().cutAuditLog(tenant.organizationId(), Instant.parse("9999-01-01T00:00:00Z"));
        acme.project();
        return end;
    }

    private AuditFault fault() {
        return tenant.audit().verify().fault().orElseThrow();
    }

    @Test
    void aTransactionThatIsPutBackBeforeTheCutIsFound() {
        cut();

        DATABASE.executeAsReplica(
                "INSERT INTO promptforge.audit_transactions (organization_id, id, number, hash) VALUES ('"
                        + tenant.organizationId() + "', gen_random_uuid(), 1, '')");

        assertThat(fault().kind()).isEqualTo(Kind.NOT_CHAINED);
    }

    @Test
    void aSecondCutWithoutAnEntryIsFoundAlthoughTheFirstHasOne() {
        acme.project();
        long first = tenant.audit().digest().number();
        acme.project();
        acme.project();
        DATABASE.execute("UPDATE promptforge.audit_logs SET cut_number = " + first + ofTenant);
        assertThat(tenant.audit().verify().isIntact()).isTrue();

        String next = " FROM promptforge.audit_transactions" + ofTenant + " AND number = " + (first + 1);
        DATABASE.executeAsReplica(
                "UPDATE promptforge.audit_logs SET cut_number = cut_number + 1, cut_hash = (SELECT hash" + next + ")"
                        + ofTenant);
        DATABASE.executeAsReplica(
                "DELETE FROM promptforge.audit_entries WHERE transaction_id IN (SELECT id" + next + ")");
        DATABASE.executeAsReplica("DELETE" + next);

        assertThat(fault()).isEqualTo(new AuditFault(Kind.CUT_NOT_RECORDED, first + 1));
    }

    @Test
    void aDigestOfTheCutIsComparedWithItsHash() {
        AuditDigest end = cut();
        AuditDigest forged = new AuditDigest(end.organizationId(), end.number(), "0".repeat(64));

        assertThat(tenant.audit().verify(end).isIntact()).isTrue();
        assertThat(tenant.audit().verify(forged).fault()).contains(new AuditFault(Kind.DIGEST_DIFFERS, end.number()));
    }

    @Test
    void aDigestOfBeforeTheCutIsRefused() {
        AuditDigest start = tenant.audit().digest();
        cut();

        assertThatThrownBy(() -> tenant.audit().verify(start))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("digest"));
    }

    @Test
    void aDigestNamesItsTenant() {
        AuditDigest own = tenant.audit().digest();
        AuditDigest ofAnother =
                new AuditDigest(DATABASE.newTenant().organization().id(), own.number(), own.hash());

        assertThat(tenant.audit().verify(own).isIntact()).isTrue();
        assertThat(tenant.audit().verify(ofAnother).isIntact()).isFalse();
    }
}
