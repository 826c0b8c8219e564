package io.promptforge.dao.trace;

import static io.promptforge.dao.TestTenant.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.PromptForge;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.AccessDeniedException;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.ds.PGSimpleDataSource;

/** Recording as a role that owns nothing and that the database lets see one tenant only. */
class TraceRowLevelSecurityTest {
    private static final ClassDatabase DATABASE = secured();

    private final TestTenant fixture = DATABASE.newTenant();
    private final UUID project = fixture.project().id();
    private final PGSimpleDataSource restricted =
            restrictedTo(fixture.organization().id());
    private final TraceRepository traces = PromptForge.create(restricted, ClassDatabase.settings())
            .tenant(fixture.organization().id())
            .traces();

    private static ClassDatabase secured() {
        ClassDatabase database = ClassDatabase.migrated();
        database.execute("""
                DO $$
                DECLARE t text;
                BEGIN
                    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'ingest') THEN
                        CREATE ROLE ingest LOGIN;
                    END IF;
                    GRANT USAGE ON SCHEMA promptforge TO ingest;
                    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA promptforge TO ingest;
                    FOR t IN SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
                             WHERE c.relnamespace = 'promptforge'::regnamespace AND c.relkind IN ('r', 'p')
                               AND a.attname = 'organization_id' AND NOT c.relispartition
                    LOOP
                        EXECUTE format('ALTER TABLE promptforge.%I ENABLE ROW LEVEL SECURITY', t);
                        EXECUTE format('CREATE POLICY tenant ON promptforge.%I USING'
                            ' (organization_id = current_setting(''app.organization_id'')::uuid)', t);
                    END LOOP;
                END $$
                """);
        return database;
    }

    private static PGSimpleDataSource restrictedTo(UUID organization) {
        PGSimpleDataSource dataSource = (PGSimpleDataSource) DATABASE.dataSourceOf("ingest");
        dataSource.setOptions("-c app.organization_id=" + organization);
        return dataSource;
    }

    @Test
    void batchesAreStoredAndMergedUnderRowLevelSecurity() throws SQLException {
        UUID id = UUID.randomUUID();
        NewSpan running = NewSpan.of(new UUID(0, 1), "call", SpanKind.LLM, ExecutionStatus.RUNNING, NOON);
        NewSpan ended = NewSpan.of(new UUID(0, 1), "call", SpanKind.LLM, ExecutionStatus.SUCCESS, NOON)
                .inputTokens(3L);

        traces.record(NewTrace.ofSpans(id, project, List.of(running)));
        traces.record(List.of(
                NewTrace.of(id, project, "t", ExecutionStatus.SUCCESS, NOON).spans(List.of(ended)),
                TestTenant.newTrace(UUID.randomUUID(), project)));

        assertThat(traces.find(id).orElseThrow().totals().inputTokens()).isEqualTo(3);
        assertThat(traces.summary(TraceFilter.all()).traces()).isEqualTo(2);
        try (Connection connection = restricted.getConnection()) {
            assertThatThrownBy(() -> connection
                            .unwrap(PGConnection.class)
                            .getCopyAPI()
                            .copyIn("COPY promptforge.traces FROM STDIN"))
                    .hasMessageContaining("row-level security");
        }
    }

    @Test
    void theRefusedElementIsNamedThoughTheDatabaseHidesTheRow() {
        NewSpan bad = NewSpan.of(UUID.randomUUID(), "call", SpanKind.LLM, ExecutionStatus.SUCCESS, NOON)
                .modelId(UUID.randomUUID());

        assertThatThrownBy(() -> traces.record(List.of(
                        TestTenant.newTrace(UUID.randomUUID(), project),
                        TestTenant.newTrace(UUID.randomUUID(), project).spans(List.of(bad)))))
                .isInstanceOf(InvalidReferenceException.class)
                .hasMessageStartingWith("traces[1].spans[0] ");
    }

    @Test
    void anotherTenantsTracesAreRefusedByTheDatabaseItself() {
        TestTenant other = DATABASE.newTenant();
        UUID elsewhere = other.project().id();
        TraceRepository others = PromptForge.create(restricted, ClassDatabase.settings())
                .tenant(other.organization().id())
                .traces();

        assertThatThrownBy(() -> others.record(TestTenant.newTrace(UUID.randomUUID(), elsewhere)))
                .isInstanceOf(AccessDeniedException.class);
    }
}
