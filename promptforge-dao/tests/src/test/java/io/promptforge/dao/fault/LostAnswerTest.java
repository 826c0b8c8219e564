package io.promptforge.dao.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.PromptForge;
import io.promptforge.dao.Tenant;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.AlreadyExistsException;
import io.promptforge.dao.error.RetryableException;
import io.promptforge.dao.error.RetryableException.Reason;
import io.promptforge.dao.project.NewProject;
import io.promptforge.dao.trace.NewSpan;
import io.promptforge.dao.trace.NewTrace;
import io.promptforge.dao.trace.Trace;
import io.promptforge.dao.trace.recorder.TraceRecorder;
import io.promptforge.dao.trace.recorder.UnstoredTrace;
import io.promptforge.schema.MigrationException;
import io.promptforge.schema.Migrations;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;

/** The connection is cut off after the server has committed, before it says so. */
class LostAnswerTest {
    private static final ClassDatabase DATABASE = ClassDatabase.migrated();
    private static final String INSERT = "traces (organization_id,";

    private final TestTenant fixture = DATABASE.newTenant();
    private final UUID project = fixture.project().id();
    private final LostAnswers answers = new LostAnswers(server().getPortNumbers()[0]);
    private final Tenant tenant = PromptForge.create(overTheProxy(), ClassDatabase.settings())
            .tenant(fixture.organization().id());

    @AfterEach
    void close() throws IOException {
        answers.close();
    }

    @Test
    void aTraceThatIsRecordedAgainIsCountedOnce() {
        NewTrace trace = newTrace();
        answers.loseAnswer(INSERT, 1);
        noConnection(() -> tenant.traces().record(trace));
        Trace committed = fixture.tenant().traces().find(trace.id()).orElseThrow();

        tenant.traces().record(trace);

        Trace again = fixture.tenant().traces().find(trace.id()).orElseThrow();
        assertThat(again.totals()).isEqualTo(committed.totals());
        assertThat(again.totals().spanCount()).isEqualTo(2);
        assertThat(again.totals().inputTokens()).isEqualTo(70);
    }

    @Test
    void theRecorderStoresEveryTraceOnce() {
        Queue<UnstoredTrace> unstored = new ConcurrentLinkedQueue<>();
        List<NewTrace> traces = new ArrayList<>();
        try (TraceRecorder recorder = TraceRecorder.start(unstored::add)) {
            for (int i = 0; i < 50; i++) {
                NewTrace trace = newTrace();
                traces.add(trace);
                if (i % 10 == 0) {
                    answers.loseAnswer(INSERT, 1);
                }
                recorder.record(tenant.traces(), trace);
                if (i % 10 == 5) {
                    recorder.flush(Duration.ofMinutes(1));
                    assertThat(answers.isWaiting()).isFalse();
                }
            }
            recorder.flush(Duration.ofMinutes(1));
        }

        assertThat(unstored).isEmpty();
        assertThat(fixture.tenant()
                        .traces()
                        .findAll(traces.stream().map(NewTrace::id).toList())
                        .values())
                .hasSize(50)
                .allSatisfy(trace -> assertThat(trace.totals().inputTokens()).isEqualTo(70));
    }

    @Test
    void aTransactionIsNotRunAgainBecauseItMayHaveCommitted() {
        AtomicInteger runs = new AtomicInteger();
        answers.loseAnswer("COMMIT", 1);

        noConnection(() -> tenant.transaction(5, tx -> {
            runs.incrementAndGet();
            return tx.projects().create(NewProject.of("Answers"));
        }));

        assertThat(runs).hasValue(1);
        assertThat(fixture.tenant().projects().findByName("Answers")).isPresent();
        assertThatThrownBy(() -> tenant.projects().create(NewProject.of("Answers")))
                .isInstanceOf(AlreadyExistsException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "COMMIT, 1",
        "COMMIT, 2",
        "COMMIT, 5",
        "COMMIT, 9",
        "CREATE TABLE, 2",
        "CREATE INDEX, 30",
        "COMMENT ON, 200"
    })
    void aMigrationGoesOnWhereItWasInterrupted(String words, int number) throws IOException {
        ClassDatabase empty = ClassDatabase.empty();
        PGSimpleDataSource database = (PGSimpleDataSource) empty.dataSourceOf("postgres");
        try (LostAnswers way = new LostAnswers(database.getPortNumbers()[0])) {
            database.setPortNumbers(new int[] {way.port()});
            way.loseAnswer(words, number);
            assertThatThrownBy(() -> Migrations.apply(database)).isInstanceOf(MigrationException.class);
            assertThat(way.isWaiting()).isFalse();

            Migrations.apply(database);
        }
        Migrations.of(empty.dataSource()).validate();
    }

    private NewTrace newTrace() {
        NewSpan root = span("root", 40);
        return TestTenant.newTrace(UUID.randomUUID(), project).spans(List.of(root, span("call", 30)));
    }

    private static NewSpan span(String name, long tokens) {
        return NewSpan.of(UUID.randomUUID(), name, SpanKind.LLM, ExecutionStatus.SUCCESS, TestTenant.NOON)
                .inputTokens(tokens);
    }

    private static PGSimpleDataSource server() {
        return (PGSimpleDataSource) DATABASE.dataSourceOf("postgres");
    }

    private PGSimpleDataSource overTheProxy() {
        PGSimpleDataSource dataSource = server();
        dataSource.setPortNumbers(new int[] {answers.port()});
        return dataSource;
    }

    private void noConnection(Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(RetryableException.class, e -> assertThat(e.reason())
                .isEqualTo(Reason.NO_CONNECTION));
        assertThat(answers.isWaiting()).isFalse();
    }
}
