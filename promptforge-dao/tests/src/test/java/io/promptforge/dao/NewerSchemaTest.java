package io.promptforge.dao;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The repositories of this release work on a schema that a later one has expanded, while replicas of both run. The test of the schema's
 * module that new scripts only expand is ReleaseCompatibilityTest.
 *
 * <p>There is no release before 0.1.0 whose jars could be run on this schema. From then on, they belong here.
 */
class NewerSchemaTest {
    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    /** All that a script may do to a table that is in use, and a table of its own. */
    private static final String LATER_SCRIPT = """
            SET LOCAL search_path TO promptforge;
            DO $$
            DECLARE
                used regclass;
            BEGIN
                FOR used IN
                    SELECT oid FROM pg_class WHERE relnamespace = 'promptforge'::regnamespace AND relkind IN ('r', 'p')
                    AND NOT relispartition AND relname <> 'flyway_schema_history'
                LOOP
                    EXECUTE format('ALTER TABLE %s ADD COLUMN later text', used);
                    EXECUTE format('ALTER TABLE %s ADD COLUMN filled_later integer NOT NULL DEFAULT 7', used);
                    EXECUTE format('CREATE INDEX ON %s (later)', used);
                END LOOP;
            END
            $$;
            CREATE TABLE later_notes (
                organization_id uuid NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
                id              uuid NOT NULL,
                PRIMARY KEY (organization_id, id)
            );
            SELECT isolate_tenants('later_notes');
            SELECT audit_changes('later_notes');
            """;

    @BeforeAll
    static void expand() {
        DATABASE.execute(LATER_SCRIPT);
    }

    @Test
    void everyMethodOfEveryRepositoryWorks() {
        Belongings read = new Belongings(DATABASE.newTenant());
        Map<String, RuntimeException> failures = new LinkedHashMap<>();
        for (EveryCall call : EveryCall.all()) {
            Belongings own = call.isRead() ? read : new Belongings(DATABASE.newTenant());
            try {
                call.on(own.tenant, Arguments.of(call, own));
            } catch (RuntimeException e) {
                failures.put(call.toString(), e);
            }
        }

        assertThat(failures).isEmpty();
        assertThat(read.tenant.audit().verify().fault()).isEmpty();
    }

    @Test
    void loginMaintenanceAndDeletionWork() {
        TestTenant tenant = DATABASE.newTenant();
        Belongings own = new Belongings(tenant);

        assertThat(DATABASE.forge().login(tenant.user().email(), TestTenant.PASSWORD))
                .isPresent();
        DATABASE.forge().maintenance().run();
        DATABASE.forge().organizations().delete(own.tenant.organizationId());

        assertThat(DATABASE.query("SELECT filled_later FROM promptforge.erasures WHERE organization_id = '"
                        + own.tenant.organizationId() + "'"))
                .isEqualTo(List.of("7"));
    }
}
