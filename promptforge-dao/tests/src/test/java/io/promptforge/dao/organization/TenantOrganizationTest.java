package io.promptforge.dao.organization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.Tenant;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.ConflictException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.json.Json;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The organization as its tenant reads and edits it. */
class TenantOrganizationTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final Tenant tenant = fixture.tenant();
    private final OrganizationChanges settings =
            OrganizationChanges.none().settings(Json.parse("{\"theme\":\"dark\"}"));

    @Test
    void aTenantReadsItsOrganization() {
        assertThat(tenant.organization()).isEqualTo(fixture.organization());
    }

    @Test
    void aTenantEditsItsOrganizationAndNoOther() {
        TestTenant other = DATABASE.newTenant();

        Organization edited = tenant.updateOrganization(settings.traceRetentionDays(30));

        assertThat(edited.settings()).isEqualTo(Json.parse("{\"theme\":\"dark\"}"));
        assertThat(edited.traceRetentionDays()).hasValue(30);
        assertThat(tenant.organization()).isEqualTo(edited);
        assertThat(other.tenant().organization()).isEqualTo(other.organization());
    }

    @Test
    void anEditMadeFromAnOlderStateIsAConflictAndChangesNothing() {
        Organization read = tenant.organization();
        Organization edited = tenant.updateOrganization(settings);

        assertThatThrownBy(() -> tenant.updateOrganization(
                        OrganizationChanges.none().description("Mine").ifUnchangedSince(read.updatedAt())))
                .isInstanceOf(ConflictException.class);
        assertThat(tenant.organization()).isEqualTo(edited);
    }

    @Test
    void anUnknownOrganizationIsNotFound() {
        Tenant unknown = DATABASE.forge().tenant(UUID.randomUUID());

        assertThatThrownBy(unknown::organization).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> unknown.updateOrganization(settings)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void anEditIsPartOfTheTransactionAndReadInIt() {
        assertThatThrownBy(() -> tenant.transaction(tx -> {
                    assertThat(tx.updateOrganization(settings)).isEqualTo(tx.organization());
                    throw new IllegalStateException("rolled back");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(tenant.organization()).isEqualTo(fixture.organization());
    }

    @Test
    @SuppressWarnings("NullAway")
    void nullIsRefused() {
        assertThatThrownBy(() -> tenant.updateOrganization(null))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("changes"));
    }
}
