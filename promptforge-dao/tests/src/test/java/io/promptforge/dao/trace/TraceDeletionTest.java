package io.promptforge.dao.trace;

import static io.promptforge.dao.TestTenant.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.NotOnCitus;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.evaluation.NewEvaluationResult;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.ResultOutcome;
import io.promptforge.schema.type.SpanKind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TraceDeletionTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final TraceRepository traces = fixture.tenant().traces();
    private final UUID project = fixture.project().id();

    @Test
    void aTraceGoesWithItsSpansAndNoOther() {
        UUID gone = trace();
        UUID kept = trace();

        traces.delete(gone);

        assertThat(traces.find(gone)).isEmpty();
        assertThat(spans(gone)).isEqualTo("0");
        assertThat(spans(kept)).isEqualTo("2");
        assertThatThrownBy(() -> traces.delete(gone)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void rowsThatReferredToItStayWithoutTheReference() {
        UUID gone = trace();
        UUID child = UUID.randomUUID();
        traces.record(TestTenant.newTrace(child, project).parentTraceId(gone));
        UUID evaluation = fixture.runningEvaluation().id();
        fixture.tenant()
                .evaluations()
                .append(
                        evaluation,
                        List.of(NewEvaluationResult.of("a", ResultOutcome.PASSED)
                                .traceId(gone)));
        UUID policy = fixture.policy(project).id();
        DATABASE.execute("INSERT INTO promptforge.policy_violations (organization_id, id, project_id, policy_id,"
                + " policy_version, trace_id, severity, violation_type, message, detected_at)"
                + " SELECT organization_id, gen_random_uuid(), project_id, id, 1, '" + gone
                + "', 'high', 'cost', 'too dear', now() FROM promptforge.policies WHERE id = '" + policy + "'");

        traces.delete(gone);

        assertThat(DATABASE.query("SELECT trace_id FROM promptforge.evaluation_results WHERE evaluation_id = '"
                        + evaluation + "'"))
                .containsExactly("null");
        assertThat(DATABASE.query(
                        "SELECT trace_id FROM promptforge.policy_violations WHERE policy_id = '" + policy + "'"))
                .containsExactly("null");
        assertThat(traces.children(gone, PageRequest.first()).items())
                .extracting(Trace::id)
                .containsExactly(child);
    }

    @Test
    void theExistingTracesOfAListAreDeleted() {
        UUID one = trace();
        UUID two = trace();
        UUID kept = trace();

        assertThat(traces.deleteAll(List.of(one, UUID.randomUUID(), two, one))).isEqualTo(2);

        assertThat(traces.find(one)).isEmpty();
        assertThat(traces.find(two)).isEmpty();
        assertThat(traces.find(kept)).isPresent();
        assertThat(traces.deleteAll(List.of())).isZero();
        assertThatThrownBy(() -> traces.deleteAll(Arrays.asList(kept, null)))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("ids"));
    }

    @Test
    void allTracesThatPassAFilterAreDeleted() {
        UUID failed = UUID.randomUUID();
        traces.record(NewTrace.of(failed, project, "failed", ExecutionStatus.ERROR, NOON));
        UUID elsewhere = fixture.trace(fixture.project().id());
        List<NewTrace> many = IntStream.range(0, 2_001)
                .mapToObj(i -> TestTenant.newTrace(UUID.randomUUID(), project))
                .toList();
        traces.record(many);

        long deleted = traces.deleteAll(TraceFilter.all().projectId(project).status(ExecutionStatus.RUNNING));

        assertThat(deleted).isEqualTo(2_001);
        assertThat(traces.summary(TraceFilter.all()).traces()).isEqualTo(2);
        assertThat(traces.find(failed)).isPresent();
        assertThat(traces.find(elsewhere)).isPresent();
    }

    @Test
    void itIsUndoneWithTheTransactionOfTheCaller() {
        UUID id = trace();

        assertThatThrownBy(() -> fixture.tenant().transaction(tx -> {
                    tx.traces().delete(id);
                    assertThat(tx.traces().find(id)).isEmpty();
                    throw new IllegalStateException();
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(traces.tree(id).orElseThrow().roots()).hasSize(2);
    }

    @Test
    @NotOnCitus("one statement deletes the traces there, whose foreign keys the nodes check")
    void theCascadeOfManyTracesIsPlannedOnceAndTheSettingIsRestored() throws SQLException {
        ClassDatabase database = ClassDatabase.migrated();
        TestTenant owner = database.newTenant();
        List<UUID> many = IntStream.range(0, 10)
                .mapToObj(i -> owner.trace(owner.project().id()))
                .toList();
        database.execute("CREATE TABLE public.planning AS SELECT '' AS mode WHERE false");
        database.execute(
                "CREATE FUNCTION public.note_planning() RETURNS trigger LANGUAGE plpgsql AS"
                        + " $$ BEGIN INSERT INTO public.planning SELECT current_setting('plan_cache_mode'); RETURN NULL; END $$");
        database.execute("CREATE TRIGGER note_planning AFTER DELETE ON promptforge.traces"
                + " FOR EACH ROW EXECUTE FUNCTION public.note_planning()");

        try (Connection connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.execute("SET LOCAL plan_cache_mode = force_custom_plan");
            }
            database.forge()
                    .on(connection)
                    .tenant(owner.organization().id())
                    .traces()
                    .deleteAll(many);

            assertThat(planning(connection)).isEqualTo("force_custom_plan");
            connection.commit();
            assertThat(planning(connection)).isEqualTo("auto");
        }

        assertThat(database.query("SELECT DISTINCT mode FROM public.planning")).containsExactly("force_generic_plan");
    }

    @Test
    void threadsThatDeleteTheSameTracesInDifferentOrdersDoNotDeadlockAndCountEachOnce() throws Exception {
        List<UUID> ids = IntStream.range(0, 100).mapToObj(i -> trace()).toList();
        List<UUID> backwards = new ArrayList<>(ids);
        Collections.reverse(backwards);
        ExecutorService pool = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Long>> work = IntStream.range(0, 4)
                    .<Callable<Long>>mapToObj(n -> () -> traces.deleteAll(n % 2 == 0 ? ids : backwards))
                    .toList();
            long deleted = 0;
            for (Future<Long> done : pool.invokeAll(work)) {
                deleted += done.get();
            }
            assertThat(deleted).isEqualTo(100);
        } finally {
            pool.shutdownNow();
        }
    }

    private static String planning(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW plan_cache_mode")) {
            row.next();
            return row.getString(1);
        }
    }

    /** A trace with two spans. */
    private UUID trace() {
        UUID id = UUID.randomUUID();
        traces.record(TestTenant.newTrace(id, project).spans(List.of(span(), span())));
        return id;
    }

    private static NewSpan span() {
        return NewSpan.of(UUID.randomUUID(), "s", SpanKind.TOOL, ExecutionStatus.SUCCESS, NOON);
    }

    private static String spans(UUID trace) {
        return DATABASE.query("SELECT count(*) FROM promptforge.spans WHERE trace_id = '" + trace + "'")
                .get(0);
    }
}
