package io.promptforge.dao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.error.PromptForgeException;
import io.promptforge.dao.evaluation.EvaluationRepository;
import io.promptforge.dao.evaluation.NewEvaluation;
import io.promptforge.dao.evaluation.NewEvaluationResult;
import io.promptforge.dao.project.NewProject;
import io.promptforge.dao.prompt.ResolvedPrompt;
import io.promptforge.dao.trace.TraceFilter;
import io.promptforge.dao.trace.TraceRepository;
import io.promptforge.schema.jooq.Promptforge;
import io.promptforge.schema.type.EvaluationType;
import io.promptforge.schema.type.ResultOutcome;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Deleting an organization or a project deletes all its rows, and no others. */
class DeletionTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    /** More than one batch, and not a multiple of it. */
    private static final int MANY = 2_345;

    private final TestTenant fixture = DATABASE.newTenant();
    private final TestTenant spared = DATABASE.newTenant();
    private final UUID project = fixture.project().id();

    @Test
    void anOrganizationIsDeletedWithAllItsRows() {
        new Belongings(spared);
        new Belongings(fixture);
        fill(fixture, project);
        UUID id = fixture.organization().id();

        DATABASE.forge().organizations().delete(id);

        assertThat(rowsOf(id)).containsOnly(0L);
        assertThat(rowsOf(spared.organization().id())).doesNotContain(0L);
        assertThat(DATABASE.forge().organizations().find(id)).isEmpty();
    }

    @Test
    void theCascadeAloneDeletesAllRowsOfAnOrganization() {
        new Belongings(spared);
        new Belongings(fixture);
        UUID id = fixture.organization().id();

        DATABASE.execute("DELETE FROM promptforge.organizations WHERE id = '" + id + "'");

        assertThat(rowsOf(id)).containsOnly(0L);
        assertThat(rowsOf(spared.organization().id())).doesNotContain(0L);
    }

    @Test
    void aProjectIsDeletedWithAllItsRowsAndOtherProjectsStay() {
        UUID neighbour = fixture.project().id();
        fill(fixture, project);
        fill(fixture, neighbour);

        fixture.tenant().projects().delete(project);

        for (String table : List.of("prompts", "evaluations", "traces", "policies", "policy_violations")) {
            assertThat(count(table + " WHERE project_id = '" + project + "'"))
                    .as(table)
                    .isEqualTo("0");
            assertThat(count(table + " WHERE project_id = '" + neighbour + "'"))
                    .as(table)
                    .isNotEqualTo("0");
        }
        assertThat(count("spans WHERE organization_id = '"
                        + fixture.organization().id() + "'"))
                .isEqualTo(String.valueOf(MANY));
    }

    @Test
    void aDeletionIsLoggedSoThatARestoreCanRepeatIt() {
        UUID trace = fixture.trace(project);
        fixture.trace(project);
        UUID id = fixture.organization().id();
        String logged =
                "SELECT concat(table_name, ' ', row_id) FROM promptforge.erasures WHERE organization_id = '" + id + "'";

        fixture.tenant().traces().delete(trace);
        assertThat(DATABASE.query(logged)).containsExactly("traces " + trace);
        fixture.tenant().projects().delete(project);
        assertThat(DATABASE.query(logged)).hasSize(2);

        fixture.trace(fixture.project().id());
        DATABASE.forge().organizations().delete(id);
        assertThat(DATABASE.query(logged)).containsExactly("organizations " + id);
    }

    @Test
    void anOrganizationThatIsDeletedInALargerTransactionLeavesTheLogOn() {
        UUID trace = spared.trace(spared.project().id());

        DATABASE.forge().transaction(tx -> {
            tx.organizations().delete(fixture.organization().id());
            tx.tenant(spared.organization().id()).traces().delete(trace);
            return tx;
        });

        assertThat(count("erasures WHERE row_id = '" + trace + "'")).isEqualTo("1");
    }

    /** Counts the batches, none of which is greater than the limit. */
    @Test
    void tracesAreDeletedInBatches() {
        fill(fixture, project);
        RecordedStatements sent = new RecordedStatements(DATABASE.dataSource());
        TraceRepository traces = PromptForge.create(sent.dataSource(), ClassDatabase.settings())
                .tenant(fixture.organization().id())
                .traces();

        AtomicLong deleted = new AtomicLong();
        List<String> statements =
                sent.of(() -> deleted.set(traces.deleteAll(TraceFilter.all().projectId(project))));

        assertThat(deleted).hasValue(MANY);
        assertThat(statements)
                .filteredOn(statement -> statement.startsWith("delete from \"promptforge\".\"traces\""))
                .hasSize(2);
        assertThat(count("spans WHERE organization_id = '"
                        + fixture.organization().id() + "'"))
                .isEqualTo("0");
        assertThat(count("evaluation_results WHERE organization_id = '"
                        + fixture.organization().id() + "' AND trace_id IS NULL"))
                .isEqualTo(String.valueOf(MANY));
    }

    @Test
    void rowsOfOtherProjectsThatReferToADeletedOneLoseTheReference() {
        UUID other = fixture.project().id();
        ResolvedPrompt prompt = fixture.prompt(project);
        UUID trace = fixture.trace(project);
        EvaluationRepository evaluations = fixture.tenant().evaluations();
        UUID evaluation = evaluations
                .create(NewEvaluation.of(other, "of the neighbour's prompt", EvaluationType.CUSTOM)
                        .promptId(prompt.prompt().id())
                        .promptVersionId(prompt.version().id()))
                .id();
        evaluations.start(evaluation, TestTenant.NOON);
        evaluations.append(
                evaluation,
                List.of(NewEvaluationResult.of("a", ResultOutcome.PASSED).traceId(trace)));
        UUID served = UUID.randomUUID();
        fixture.tenant()
                .traces()
                .record(List.of(TestTenant.newTrace(served, other)
                        .promptVersionId(prompt.version().id())));

        fixture.tenant().projects().delete(project);

        assertThat(evaluations.find(evaluation).orElseThrow().promptId()).isEmpty();
        assertThat(evaluations.find(evaluation).orElseThrow().totalTests()).isEqualTo(1);
        assertThat(DATABASE.query("SELECT trace_id FROM promptforge.evaluation_results WHERE evaluation_id = '"
                        + evaluation + "'"))
                .containsExactly("null");
        assertThat(DATABASE.query("SELECT prompt_version_id FROM promptforge.traces WHERE id = '" + served + "'"))
                .containsExactly("null");
    }

    @Test
    void aFailedDeletionChangesNothing() {
        fill(fixture, project);
        List<Long> before = rowsOf(fixture.organization().id());
        DATABASE.execute("""
                CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no''; END';
                CREATE TRIGGER refuse BEFORE DELETE ON promptforge.organizations FOR EACH ROW
                WHEN (OLD.id = '%s') EXECUTE FUNCTION refuse()
                """.formatted(fixture.organization().id()));
        try {
            assertThatThrownBy(() -> DATABASE.forge()
                            .organizations()
                            .delete(fixture.organization().id()))
                    .isInstanceOf(PromptForgeException.class);
        } finally {
            DATABASE.execute("DROP FUNCTION refuse() CASCADE");
        }

        assertThat(rowsOf(fixture.organization().id())).isEqualTo(before);
    }

    @Test
    void anInsertDuringADeletionWaitsAndIsRefused() throws Exception {
        fill(fixture, project);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch mayCommit = new CountDownLatch(1);

        Future<?> deletion = threads.submit(() -> DATABASE.forge().transaction(tx -> {
            tx.organizations().delete(fixture.organization().id());
            locked.countDown();
            await(mayCommit);
            return tx;
        }));
        await(locked);
        Future<?> addition = threads.submit(() -> fixture.tenant().projects().create(NewProject.of("too late")));
        while (!DATABASE.isAnySessionWaiting()) {
            Thread.onSpinWait();
        }
        assertThat(addition.isDone()).isFalse();
        mayCommit.countDown();

        deletion.get(1, TimeUnit.MINUTES);
        assertThatThrownBy(() -> addition.get(1, TimeUnit.MINUTES))
                .cause()
                .isInstanceOf(InvalidReferenceException.class);
        threads.shutdown();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /**
     * Behind the library's back: it is only about their number. With statistics, which autovacuum keeps in real life:
     * without, PostgreSQL takes any index for the checks of the foreign keys.
     */
    private void fill(TestTenant tenant, UUID inProject) {
        String org = tenant.organization().id().toString();
        tenant.prompt(inProject);
        String policy = tenant.policy(inProject).id().toString();
        String evaluation = tenant.evaluation(inProject).id().toString();
        for (String sql : List.of("""
                INSERT INTO promptforge.traces (organization_id, id, project_id, name, status, started_at)
                SELECT '%1$s', gen_random_uuid(), '%2$s', 'many', 'success', now() FROM generate_series(1, %5$d)
                """, "ANALYZE promptforge.traces", """
                INSERT INTO promptforge.spans (organization_id, trace_id, id, started_at, name, kind, status)
                SELECT '%1$s', id, id, now(), 'call', 'llm', 'success' FROM promptforge.traces
                WHERE project_id = '%2$s' AND name = 'many'
                """, """
                INSERT INTO promptforge.evaluation_results (organization_id, id, project_id, evaluation_id, test_name, outcome, trace_id)
                SELECT '%1$s', id, '%2$s', '%4$s', id::text, 'passed', id FROM promptforge.traces
                WHERE project_id = '%2$s' AND name = 'many'
                """, """
                INSERT INTO promptforge.policy_violations (organization_id, id, project_id, policy_id, policy_version, trace_id,
                                                           severity, violation_type, message, detected_at)
                SELECT '%1$s', id, '%2$s', '%3$s', 1, id, 'low', 'x', 'x', now() FROM promptforge.traces
                WHERE project_id = '%2$s' AND name = 'many'
                """, "ANALYZE")) {
            DATABASE.execute(sql.formatted(org, inProject, policy, evaluation, MANY));
        }
    }

    /** The number of the organization's rows in each table. */
    private static List<Long> rowsOf(UUID organization) {
        return Promptforge.PROMPTFORGE.getTables().stream()
                .filter(table -> table.field("organization_id") != null)
                .filter(table -> !table.getName().equals("erasures"))
                .map(table -> count(table.getName() + " WHERE organization_id = '" + organization + "'"))
                .map(Long::valueOf)
                .toList();
    }

    private static String count(String from) {
        return DATABASE.query("SELECT count(*) FROM promptforge." + from).get(0);
    }
}
