package io.promptforge.dao.trace;

import static io.promptforge.dao.TestTenant.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.NotOnCitus;
import io.promptforge.dao.PromptForge;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** Recording as a role that owns nothing and that the database lets see one tenant only. */
class TraceRowLevelSecurityTest {
    private static final ClassDatabase DATABASE = ClassDatabase.migrated();
    private static final DataSource SERVICE = DATABASE.serviceDataSource();

    private final TestTenant fixture = DATABASE.newTenant();
    private final UUID project = fixture.project().id();
    private final TraceRepository traces = PromptForge.create(SERVICE, ClassDatabase.settings())
            .tenant(fixture.organization().id())
            .traces();

    @Test
    void batchesAreStoredAndMergedUnderRowLevelSecurity() {
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
    }

    @Test
    @NotOnCitus("the nodes refuse it, and only when the first row comes")
    void copyIsRefused() throws SQLException {
        try (Connection connection = SERVICE.getConnection()) {
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
    void anotherTenantsTracesAreRefusedByTheDatabaseItself() throws SQLException {
        TestTenant other = DATABASE.newTenant();
        UUID elsewhere = other.project().id();

        try (Connection connection = SERVICE.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("SET promptforge.organization_id TO '"
                    + fixture.organization().id() + "'");
            assertThatThrownBy(() ->
                            statement.execute("""
                            INSERT INTO promptforge.traces (organization_id, id, project_id, name, status, started_at)
                            VALUES ('%s', gen_random_uuid(), '%s', 'greet', 'running', now())""".formatted(other.organization().id(), elsewhere)))
                    .hasMessageContaining("row-level security policy");
        }
    }
}
