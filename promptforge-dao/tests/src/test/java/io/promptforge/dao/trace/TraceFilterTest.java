package io.promptforge.dao.trace;

import static io.promptforge.dao.TestTenant.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.TestDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.prompt.ResolvedPrompt;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TraceFilterTest {

    private static final TestDatabase DATABASE = TestDatabase.migrated();

    private static final TestTenant FIXTURE = DATABASE.newTenant();
    private static final UUID PROJECT = FIXTURE.project().id();
    private static final ResolvedPrompt PROMPT = FIXTURE.prompt(PROJECT);
    private static final UUID MODEL = FIXTURE.model().id();
    private static final TraceRepository TRACES = recorded();

    /** Three traces, each with what no other has. */
    private static TraceRepository recorded() {
        TraceRepository traces = FIXTURE.tenant().traces();
        traces.record(List.of(
                NewTrace.builder(UUID.randomUUID(), PROJECT, "one", ExecutionStatus.SUCCESS, NOON)
                        .endedAt(NOON.plusMillis(250))
                        .promptVersionId(PROMPT.version().id())
                        .environment("production")
                        .sessionId("session")
                        .externalId("Request-100%_\\1")
                        .spans(List.of(span("0.1")))
                        .build(),
                NewTrace.builder(UUID.randomUUID(), PROJECT, "two: Grüße", ExecutionStatus.ERROR, NOON.plusSeconds(1))
                        .endedAt(NOON.plusSeconds(3))
                        .environment("staging")
                        .endUserId("maria")
                        .errorType("RateLimit")
                        .modelId(MODEL)
                        .spans(List.of(span("0.2")))
                        .build(),
                NewTrace.builder(
                                UUID.randomUUID(),
                                FIXTURE.project().id(),
                                "three",
                                ExecutionStatus.RUNNING,
                                NOON.plusSeconds(2))
                        .externalId("request-2")
                        .build()));
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
                filter("project", TraceFilter.inProject(PROJECT), "one", "two"),
                filter("unknown project", TraceFilter.inProject(UUID.randomUUID())),
                filter("prompt", all.withPrompt(PROMPT.prompt().id()), "one"),
                filter("unknown prompt", all.withPrompt(UUID.randomUUID())),
                filter("prompt version", all.withPromptVersion(PROMPT.version().id()), "one"),
                filter("model", all.withModel(MODEL), "two"),
                filter("a status", all.withStatus(ExecutionStatus.ERROR), "two"),
                filter("statuses", all.withStatus(ExecutionStatus.RUNNING, ExecutionStatus.ERROR), "two", "three"),
                filter("no status in particular", all.withStatus(), "one", "two", "three"),
                filter("environment", all.withEnvironment("production"), "one"),
                filter("session", all.withSession("session"), "one"),
                filter("end user", all.withEndUser("maria"), "two"),
                filter("external id", all.withExternalId("request-2"), "three"),
                filter("external id, not to the letter", all.withExternalId("REQUEST-2")),
                filter("started from", all.withStartedFrom(NOON.plusSeconds(1)), "two", "three"),
                filter("started before", all.withStartedBefore(NOON.plusSeconds(1)), "one"),
                filter(
                        "time range",
                        all.withStartedFrom(NOON.plusSeconds(1)).withStartedBefore(NOON.plusSeconds(2)),
                        "two"),
                filter("error type", all.withErrorType("RateLimit"), "two"),
                filter("duration", all.withMinDuration(Duration.ofMillis(250)), "one", "two"),
                filter("longer duration", all.withMinDuration(Duration.ofMillis(251)), "two"),
                filter("cost", all.withMinCost(new BigDecimal("0.1")), "one", "two"),
                filter("higher cost", all.withMinCost(new BigDecimal("0.100000000001")), "two"),
                filter("text in the name", all.withText("GRüß"), "two"),
                filter("text in the external id", all.withText("REQUEST"), "one", "three"),
                filter("text with wildcards", all.withText("100%_\\"), "one"),
                filter("wildcards are none", all.withText("r_q%t")),
                filter("quote", all.withText("'; --")),
                filter(
                        "all at once",
                        TraceFilter.inProject(PROJECT)
                                .withStatus(ExecutionStatus.SUCCESS)
                                .withEnvironment("production")
                                .withMinCost(new BigDecimal("0.1"))
                                .withText("ONE"),
                        "one"),
                filter(
                        "nothing that is all of it",
                        all.withEnvironment("production").withEndUser("maria")));
    }

    @Test
    void nothingOfAnotherTenantPasses() {
        TraceRepository others = DATABASE.newTenant().tenant().traces();

        for (TraceFilter filter : List.of(
                TraceFilter.all(),
                TraceFilter.inProject(PROJECT),
                TraceFilter.all().withPrompt(PROMPT.prompt().id()),
                TraceFilter.all().withPromptVersion(PROMPT.version().id()),
                TraceFilter.all().withModel(MODEL))) {
            assertThat(others.list(filter, TraceOrder.NEWEST_FIRST, PageRequest.first())
                            .items())
                    .isEmpty();
            assertThat(others.summary(filter).traces()).isZero();
            assertThat(others.deleteAll(filter)).isZero();
        }
        assertThat(TRACES.summary(TraceFilter.all()).traces()).isEqualTo(3);
    }

    @Test
    void whatIsNoFilterIsBlamed() {
        TraceFilter all = TraceFilter.all();

        refused("environment", () -> all.withEnvironment(" "));
        refused("session_id", () -> all.withSession("nul\0"));
        refused("end_user_id", () -> all.withEndUser(""));
        refused("external_id", () -> all.withExternalId("half \ud83d"));
        refused("error_type", () -> all.withErrorType(""));
        refused("text", () -> all.withText(" "));
        refused("started_from", () -> all.withStartedFrom(Instant.MIN));
        refused("started_before", () -> all.withStartedBefore(Instant.MAX));
        refused("min_duration", () -> all.withMinDuration(Duration.ofMillis(-1)));
        refused("min_duration", () -> all.withMinDuration(Duration.ofSeconds(Long.MAX_VALUE)));
        refused("min_cost", () -> all.withMinCost(new BigDecimal("-1")));
        refused(
                "status",
                () -> all.withStatus(Arrays.asList(ExecutionStatus.ERROR, null).toArray(ExecutionStatus[]::new)));
    }

    /** It goes into cursors, which other JVMs must understand. */
    @Test
    void theSameFilterReadsTheSameHoweverItWasMade() {
        TraceFilter one = TraceFilter.inProject(PROJECT)
                .withStatus(ExecutionStatus.ERROR, ExecutionStatus.RUNNING, ExecutionStatus.ERROR)
                .withMinCost(new BigDecimal("10.00"));
        TraceFilter other = TraceFilter.all()
                .withMinCost(BigDecimal.TEN)
                .withStatus(ExecutionStatus.RUNNING, ExecutionStatus.ERROR)
                .withProject(PROJECT);

        assertThat(one).isEqualTo(other).hasToString(other.toString());
        assertThat(one.toString()).contains("[RUNNING, ERROR]");
    }

    private static NewSpan span(String cost) {
        return NewSpan.builder(UUID.randomUUID(), "s", SpanKind.LLM, ExecutionStatus.SUCCESS, NOON)
                .cost(new BigDecimal(cost))
                .build();
    }

    private static Arguments filter(String what, TraceFilter filter, String... expected) {
        return Arguments.of(what, filter, List.of(expected));
    }

    private static void refused(String field, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(InvalidValueException.class, e -> assertThat(e.field())
                .isEqualTo(field));
    }
}
