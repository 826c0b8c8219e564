package io.promptforge.dao.repricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.AtOnce;
import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.AlreadyExistsException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.model.AiModel;
import io.promptforge.dao.model.AiModelChanges;
import io.promptforge.dao.model.ModelPrices;
import io.promptforge.dao.model.ModelRepository;
import io.promptforge.dao.model.NewAiModel;
import io.promptforge.dao.model.NewPriceList;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.trace.NewSpan;
import io.promptforge.dao.trace.NewTrace;
import io.promptforge.dao.trace.TraceFilter;
import io.promptforge.dao.trace.TraceRepository;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.RepricingStatus;
import io.promptforge.schema.type.SpanKind;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RepricingTest {
    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private static final Instant FIRST_DAY = Instant.parse("2026-03-01T12:00:00Z");
    private static final Instant SECOND_DAY = FIRST_DAY.plus(Duration.ofDays(1));
    private static final LocalDate FIRST_DATE = LocalDate.parse("2026-03-01");
    private static final LocalDate SECOND_DATE = LocalDate.parse("2026-03-02");

    private final TestTenant fixture = DATABASE.newTenant();
    private final TraceRepository traces = fixture.tenant().traces();
    private final RepricingRepository repricings = fixture.tenant().repricings();
    private final UUID provider = fixture.provider().id();
    private final UUID project = fixture.project().id();

    /** All sums are calculated by hand: a million input tokens at the price of the moment. */
    @Test
    void pricesChangeAModelComesLateAndAWrongPriceIsCorrectedAndRestored() {
        AiModel known = model("known", "2");
        record(trace(FIRST_DAY, call("known", FIRST_DAY)));
        record(trace(FIRST_DAY, call("late", FIRST_DAY)));
        fixture.tenant().models().setPrices(known.id(), NewPriceList.of(SECOND_DAY, ModelPrices.perMillion("3", "0")));
        record(trace(SECOND_DAY, call("known", SECOND_DAY), call("late", SECOND_DAY)));

        assertSums("2", "3");

        AiModel late = model("late", "10");
        assertSums("2", "3");

        RepricingPreview preview = repricings.preview(RepricingScope.all());
        assertThat(preview.traces()).isEqualTo(2);
        assertThat(preview.spans()).isEqualTo(2);
        assertThat(preview.costBefore()).isEqualByComparingTo("3");
        assertThat(preview.costAfter()).isEqualByComparingTo("23");
        assertThat(preview.changes())
                .containsExactly(
                        change(FIRST_DATE, late, "late", "0", "10", 1),
                        change(SECOND_DATE, late, "late", "0", "10", 1));
        assertSums("2", "3");

        List<String> before = rows();
        Repricing done = repricings.start(RepricingScope.all());
        assertThat(done.status()).isEqualTo(RepricingStatus.COMPLETED);
        assertThat(done.traces()).isEqualTo(2);
        assertThat(done.spans()).isEqualTo(2);
        assertThat(done.costBefore()).isEqualByComparingTo("3");
        assertThat(done.costAfter()).isEqualByComparingTo("23");
        assertSums("12", "13");
        assertThat(repricings.preview(RepricingScope.all()).spans()).isZero();

        List<String> repriced = rows();
        fixture.tenant()
                .models()
                .setPrices(
                        known.id(),
                        NewPriceList.always(ModelPrices.perMillion("5", "0"))
                                .replacing(listOf(known, NewPriceList.ALWAYS)));
        assertThat(repricings.preview(RepricingScope.all()).changes())
                .containsExactly(change(FIRST_DATE, known, "known", "2", "5", 0));
        Repricing correction = repricings.start(RepricingScope.all());
        assertSums("15", "13");

        assertThat(repricings.undo(correction.id()).status()).isEqualTo(RepricingStatus.UNDONE);
        assertThat(rows()).isEqualTo(repriced);
        assertThat(repricings.undo(done.id()).keptSpans()).isZero();
        assertThat(rows()).isEqualTo(before);
        assertSums("2", "3");
    }

    @Test
    void aReportedCostIsReplacedOnlyWhenAsked() {
        model("known", "2");
        record(trace(FIRST_DAY, call("known", FIRST_DAY).cost(BigDecimal.valueOf(7))));
        record(trace(FIRST_DAY, call("nobody's", FIRST_DAY).cost(BigDecimal.valueOf(9))));
        List<String> before = rows();

        assertThat(repricings.start(RepricingScope.all()).spans()).isZero();
        assertThat(rows()).isEqualTo(before);

        Repricing all = repricings.start(RepricingScope.all().includingReportedCosts());
        assertThat(all.spans()).isOne();
        assertThat(sumOn(FIRST_DAY)).isEqualByComparingTo("11");

        repricings.undo(all.id());
        assertThat(rows()).isEqualTo(before);
    }

    @Test
    void theScopeLimitsProjectModelAndTime() {
        UUID other = fixture.project().id();
        for (Instant day : List.of(FIRST_DAY, SECOND_DAY)) {
            record(trace(day, call("one", day), call("two", day)));
            record(NewTrace.of(UUID.randomUUID(), other, "greet", ExecutionStatus.SUCCESS, day)
                    .spans(List.of(call("one", day), call("two", day))));
        }
        AiModel one = model("one", "1");
        model("two", "2");

        assertThat(repricings.preview(RepricingScope.all()).spans()).isEqualTo(8);
        assertThat(repricings.preview(RepricingScope.all().projectId(other)).spans())
                .isEqualTo(4);
        assertThat(repricings.preview(RepricingScope.all().modelId(one.id())).costAfter())
                .isEqualByComparingTo("4");
        assertThat(repricings
                        .preview(RepricingScope.all().occurredFrom(SECOND_DAY))
                        .spans())
                .isEqualTo(4);
        assertThat(repricings
                        .preview(RepricingScope.all().occurredBefore(SECOND_DAY))
                        .spans())
                .isEqualTo(4);

        Repricing done = repricings.start(
                RepricingScope.all().projectId(other).modelId(one.id()).occurredBefore(SECOND_DAY));

        assertThat(done.spans()).isOne();
        assertThat(done.costAfter()).isEqualByComparingTo("1");
        assertThat(repricings.preview(RepricingScope.all()).spans()).isEqualTo(7);
    }

    @Test
    void aModelsOwnCallsAreRepricedAlsoWhereTheyAreOfAnotherModelNow() {
        ModelRepository models = fixture.tenant().models();
        AiModel one =
                models.update(model("one", "1").id(), AiModelChanges.none().aliases(List.of("alias")));
        record(trace(FIRST_DAY, call("alias", FIRST_DAY)));
        AiModel two = model("two", "5");
        models.update(one.id(), AiModelChanges.none().aliases(List.of()));
        models.update(two.id(), AiModelChanges.none().aliases(List.of("alias")));

        RepricingPreview preview = repricings.preview(RepricingScope.all().modelId(one.id()));

        assertThat(preview.costBefore()).isEqualByComparingTo("1");
        assertThat(preview.costAfter()).isEqualByComparingTo("5");
    }

    @Test
    void anUndoneRepricingStaysAsItWasWhenItIsUndoneAgain() {
        record(trace(FIRST_DAY, call("late", FIRST_DAY)));
        model("late", "1");
        Repricing undone =
                repricings.undo(repricings.start(RepricingScope.all()).id());

        assertThat(repricings.undo(undone.id())).isEqualTo(undone);
    }

    @Test
    void anInterruptedRepricingGoesOnAndCanBeUndone() {
        recordMany(7, 900);
        List<String> before = rows();
        model("late", "1");

        assertThatThrownBy(() -> repricings.start(RepricingScope.all(), progress -> {
                    throw new IllegalStateException("interrupted");
                }))
                .hasMessage("interrupted");
        Repricing interrupted = repricings.list(PageRequest.first()).items().get(0);
        assertThat(interrupted.status()).isEqualTo(RepricingStatus.RUNNING);
        assertThat(interrupted.spans()).isBetween(1L, 6_299L);
        assertThatThrownBy(() -> repricings.start(RepricingScope.all()))
                .isInstanceOfSatisfying(
                        AlreadyExistsException.class, e -> assertThat(e.field()).isEqualTo("running"));

        List<Repricing> progress = new ArrayList<>();
        Repricing done = repricings.resume(interrupted.id(), progress::add);
        assertThat(done.spans()).isEqualTo(6_300);
        assertThat(progress).extracting(Repricing::spans).isSorted().hasSizeGreaterThan(2);
        assertThat(sumOn(FIRST_DAY)).isEqualByComparingTo("6300");

        assertThatThrownBy(() -> repricings.undo(done.id(), step -> {
                    throw new IllegalStateException("interrupted");
                }))
                .hasMessage("interrupted");
        assertThat(repricings.find(done.id()).orElseThrow().status()).isEqualTo(RepricingStatus.UNDOING);
        assertThat(repricings.resume(done.id(), step -> {}).status()).isEqualTo(RepricingStatus.UNDONE);
        assertThat(rows()).isEqualTo(before);
        assertThat(repricings.undo(done.id()).status()).isEqualTo(RepricingStatus.UNDONE);
    }

    @Test
    void spansThatChangedSinceAreLeftWhenItIsUndone() {
        NewTrace first = trace(FIRST_DAY, call("late", FIRST_DAY));
        record(first);
        record(trace(FIRST_DAY, call("late", FIRST_DAY)));
        model("late", "1");
        Repricing done = repricings.start(RepricingScope.all());

        record(first.spans(List.of(first.spans().get(0).cost(BigDecimal.valueOf(50)))));
        Repricing undone = repricings.undo(done.id());

        assertThat(undone.keptSpans()).isOne();
        assertThat(sumOn(FIRST_DAY)).isEqualByComparingTo("50");
    }

    @Test
    void aSpanOfWhichMoreIsReportedSinceIsLeftWhenItIsUndone() {
        NewTrace first = trace(FIRST_DAY, call("late", FIRST_DAY));
        record(first);
        model("late", "1");
        Repricing done = repricings.start(RepricingScope.all());

        record(first.spans(List.of(first.spans().get(0).inputTokens(2_000_000L))));

        assertThat(repricings.undo(done.id()).keptSpans()).isOne();
        assertThat(sumOn(FIRST_DAY)).isEqualByComparingTo("2");
    }

    @Test
    void aSpanThatAnotherRepricingGaveThisCostIsLeftWhenTheFirstIsUndone() {
        record(trace(FIRST_DAY, call("late", FIRST_DAY)));
        AiModel late = model("late", "1");
        Repricing first = repricings.start(RepricingScope.all());
        fixture.tenant()
                .models()
                .setPrices(
                        late.id(),
                        NewPriceList.always(ModelPrices.perMillion("1", "1"))
                                .replacing(listOf(late, NewPriceList.ALWAYS)));
        assertThat(repricings.start(RepricingScope.all()).spans()).isOne();

        assertThat(repricings.undo(first.id()).keptSpans()).isOne();
        assertThat(sumOn(FIRST_DAY)).isEqualByComparingTo("1");
    }

    @Test
    void aRepricingWaitsForSpansThatAreBeingWritten() throws Exception {
        NewTrace trace = trace(FIRST_DAY, call("late", FIRST_DAY));
        record(trace);
        model("late", "1");
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<Repricing> repricing = fixture.tenant().transaction(tx -> {
                tx.traces().addSpans(trace.id(), List.of(call("late", FIRST_DAY), call("late", FIRST_DAY)));
                Future<Repricing> started = other.submit(() -> repricings.start(RepricingScope.all()));
                while (!started.isDone() && !DATABASE.isAnySessionWaiting()) {
                    Thread.onSpinWait();
                }
                return started;
            });
            repricing.get(1, TimeUnit.MINUTES);
        } finally {
            other.shutdownNow();
        }

        assertThat(sumOn(FIRST_DAY)).isEqualByComparingTo("3");
    }

    /** Totals stay the sums of the spans while traces get more spans and are repriced at the same time. */
    @Test
    void ingestGoesOnMeanwhile() {
        List<UUID> ids = recordMany(40, 60);
        model("late", "1");

        AtOnce.get(4, thread -> {
            if (thread == 0) {
                repricings.start(RepricingScope.all());
            } else {
                ids.forEach(id -> traces.addSpans(id, List.of(call("late", FIRST_DAY))));
            }
            return thread;
        });

        assertThat(DATABASE.query("""
                SELECT count(*) FROM promptforge.traces t WHERE organization_id = '%s' AND
                    (cost, span_count) <> (SELECT sum(cost), count(*) FROM promptforge.spans s
                        WHERE s.organization_id = t.organization_id AND s.trace_id = t.id)
                """.formatted(fixture.organization().id()))).containsExactly("0");
        assertThat(sumOn(FIRST_DAY)).isEqualByComparingTo(String.valueOf(40 * 63));
    }

    @Test
    void anotherTenantSeesNothingOfIt() {
        record(trace(FIRST_DAY, call("late", FIRST_DAY)));
        model("late", "1");
        Repricing done = repricings.start(RepricingScope.all());
        RepricingRepository theirs = DATABASE.newTenant().tenant().repricings();

        assertThat(theirs.find(done.id())).isEmpty();
        assertThat(theirs.list(PageRequest.first()).items()).isEmpty();
        assertThat(theirs.preview(RepricingScope.all()).spans()).isZero();
        assertThatThrownBy(() -> theirs.undo(done.id())).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> theirs.resume(done.id(), step -> {})).isInstanceOf(NotFoundException.class);
    }

    private AiModel model(String name, String inputPerMillion) {
        return fixture.tenant()
                .models()
                .create(NewAiModel.of(provider, name, name).prices(ModelPrices.perMillion(inputPerMillion, "0")));
    }

    private UUID listOf(AiModel model, Instant from) {
        return fixture.tenant().models().prices(model.id(), PageRequest.first()).items().stream()
                .filter(list -> list.validFrom().equals(from))
                .findFirst()
                .orElseThrow()
                .id();
    }

    private List<UUID> recordMany(int count, int spans) {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            NewTrace trace = trace(
                    FIRST_DAY,
                    IntStream.range(0, spans)
                            .mapToObj(n -> call("late", FIRST_DAY))
                            .toArray(NewSpan[]::new));
            record(trace);
            ids.add(trace.id());
        }
        return ids;
    }

    private void record(NewTrace trace) {
        traces.record(List.of(trace));
    }

    private NewTrace trace(Instant start, NewSpan... spans) {
        return NewTrace.of(UUID.randomUUID(), project, "greet", ExecutionStatus.SUCCESS, start)
                .spans(List.of(spans));
    }

    /** A call with a million input tokens. */
    private static NewSpan call(String model, Instant start) {
        return NewSpan.of(UUID.randomUUID(), "chat", SpanKind.LLM, ExecutionStatus.SUCCESS, start)
                .requestModel(model)
                .inputTokens(1_000_000L);
    }

    private void assertSums(String firstDay, String secondDay) {
        assertThat(sumOn(FIRST_DAY)).isEqualByComparingTo(firstDay);
        assertThat(sumOn(SECOND_DAY)).isEqualByComparingTo(secondDay);
    }

    private BigDecimal sumOn(Instant day) {
        return traces.summary(TraceFilter.all().startedFrom(day).startedBefore(day.plus(Duration.ofHours(1))))
                .cost();
    }

    private static RepricingChange change(
            LocalDate day, AiModel model, @Nullable String name, String before, String after, long unknown) {
        return new RepricingChange(
                day,
                Optional.of(model.id()),
                Optional.ofNullable(name),
                1,
                new BigDecimal(before),
                new BigDecimal(after),
                unknown,
                0);
    }

    /** Every stored byte of the traces and spans of the tenant, but for when the rows were last changed. */
    private List<String> rows() {
        return DATABASE.query("""
                SELECT (to_jsonb(t) - 'updated_at')::text FROM promptforge.traces t WHERE organization_id = '%1$s'
                UNION ALL
                SELECT (to_jsonb(s) - 'updated_at')::text FROM promptforge.spans s WHERE organization_id = '%1$s'
                ORDER BY 1
                """.formatted(fixture.organization().id()));
    }
}
