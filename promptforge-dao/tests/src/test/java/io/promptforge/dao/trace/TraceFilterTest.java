package io.promptforge.dao.trace;

import static io.promptforge.dao.TestTenant.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.json.Json;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.prompt.ResolvedPrompt;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TraceFilterTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private static final TestTenant FIXTURE = DATABASE.newTenant();
    private static final UUID PROJECT = FIXTURE.project().id();
    private static final ResolvedPrompt PROMPT = FIXTURE.prompt(PROJECT);
    private static final UUID MODEL = FIXTURE.model().id();
    private static final UUID PARENT = UUID.randomUUID();
    private static final TraceRepository TRACES = recorded();

    /** Three traces, each with what no other has. */
    private static TraceRepository recorded() {
        TraceRepository traces = FIXTURE.tenant().traces();
        traces.record(List.of(
                NewTrace.of(UUID.randomUUID(), PROJECT, "one", ExecutionStatus.SUCCESS, NOON)
                        .endedAt(NOON.plusMillis(250))
                        .promptVersionId(PROMPT.version().id())
                        .environment("production")
                        .sessionId("session")
                        .externalId("Request-100%_\\1")
                        .providerName("openai")
                        .modelName("gpt-4o")
                        .metadata(Json.parse("{\"region\":\"eu\",\"retries\":2}"))
                        .tags(List.of("beta", "slow"))
                        .spans(List.of(span("0.1"))),
                NewTrace.of(UUID.randomUUID(), PROJECT, "two: Grüße", ExecutionStatus.ERROR, NOON.plusSeconds(1))
                        .endedAt(NOON.plusSeconds(3))
                        .environment("staging")
                        .endUserId("maria")
                        .errorType("RateLimit")
                        .modelId(MODEL)
                        .spans(List.of(span("0.2"))),
                NewTrace.of(
                                UUID.randomUUID(),
                                FIXTURE.project().id(),
                                "three",
                                ExecutionStatus.RUNNING,
                                NOON.plusSeconds(2))
                        .externalId("request-2")
                        .parentTraceId(PARENT)
                        .metadata(Json.parse("{\"region\":\"us\"}"))
                        .tags(List.of("beta"))
                        .spans(List.of(NewSpan.of(
                                        new UUID(0, 2),
                                        "call of an unknown model",
                                        SpanKind.LLM,
                                        ExecutionStatus.SUCCESS,
                                        NOON.plusSeconds(2))
                                .inputTokens(7L)))));
        return traces;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("filters")
    void onlyWhatPassesIsListedAndAddedUp(String what, TraceFilter filter, List<String> expected) {
        assertThat(TRACES.list(filter, TraceOrder.OLDEST_FIRST, PageRequest.first())
                        .items())
                .extracting(trace -> trace.name().replaceFirst(":.*", ""))
                .isEqualTo(expected);
        assertThat(TRACES.summary(filter).traces()).isEqualTo(expected.size());
    }

    static Stream<Arguments> filters() {
        TraceFilter all = TraceFilter.all();
        return Stream.of(
                filter("everything", all, "one", "two", "three"),
                filter("project", TraceFilter.all().projectId(PROJECT), "one", "two"),
                filter("unknown project", TraceFilter.all().projectId(UUID.randomUUID())),
                filter("projects", all.projectIds(List.of(PROJECT, UUID.randomUUID())), "one", "two"),
                filter("no projects", all.projectIds(List.of())),
                filter("roots", all.root(true), "one", "two"),
                filter("children", all.root(false), "three"),
                filter("provider", all.providerName("openai"), "one"),
                filter("provider, not to the letter", all.providerName("OpenAI")),
                filter("model as reported", all.modelName("gpt-4o"), "one"),
                filter("metadata", all.metadata(Json.parse("{\"region\": \"eu\"}")), "one"),
                filter("metadata of a number", all.metadata(Json.parse("{\"retries\": 2.0}")), "one"),
                filter("metadata of another type", all.metadata(Json.parse("{\"retries\": \"2\"}"))),
                filter("several members", all.metadata(Json.parse("{\"region\":\"us\",\"retries\":2}"))),
                filter("tag", all.tag("beta"), "one", "three"),
                filter("part of a tag", all.tag("bet")),
                filter("prompt", all.promptId(PROMPT.prompt().id()), "one"),
                filter("unknown prompt", all.promptId(UUID.randomUUID())),
                filter("prompt version", all.promptVersionId(PROMPT.version().id()), "one"),
                filter("model", all.modelId(MODEL), "two"),
                filter("a status", all.status(ExecutionStatus.ERROR), "two"),
                filter("statuses", all.status(ExecutionStatus.RUNNING, ExecutionStatus.ERROR), "two", "three"),
                filter("no status in particular", all.status(), "one", "two", "three"),
                filter("environment", all.environment("production"), "one"),
                filter("session", all.sessionId("session"), "one"),
                filter("end user", all.endUserId("maria"), "two"),
                filter("external id", all.externalId("request-2"), "three"),
                filter("external id, not to the letter", all.externalId("REQUEST-2")),
                filter("started from", all.startedFrom(NOON.plusSeconds(1)), "two", "three"),
                filter("started before", all.startedBefore(NOON.plusSeconds(1)), "one"),
                filter("time range", all.startedFrom(NOON.plusSeconds(1)).startedBefore(NOON.plusSeconds(2)), "two"),
                filter("error type", all.errorType("RateLimit"), "two"),
                filter("duration", all.minDuration(Duration.ofMillis(250)), "one", "two"),
                filter("longer duration", all.minDuration(Duration.ofMillis(251)), "two"),
                filter("cost", all.minCost(new BigDecimal("0.1")), "one", "two"),
                filter("higher cost", all.minCost(new BigDecimal("0.100000000001")), "two"),
                filter("a call without a price", all.unpriced(true), "three"),
                filter("all calls with a price", all.unpriced(false), "one", "two"),
                filter("text in the name", all.text("GRüß"), "two"),
                filter("text in the external id", all.text("REQUEST"), "one", "three"),
                filter("text in the session", all.text("SESS"), "one"),
                filter("text in the end user", all.text("ari"), "two"),
                filter("text with wildcards", all.text("100%_\\"), "one"),
                filter("wildcards are none", all.text("r_q%t")),
                filter("quote", all.text("'; --")),
                filter(
                        "all at once",
                        TraceFilter.all()
                                .projectId(PROJECT)
                                .status(ExecutionStatus.SUCCESS)
                                .environment("production")
                                .minCost(new BigDecimal("0.1"))
                                .text("ONE"),
                        "one"),
                filter(
                        "nothing that is all of it",
                        all.environment("production").endUserId("maria")));
    }

    @Test
    void nothingOfAnotherTenantPasses() {
        TraceRepository others = DATABASE.newTenant().tenant().traces();

        for (TraceFilter filter : List.of(
                TraceFilter.all(),
                TraceFilter.all().projectId(PROJECT),
                TraceFilter.all().promptId(PROMPT.prompt().id()),
                TraceFilter.all().promptVersionId(PROMPT.version().id()),
                TraceFilter.all().modelId(MODEL))) {
            assertThat(others.list(filter, TraceOrder.NEWEST_FIRST, PageRequest.first())
                            .items())
                    .isEmpty();
            assertThat(others.summary(filter).traces()).isZero();
            assertThat(others.deleteAll(filter)).isZero();
        }
        assertThat(TRACES.summary(TraceFilter.all()).traces()).isEqualTo(3);
    }

    @Test
    void anInvalidConditionIsRefusedByField() {
        TraceFilter all = TraceFilter.all();

        refused("environment", () -> all.environment(" "));
        refused("session_id", () -> all.sessionId("nul\0"));
        refused("end_user_id", () -> all.endUserId(""));
        refused("external_id", () -> all.externalId("half \ud83d"));
        refused("error_type", () -> all.errorType(""));
        refused("text", () -> all.text(" "));
        refused("tag", () -> all.tag(""));
        refused("provider_name", () -> all.providerName(" "));
        refused("model_name", () -> all.modelName("nul\0"));
        refused("metadata", () -> all.metadata(Json.of("eu")));
        refused("project_ids", () -> all.projectIds(Collections.singletonList(null)));
        refused(
                "project_ids",
                () -> all.projectIds(
                        Stream.generate(UUID::randomUUID).limit(1_001).toList()));
        refused("started_from", () -> all.startedFrom(Instant.MIN));
        refused("started_before", () -> all.startedBefore(Instant.MAX));
        refused("min_duration", () -> all.minDuration(Duration.ofMillis(-1)));
        refused("min_duration", () -> all.minDuration(Duration.ofSeconds(Long.MAX_VALUE)));
        refused("min_cost", () -> all.minCost(new BigDecimal("-1")));
        refused(
                "status",
                () -> all.status(Arrays.asList(ExecutionStatus.ERROR, null).toArray(ExecutionStatus[]::new)));
    }

    /** It goes into cursors, which other JVMs must understand. */
    @Test
    void theSameFilterReadsTheSameHoweverItWasMade() {
        TraceFilter one = TraceFilter.all()
                .projectId(PROJECT)
                .status(ExecutionStatus.ERROR, ExecutionStatus.RUNNING, ExecutionStatus.ERROR)
                .minCost(new BigDecimal("10.00"));
        TraceFilter other = TraceFilter.all()
                .minCost(BigDecimal.TEN)
                .status(ExecutionStatus.RUNNING, ExecutionStatus.ERROR)
                .projectId(PROJECT);

        assertThat(one).isEqualTo(other).hasToString(other.toString());
        assertThat(one.toString()).contains("[RUNNING, ERROR]");
    }

    private static NewSpan span(String cost) {
        return NewSpan.of(UUID.randomUUID(), "s", SpanKind.LLM, ExecutionStatus.SUCCESS, NOON)
                .cost(new BigDecimal(cost));
    }

    private static Arguments filter(String what, TraceFilter filter, String... expected) {
        return Arguments.of(what, filter, List.of(expected));
    }

    private static void refused(String field, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(InvalidValueException.class, e -> assertThat(e.field())
                .isEqualTo(field));
    }
}
