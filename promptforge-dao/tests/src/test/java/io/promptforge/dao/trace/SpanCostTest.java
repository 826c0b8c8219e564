package io.promptforge.dao.trace;

import static io.promptforge.dao.TestTenant.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.model.AiModel;
import io.promptforge.dao.model.CostLine;
import io.promptforge.dao.model.ModelPrices;
import io.promptforge.dao.model.NewAiModel;
import io.promptforge.dao.model.NewModelProvider;
import io.promptforge.dao.model.NewPriceList;
import io.promptforge.dao.model.PriceList;
import io.promptforge.dao.model.ServiceTier;
import io.promptforge.dao.model.UsageUnit;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.ProviderType;
import io.promptforge.schema.type.SpanKind;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A span without a cost gets that of its tokens. */
class SpanCostTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final TraceRepository traces = fixture.tenant().traces();
    private final UUID project = fixture.project().id();
    private final UUID id = UUID.randomUUID();
    /** Not a name that tells the company which made the model. */
    private final String name = TestTenant.newName("model");

    private final AiModel model = model(fixture.provider().id(), ModelPrices.perMillion("10", "30", "2.5"));

    @Test
    void theModelThatIsGivenPricesTheTokens() {
        NewSpan span = call().modelId(model.id()).cachedInputTokens(400L);
        record(span);

        assertThat(stored(span).cost()).contains(new BigDecimal("0.013"));
        assertThat(traces.find(id).orElseThrow().totals())
                .isEqualTo(new TraceTotals(1, 1000, 200, new BigDecimal("0.013"), 0, 0));
    }

    @Test
    void aModelThatIsFoundByNameBecomesTheModelOfTheSpan() {
        NewSpan byResponse = call().requestModel("an alias").responseModel(name);
        NewSpan byRequest = call().requestModel(name);
        NewSpan unknown = call().requestModel("unheard of");
        record(byResponse, byRequest, unknown);

        assertThat(stored(byResponse).modelId()).contains(model.id());
        assertThat(stored(byResponse).cost()).contains(new BigDecimal("0.016"));
        assertThat(stored(byRequest).modelId()).contains(model.id());
        assertThat(stored(unknown).modelId()).isEmpty();
        assertThat(stored(unknown).cost()).isEmpty();
        assertThat(traces.find(id).orElseThrow().totals().cost()).isEqualTo(new BigDecimal("0.032"));
    }

    @Test
    void aCostThatIsGivenStaysEvenWhereItIsZero() {
        NewSpan free = call().requestModel(name).cost(BigDecimal.ZERO);
        NewSpan dear = call().modelId(model.id()).cost(new BigDecimal("1.000000000001"));
        record(free, dear);

        assertThat(stored(free).cost()).contains(BigDecimal.ZERO);
        assertThat(stored(free).modelId()).contains(model.id());
        assertThat(stored(dear).cost()).contains(new BigDecimal("1.000000000001"));
    }

    @Test
    void laterSpansArePricedToo() {
        record();
        NewSpan span = call().requestModel(name);
        traces.addSpans(id, List.of(span));

        assertThat(stored(span).cost()).contains(new BigDecimal("0.016"));
        assertThat(traces.find(id).orElseThrow().totals().cost()).isEqualTo(new BigDecimal("0.016"));
    }

    @Test
    void withoutPricesThereIsNoCostButTheModelIsKnown() {
        AiModel unpriced = model(fixture.provider().id(), ModelPrices.unknown(), TestTenant.newName("free"));
        NewSpan span = call().requestModel(unpriced.providerModelId());
        record(span);

        assertThat(stored(span).modelId()).contains(unpriced.id());
        assertThat(stored(span).cost()).isEmpty();
    }

    @Test
    void amongProvidersOfTheModelTheNamedOneCountsElseTheDefaultOne() {
        NewSpan ambiguous = call().requestModel(name);
        NewSpan named = call().requestModel(name).providerName("HOUSE");
        NewSpan ofType = call().requestModel(name).providerName("openai");
        AiModel house = model(
                fixture.tenant()
                        .modelProviders()
                        .create(NewModelProvider.of("House", ProviderType.CUSTOM))
                        .id(),
                ModelPrices.perMillion("1", "1"));
        record(ambiguous, named, ofType);
        assertThat(stored(ambiguous).modelId()).isEmpty();
        assertThat(stored(ambiguous).cost()).isEmpty();
        assertThat(stored(named).modelId()).contains(house.id());
        assertThat(stored(ofType).modelId()).contains(model.id());

        AiModel ofDefault = model(
                fixture.tenant()
                        .modelProviders()
                        .create(NewModelProvider.of("Default", ProviderType.CUSTOM)
                                .isDefault(true))
                        .id(),
                ModelPrices.perMillion("2", "2"));
        NewSpan later = call().requestModel(name);
        traces.addSpans(id, List.of(later));
        assertThat(stored(later).modelId()).contains(ofDefault.id());
    }

    @Test
    void theModelsOfAnotherTenantPriceNothing() {
        TestTenant other = DATABASE.newTenant();
        UUID trace = other.trace(other.project().id());
        NewSpan span = call().requestModel(name);
        other.tenant().traces().addSpans(trace, List.of(span));

        Span stored = other.tenant().traces().findSpan(trace, span.id()).orElseThrow();

        assertThat(stored.modelCall().modelId()).isEmpty();
        assertThat(stored.modelCall().cost()).isEmpty();
    }

    @Test
    void anAbsurdCountIsPricedToo() {
        NewSpan span = bare().modelId(model.id()).inputTokens(1_000_000_000_000L);

        record(span);

        assertThat(stored(span).cost()).contains(new BigDecimal("10000000"));
        assertThat(traces.find(id).orElseThrow().totals().cost()).isEqualTo(new BigDecimal("10000000"));
    }

    @Test
    void aSpanIsPricedByWhatHeldWhenItStartedWheneverItIsRecorded() {
        fixture.tenant()
                .models()
                .setPrices(model.id(), NewPriceList.of(NOON.plusSeconds(1), ModelPrices.perMillion("7", "7")));
        NewSpan before = bare().modelId(model.id()).inputTokens(1_000_000L);
        NewSpan after = NewSpan.of(
                        UUID.randomUUID(), "call", SpanKind.LLM, ExecutionStatus.SUCCESS, NOON.plusSeconds(1))
                .modelId(model.id())
                .inputTokens(1_000_000L);

        record(after, before);

        assertThat(stored(before).cost()).contains(new BigDecimal("10"));
        assertThat(stored(after).cost()).contains(new BigDecimal("7"));
    }

    @Test
    void aPriceThatIsCorrectedLeavesTheStoredCostAndExplainsIt() {
        NewSpan span = bare().modelId(model.id()).inputTokens(1_000_000L).outputTokens(1_000_000L);
        record(span);
        PriceList wrong = fixture.tenant()
                .models()
                .prices(model.id(), PageRequest.first())
                .items()
                .get(0);

        fixture.tenant()
                .models()
                .setPrices(
                        model.id(),
                        NewPriceList.always(ModelPrices.perMillion("7", "7")).replacing(wrong.id()));
        record(span);

        SpanCost cost = traces.costOf(id, span.id()).orElseThrow();
        assertThat(cost.amount()).contains(new BigDecimal("40"));
        assertThat(cost.origin()).isEqualTo(CostOrigin.CALCULATED);
        assertThat(cost.prices().map(PriceList::id)).contains(wrong.id());
        assertThat(cost.lines())
                .extracting(CostLine::unit, line -> line.amount().orElseThrow())
                .containsExactly(
                        tuple(UsageUnit.INPUT_TOKENS, new BigDecimal("10")),
                        tuple(UsageUnit.OUTPUT_TOKENS, new BigDecimal("30")));
    }

    @Test
    void theServiceTierAndFurtherCountsArePriced() {
        fixture.tenant()
                .models()
                .setPrices(
                        model.id(),
                        NewPriceList.of(
                                NOON,
                                ModelPrices.perMillion("10", "30")
                                        .each(UsageUnit.SEARCHES, "0.01")
                                        .tier(ServiceTier.BATCH, ModelPrices.perMillion("5", "15"))));
        NewSpan span = bare().modelId(model.id())
                .inputTokens(1_000_000L)
                .usage(UsageUnit.SEARCHES, 2)
                .serviceTier("BATCH");

        record(span);

        assertThat(stored(span).cost()).contains(new BigDecimal("5.02"));
    }

    @Test
    void anUnknownCostSaysWhy() {
        AiModel unpriced = model(fixture.provider().id(), ModelPrices.unknown(), TestTenant.newName("free"));
        NewSpan reported = bare().cost(new BigDecimal("0.5"));
        NewSpan unused = bare().modelId(model.id());
        NewSpan unnamed = bare().inputTokens(1L);
        NewSpan withoutPrices = bare().modelId(unpriced.id()).inputTokens(1L);
        NewSpan searching = bare().modelId(model.id()).inputTokens(1L).usage(UsageUnit.SEARCHES, 1);
        NewSpan early = bare().modelId(unpriced.id()).inputTokens(2L);

        record(reported, unused, unnamed, withoutPrices, searching, early);
        assertThat(origin(withoutPrices)).isEqualTo(CostOrigin.NO_PRICES);
        fixture.tenant().models().setPrices(unpriced.id(), NewPriceList.always(ModelPrices.perMillion("1", "1")));

        assertThat(origin(reported)).isEqualTo(CostOrigin.REPORTED);
        assertThat(origin(unused)).isEqualTo(CostOrigin.NO_USAGE);
        assertThat(origin(unnamed)).isEqualTo(CostOrigin.NO_MODEL);
        assertThat(origin(searching)).isEqualTo(CostOrigin.MISSING_PRICE);
        assertThat(origin(early)).isEqualTo(CostOrigin.NOT_YET_PRICED);
        assertThat(traces.costOf(id, UUID.randomUUID())).isEmpty();
        TraceTotals totals = traces.find(id).orElseThrow().totals();
        assertThat(totals.unpricedCalls()).isEqualTo(4);
        assertThat(totals.unpricedTokens()).isEqualTo(5);
    }

    private CostOrigin origin(NewSpan span) {
        return traces.costOf(id, span.id()).orElseThrow().origin();
    }

    private void record(NewSpan... spans) {
        traces.record(TestTenant.newTrace(id, project).spans(List.of(spans)));
    }

    private ModelCall stored(NewSpan span) {
        return traces.findSpan(id, span.id()).orElseThrow().modelCall();
    }

    private AiModel model(UUID provider, ModelPrices prices) {
        return model(provider, prices, name);
    }

    private AiModel model(UUID provider, ModelPrices prices, String providerModelId) {
        return fixture.tenant()
                .models()
                .create(NewAiModel.of(provider, "GPT", providerModelId).prices(prices));
    }

    private static NewSpan call() {
        return bare().inputTokens(1000L).outputTokens(200L);
    }

    private static NewSpan bare() {
        return NewSpan.of(UUID.randomUUID(), "call", SpanKind.LLM, ExecutionStatus.SUCCESS, NOON);
    }
}
