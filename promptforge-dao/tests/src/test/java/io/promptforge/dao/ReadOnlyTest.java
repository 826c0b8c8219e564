package io.promptforge.dao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.error.AccessDeniedException;
import io.promptforge.dao.project.NewProject;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads that see one state of the database. */
class ReadOnlyTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final Tenant tenant = fixture.tenant();

    @Test
    void allCallsSeeOneStateDespiteConcurrentCommits() {
        create(tenant, "before");

        boolean seen = tenant.readOnly(tx -> {
            assertThat(exists(tx, "before")).isTrue();
            create(tenant, "meanwhile");
            return exists(tx, "meanwhile");
        });

        assertThat(seen).isFalse();
        assertThat(exists(tenant, "meanwhile")).isTrue();
        assertThat(DATABASE.forge().<Boolean>readOnly(tx -> exists(tx.tenant(tenant.organizationId()), "meanwhile")))
                .isTrue();
    }

    @Test
    void theDatabaseRefusesWrites() {
        assertThatThrownBy(() -> tenant.readOnly(tx -> create(tx, "never"))).isInstanceOf(AccessDeniedException.class);
        assertThat(exists(tenant, "never")).isFalse();
    }

    @Test
    void insideATransactionItSeesItsWritesAndRefusesNewOnesUntilItEnds() {
        tenant.transaction(tx -> {
            create(tx, "before");
            assertThat(tx.<Boolean>readOnly(reading -> exists(reading, "before")))
                    .isTrue();
            assertThatThrownBy(() -> tx.readOnly(reading -> create(reading, "never")))
                    .isInstanceOf(AccessDeniedException.class);
            return create(tx, "after");
        });

        assertThat(exists(tenant, "before")).isTrue();
        assertThat(exists(tenant, "after")).isTrue();
        assertThat(exists(tenant, "never")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theConnectionReturnsUnchanged(boolean autoCommit) throws SQLException {
        try (OneConnection pool = new OneConnection(DATABASE.dataSource(), autoCommit)) {
            Tenant pooled = PromptForge.create(pool.dataSource(), ClassDatabase.settings())
                    .tenant(tenant.organizationId());

            pooled.readOnly(tx -> exists(tx, "nothing"));

            assertThat(pool.connection().getAutoCommit()).isEqualTo(autoCommit);
            assertThat(pool.connection().isReadOnly()).isFalse();
            assertThat(pool.connection().getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
            create(pooled, "written on it");
        }
        assertThat(exists(tenant, "written on it")).isTrue();
    }

    private static String create(Tenant tenant, String name) {
        return tenant.projects().create(NewProject.of(name)).name();
    }

    private static boolean exists(Tenant tenant, String name) {
        return tenant.projects().findByName(name).isPresent();
    }
}
