package io.promptforge.dao.trace;

import static io.promptforge.dao.TestTenant.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.NotOnCitus;
import io.promptforge.dao.PromptForge;
import io.promptforge.dao.RecordedStatements;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.model.AiModel;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** How many statements a call takes, and by which indexes they find their rows in a filled table. */
class TraceStatementsTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();
    private static final RecordedStatements STATEMENTS = new RecordedStatements(DATABASE.dataSource());

    private static final TestTenant FIXTURE = DATABASE.newTenant();
    private static final TraceRepository TRACES = PromptForge.create(STATEMENTS.dataSource())
            .tenant(FIXTURE.organization().id())
            .traces();
    private static final UUID PROJECT = FIXTURE.project().id();
    private static final UUID OTHER_PROJECT = FIXTURE.project().id();
    private static final UUID VERSION = FIXTURE.prompt(PROJECT).version().id();
    private static final AiModel MODEL = FIXTURE.model();
    private static final UUID TRACE = filled();

    /** Forty thousand traces, a fourth of them in the project; the newest of them. */
    private static UUID filled() {
        TestTenant other = DATABASE.newTenant();
        fill(FIXTURE.organization().id(), PROJECT, VERSION, MODEL.id());
        fill(FIXTURE.organization().id(), OTHER_PROJECT, null, null);
        fill(other.organization().id(), other.project().id(), null, null);
        fill(other.organization().id(), other.project().id(), null, null);
        DATABASE.execute("INSERT INTO promptforge.spans (organization_id, trace_id, id, started_at, name, kind, status)"
                + " SELECT organization_id, id, gen_random_uuid(), started_at, 's', 'tool', 'success'"
                + " FROM promptforge.traces CROSS JOIN generate_series(1, 2)");
        DATABASE.execute("VACUUM ANALYZE promptforge.traces");
        DATABASE.execute("VACUUM ANALYZE promptforge.spans");
        return TRACES.list(TraceFilter.all().projectId(PROJECT), TraceOrder.NEWEST_FIRST, PageRequest.first(1))
                .items()
                .get(0)
                .id();
    }

    private static void fill(UUID organization, UUID project, @Nullable UUID version, @Nullable UUID model) {
        DATABASE.execute("""
                INSERT INTO promptforge.traces (organization_id, id, project_id, name, status, started_at, ended_at,
                    environment, session_id, end_user_id, external_id, parent_trace_id, prompt_version_id, model_id,
                    input_tokens, cost, provider_name, model_name, error_type, tags)
                SELECT '%s', gen_random_uuid(), '%s', 'trace ' || i,
                    CASE WHEN i %% 10 = 0 THEN 'running' WHEN i %% 100 = 1 THEN 'error' ELSE 'success' END,
                    timestamptz '2026-11-01' + i * interval '1 minute',
                    CASE WHEN i %% 10 > 0
                        THEN timestamptz '2026-11-01' + i * interval '1 minute' + (i * 7919 %% 10007) * interval '1 ms' END,
                    'environment ' || i %% 1000, 'session ' || i / 20, 'user ' || i %% 500, 'request ' || i, CASE WHEN i %% 20 > 0 THEN gen_random_uuid() END,
                    CASE WHEN i %% 50 = 0 THEN %s::uuid END, CASE WHEN i %% 50 = 0 THEN %s::uuid END,
                    i * 7919 %% 10007, (i * 104729 %% 10007) * 0.0001,
                    'provider ' || i %% 1000, 'model ' || i %% 1000, 'error ' || i %% 1000,
                    CASE WHEN i %% 500 = 0 THEN ARRAY['beta'] ELSE '{}' END
                FROM generate_series(1, 10000) AS i
                """.formatted(organization, project, literal(version), literal(model)));
    }

    private static String literal(@Nullable UUID id) {
        return id == null ? "NULL" : "'" + id + "'";
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "NEWEST_FIRST, occurred_at_idx",
        "OLDEST_FIRST, occurred_at_idx",
        "SLOWEST_FIRST, duration_idx",
        "FASTEST_FIRST, duration_idx",
        "MOST_TOKENS_FIRST, tokens_idx",
        "FEWEST_TOKENS_FIRST, tokens_idx",
        "MOST_EXPENSIVE_FIRST, cost_idx",
        "CHEAPEST_FIRST, cost_idx"
    })
    void everyOrderIsReadOffAnIndexOnAnyPage(TraceOrder order, String index) {
        isReadOff("traces_project_" + index, TraceFilter.all().projectId(PROJECT), order);
        isReadOff("traces_" + index, TraceFilter.all(), order);
        isReadOff("traces_" + index, TraceFilter.all().projectIds(List.of(PROJECT, OTHER_PROJECT)), order);
    }

    private static void isReadOff(String index, TraceFilter filter, TraceOrder order) {
        PageRequest next = PageRequest.first()
                .after(TRACES.list(filter, order, PageRequest.first(500)).next().orElseThrow());

        assertThat(plan(() -> TRACES.list(filter, order, PageRequest.first())))
                .contains(index)
                .doesNotContain("Seq Scan", "Sort");
        assertThat(plan(() -> TRACES.list(filter, order, next)))
                .contains(index)
                .contains("ROW(")
                .doesNotContain("Seq Scan", "Sort", "Filter: (ROW(");
    }

    /** Whatever the share of roots is, no row of another trace is read. */
    @Test
    void rootsAreFoundInTheIndexOfTheOrder() {
        assertThat(plan(() -> TRACES.list(TraceFilter.all().root(true), TraceOrder.NEWEST_FIRST, PageRequest.first())))
                .contains("traces_occurred_at_idx", "parent_trace_id IS NULL")
                .doesNotContain("Seq Scan", "Sort", "Filter");
        assertThat(plan(() -> TRACES.list(
                        TraceFilter.all().projectId(PROJECT).root(true), TraceOrder.NEWEST_FIRST, PageRequest.first())))
                .contains("traces_project_occurred_at_idx", "parent_trace_id IS NULL")
                .doesNotContain("Seq Scan", "Sort", "Filter");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void aNameInAProjectIsReadOffItsIndexInTheOrderOfTheList(String index, UnaryOperator<TraceFilter> filter) {
        assertThat(plan(() -> TRACES.list(
                        filter.apply(TraceFilter.all().projectId(PROJECT)),
                        TraceOrder.NEWEST_FIRST,
                        PageRequest.first())))
                .contains(index)
                .doesNotContain("Seq Scan", "Sort", "Filter");
    }

    static Stream<Arguments> names() {
        return Stream.of(
                by("traces_provider_name_idx", all -> all.providerName("provider 7")),
                by("traces_model_name_idx", all -> all.modelName("model 7")),
                by("traces_environment_idx", all -> all.environment("environment 7")),
                by("traces_error_type_idx", all -> all.errorType("error 7")));
    }

    @ParameterizedTest
    @EnumSource(TraceOrder.class)
    @NotOnCitus("the coordinator plans a statement of one shard each time")
    void aPageFarBehindIsPlannedOnceForAllThatFollow(TraceOrder order) throws SQLException {
        TraceFilter filter = TraceFilter.all().projectId(PROJECT);
        try (Connection connection = DATABASE.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            TraceRepository traces = DATABASE.forge()
                    .on(connection)
                    .tenant(FIXTURE.organization().id())
                    .traces();
            PageRequest page = PageRequest.first(500);
            for (int skipped = 0; skipped < 17; skipped++) {
                page = PageRequest.first(500)
                        .after(traces.list(filter, order, page).next().orElseThrow());
            }
            for (int times = 0; times < 20; times++) {
                traces.list(filter, order, page);
            }

            try (ResultSet plans = statement.executeQuery("SELECT max(custom_plans), max(generic_plans)"
                    + " FROM pg_prepared_statements WHERE statement LIKE '%traces%fetch next%'")) {
                plans.next();
                // The first ones tell PostgreSQL that they are no better.
                assertThat(plans.getInt(1)).isEqualTo(5);
                assertThat(plans.getInt(2)).isGreaterThan(10);
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("filters")
    void aFilterThatLeavesFewRowsIsReadOffItsIndex(String index, UnaryOperator<TraceFilter> filter) {
        assertThat(plan(() ->
                        TRACES.list(filter.apply(TraceFilter.all()), TraceOrder.NEWEST_FIRST, PageRequest.first())))
                .contains(index)
                .doesNotContain("Seq Scan");
    }

    static Stream<Arguments> filters() {
        return Stream.of(
                by("traces_occurred_at_idx", all -> all),
                by("traces_occurred_at_idx", all -> all.startedFrom(NOON).startedBefore(NOON.plusSeconds(999))),
                by("traces_failed_idx", all -> all.projectId(PROJECT).status(ExecutionStatus.ERROR)),
                by("traces_failed_idx", all -> all.projectId(PROJECT)
                        .status(ExecutionStatus.TIMEOUT, ExecutionStatus.ERROR)),
                by("traces_session_id_idx", all -> all.sessionId("session 7")),
                by("traces_end_user_id_idx", all -> all.endUserId("user 7")),
                by("traces_external_id_idx", all -> all.externalId("request 7")),
                by("traces_provider_name_idx", all -> all.providerName("provider 7")),
                by("traces_model_name_idx", all -> all.modelName("model 7")),
                by("traces_environment_idx", all -> all.environment("environment 7")),
                by("traces_error_type_idx", all -> all.errorType("error 7")),
                by("traces_tagged_idx", all -> all.tag("beta")),
                by("traces_prompt_version_id_idx", all -> all.promptVersionId(VERSION)),
                by("traces_model_id_idx", all -> all.modelId(MODEL.id())));
    }

    @Test
    void theChildrenOfATraceAndTheTraceItselfAreReadOffIndexes() {
        assertThat(plan(() -> TRACES.children(UUID.randomUUID(), PageRequest.first())))
                .contains("traces_parent_trace_id_idx")
                .doesNotContain("Seq Scan");
        assertThat(plan(() -> TRACES.find(TRACE))).contains("traces_pkey");
        assertThat(plan(() -> TRACES.tree(TRACE)))
                .contains("traces_pkey")
                .containsPattern("_pkey(_\\d+)? on spans_") // of a shard
                .doesNotContain("Seq Scan on traces", "Seq Scan on spans_y2026m11");
        assertThat(plan(() -> TRACES.findSpan(TRACE, UUID.randomUUID()))).doesNotContain("Seq Scan on spans_y2026m11");
        assertThat(plan(() -> TRACES.summary(TraceFilter.all().sessionId("session 7"))))
                .contains("traces_session_id_idx");
    }

    @Test
    void theChildrenOfManyTracesAreSummedUpByOneStatementThroughTheirIndex() {
        List<UUID> parents = Stream.generate(UUID::randomUUID).limit(500).toList();

        assertThat(STATEMENTS.of(() -> TRACES.childSummaries(parents))).hasSize(1);
        assertThat(plan(() -> TRACES.childSummaries(parents)))
                .contains("traces_parent_trace_id_idx")
                .doesNotContain("Seq Scan", "Sort");
    }

    @ParameterizedTest
    @CsvSource({
        "ENVIRONMENT, traces_environment_idx",
        "PROVIDER_NAME, traces_provider_name_idx",
        "MODEL_NAME, traces_model_name_idx",
        "ERROR_TYPE, traces_error_type_idx",
        "TAG, traces_tagged_idx",
        "METADATA_KEY, traces_project_occurred_at_idx"
    })
    void valuesToChooseFromAreSoughtInAnIndex(TraceField field, String index) {
        TraceValueFilter all = TraceValueFilter.all();
        Instant from = NOON.minus(Duration.ofDays(20));
        for (TraceValueFilter filter : List.of(
                all,
                all.startedFrom(from).startedBefore(from.plusSeconds(99_999)),
                all.projectIds(List.of(PROJECT)),
                all.projectIds(List.of(PROJECT, OTHER_PROJECT)).startedFrom(from))) {
            List<String> statements = STATEMENTS.of(() -> TRACES.findValues(field, filter));

            assertThat(statements).hasSize(1);
            assertThat(plan(() -> TRACES.findValues(field, filter)))
                    .contains(index)
                    .doesNotContain("Seq Scan on traces", "started_at DESC");
        }
    }

    @Test
    void everyReadTakesOneStatement() {
        assertThat(STATEMENTS.of(() -> TRACES.find(TRACE))).hasSize(1);
        assertThat(STATEMENTS.of(() -> TRACES.tree(TRACE))).hasSize(1);
        assertThat(STATEMENTS.of(() -> TRACES.treeWithPayloads(TRACE))).hasSize(1);
        assertThat(STATEMENTS.of(() -> TRACES.summary(TraceFilter.all()))).hasSize(1);
    }

    @Test
    void payloadsAreReadOnlyWhenAskedFor() {
        assertThat(STATEMENTS.of(() -> TRACES.tree(TRACE)).get(0))
                .doesNotContain("\"input\"", "\"metadata\"", "\"attributes\"", "\"events\"");
        assertThat(STATEMENTS
                        .of(() -> TRACES.list(TraceFilter.all(), TraceOrder.NEWEST_FIRST, PageRequest.first()))
                        .get(0))
                .doesNotContain("\"input\"", "\"metadata\"");
    }

    @Test
    void theNumberOfStatementsThatWriteDoesNotGrowWithTheBatch() {
        UUID trace = FIXTURE.trace(FIXTURE.project().id());
        // from here on, the models are known
        TRACES.record(traces(300));

        assertThat(STATEMENTS.of(() -> TRACES.record(List.of()))).isEmpty();
        assertThat(STATEMENTS.of(() -> TRACES.addSpans(trace, List.of()))).isEmpty();
        assertThat(STATEMENTS.of(() -> TRACES.deleteAll(List.of()))).isEmpty();
        List<NewTrace> many = traces(300);
        assertThat(STATEMENTS.of(() -> TRACES.record(traces(1)))).hasSize(1);
        assertThat(STATEMENTS.of(() -> TRACES.record(many))).hasSize(1);
        assertThat(STATEMENTS.of(() -> TRACES.record(many)))
                .as("stored already")
                .hasSize(2);
        assertThat(STATEMENTS.of(() -> TRACES.addSpans(trace, spans(1)))).hasSize(5);
        assertThat(STATEMENTS.of(() -> TRACES.addSpans(trace, spans(300)))).hasSize(5);
    }

    @Test
    void mergingTakesNoMoreStatementsForManyThanForFewAndReadsIndexes() {
        List<String> few = merging(1);
        List<String> many = merging(300);

        assertThat(few).hasSize(8);
        assertThat(many).hasSize(8);
        for (String statement : many) {
            assertThat(String.join("\n", DATABASE.query("EXPLAIN " + statement)))
                    .doesNotContain("Seq Scan on traces", "Seq Scan on spans_y2026m11");
        }
    }

    /** Of a batch with new and stored traces, which have new, stored and changed spans. */
    private static List<String> merging(int number) {
        List<NewTrace> first = traces(number);
        TRACES.record(first);
        List<NewTrace> second = new ArrayList<>(traces(number));
        first.forEach(trace -> {
            NewSpan stored = trace.spans().get(0);
            NewSpan moved = NewSpan.of(stored.id(), stored.name(), stored.kind(), stored.status(), NOON.minusSeconds(1))
                    .requestModel(MODEL.providerModelId())
                    .inputTokens(9L);
            second.add(NewTrace.ofSpans(
                    trace.id(),
                    trace.projectId(),
                    Stream.concat(Stream.of(moved), spans(1).stream()).toList()));
        });
        return STATEMENTS.of(() -> TRACES.record(second));
    }

    private static List<NewTrace> traces(int number) {
        UUID project = FIXTURE.project().id();
        return IntStream.range(0, number)
                .mapToObj(i -> TestTenant.newTrace(UUID.randomUUID(), project).spans(spans(2)))
                .toList();
    }

    /** Each of another model, and one of them registered. */
    private static List<NewSpan> spans(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> NewSpan.of(UUID.randomUUID(), "call", SpanKind.LLM, ExecutionStatus.SUCCESS, NOON)
                        .requestModel(i == 0 ? MODEL.providerModelId() : "model " + i)
                        .inputTokens(1L))
                .toList();
    }

    private static Arguments by(String index, UnaryOperator<TraceFilter> filter) {
        return Arguments.of(index, filter);
    }

    private static String plan(Runnable call) {
        return String.join("\n", DATABASE.query("EXPLAIN " + STATEMENTS.of(call).get(0)));
    }
}
