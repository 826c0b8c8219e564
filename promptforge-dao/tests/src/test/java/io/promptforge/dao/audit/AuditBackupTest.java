package io.promptforge.dao.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.Tenant;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.project.NewProject;
import io.promptforge.schema.backup.Backup;
import io.promptforge.schema.backup.OrganizationImport;
import io.promptforge.schema.backup.Restore;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An archive has the audit log, and neither a restore nor an import adds to it. */
class AuditBackupTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant acme = DATABASE.newTenant();
    private final Tenant tenant = acme.tenant();

    @Test
    void theLogOfAnImportedOrganizationIsVerifiedAndContinued(@TempDir Path folder) {
        acme.project();
        AuditDigest digest = tenant.audit().digest();
        Path archive = folder.resolve("organization.backup");
        Backup.of(DATABASE.dataSource()).organization(tenant.organizationId()).write(archive);
        ClassDatabase other = ClassDatabase.migrated();

        OrganizationImport.of(other.dataSource()).read(archive);
        OrganizationImport.of(other.dataSource()).read(archive);

        Tenant imported = other.forge().tenant(tenant.organizationId());
        assertThat(imported.audit().digest()).isEqualTo(digest);
        isContinued(imported, digest);
    }

    @Test
    void theLogsOfARestoredSchemaAreVerifiedAndContinued(@TempDir Path folder) {
        acme.project();
        AuditDigest digest = tenant.audit().digest();
        Path archive = folder.resolve("all.backup");
        Backup.of(DATABASE.dataSource()).write(archive);
        ClassDatabase other = ClassDatabase.empty();

        Restore.of(other.dataSource()).read(archive);

        Tenant restored = other.forge().tenant(tenant.organizationId());
        assertThat(restored.audit().digest()).isEqualTo(digest);
        isContinued(restored, digest);
    }

    private static void isContinued(Tenant tenant, AuditDigest digest) {
        tenant.projects().create(NewProject.of("afterwards"));

        assertThat(tenant.audit().digest().number()).isEqualTo(digest.number() + 1);
        assertThat(tenant.audit().verify(digest).isIntact()).isTrue();
    }
}
