package io.promptforge.dao.trace.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.model.ModelPrices;
import io.promptforge.dao.model.NewPriceList;
import io.promptforge.dao.model.naming.ModelsState;
import io.promptforge.dao.model.naming.PriceHistory;
import io.promptforge.dao.model.naming.RegisteredModel;
import io.promptforge.dao.model.naming.RegisteredModels;
import io.promptforge.schema.type.ProviderType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Which of several models of one name a span called, whatever order the database returns them in. */
class CalledModelsTest {

    private static final RegisteredModel DIRECT = model(4, "OpenAI", ProviderType.OPENAI, 10);
    private static final RegisteredModel PROXY = model(3, "Proxy", ProviderType.OPENAI, 11);
    private static final RegisteredModel OTHER = model(2, "Elsewhere", ProviderType.CUSTOM, 12);
    private static final RegisteredModel DEFAULT = new RegisteredModel(
            new UUID(0, 1), "gpt", List.of(), true, false, "House", ProviderType.CUSTOM, true, prices(13));

    @Test
    void aModelOfOneProviderIsTakenWhateverTheProviderIsCalled() {
        found(DIRECT, call(s -> s.providerName = "azure.ai.openai"), DIRECT);
        found(DIRECT, call(s -> {}), DIRECT);
    }

    @Test
    void theResponseModelCountsBeforeTheRequestModel() {
        RegisteredModel exact = new RegisteredModel(
                new UUID(0, 9), "gpt-0125", List.of(), true, false, "OpenAI", ProviderType.OPENAI, false, prices(20));

        found(exact, call(s -> s.responseModel = "gpt-0125"), DIRECT, exact);
        found(DIRECT, call(s -> s.responseModel = "not registered"), DIRECT, exact);
    }

    @Test
    void theProvidersNameDecidesThenItsType() {
        found(DIRECT, call(s -> s.providerName = "OPENAI"), DIRECT, PROXY, OTHER, DEFAULT);
        found(PROXY, call(s -> s.providerName = "proxy"), DIRECT, PROXY, OTHER, DEFAULT);
        found(PROXY, call(s -> s.providerName = "openai"), PROXY, OTHER, DEFAULT);
    }

    @Test
    void theActiveModelOfTheDefaultProviderComesNext() {
        RegisteredModel retired = new RegisteredModel(
                DEFAULT.id(), "gpt", List.of(), false, false, "House", ProviderType.CUSTOM, true, prices(13));

        found(DEFAULT, call(s -> {}), DIRECT, PROXY, OTHER, DEFAULT);
        found(DEFAULT, call(s -> s.providerName = "unheard of"), DIRECT, PROXY, OTHER, DEFAULT);
        none(call(s -> {}), DIRECT, PROXY, OTHER, retired);
    }

    @Test
    void amongModelsWithTheSamePricesTheSmallestIdIsFound() {
        RegisteredModel twin = model(7, "Twin", ProviderType.OPENAI, 11);

        found(PROXY, call(s -> {}), PROXY, twin);
        found(PROXY, call(s -> s.providerName = "openai"), twin, PROXY, OTHER);
    }

    @Test
    void amongModelsWithDifferentPricesNoneIsFound() {
        none(call(s -> {}), DIRECT, PROXY);
        none(call(s -> s.providerName = "anthropic"), DIRECT, PROXY, OTHER);
    }

    @Test
    void theReportedModelIdIsTaken() {
        found(
                OTHER,
                call(s -> {
                    s.modelId = OTHER.id();
                    s.providerName = "OpenAI";
                }),
                DIRECT,
                OTHER);
        none(call(s -> s.modelId = new UUID(0, 99)), DIRECT);
    }

    @Test
    void aSpanWithoutAModelCalledNone() {
        none(call(s -> s.requestModel = null), DIRECT);
    }

    private static void found(RegisteredModel expected, SpanFields span, RegisteredModel... models) {
        List<RegisteredModel> order = new ArrayList<>(List.of(models));
        for (int i = 0; i < order.size(); i++) {
            Collections.rotate(order, 1);
            assertThat(called(order).find(span)).isEqualTo(expected);
        }
    }

    private static void none(SpanFields span, RegisteredModel... models) {
        assertThat(called(List.of(models)).find(span)).isNull();
    }

    private static CalledModels called(List<RegisteredModel> models) {
        return CalledModels.of(new RegisteredModels(models, ModelsState.NONE));
    }

    private static SpanFields call(Consumer<SpanFields> fields) {
        SpanFields call = new SpanFields(UUID.randomUUID());
        call.requestModel = "gpt";
        fields.accept(call);
        return call;
    }

    private static RegisteredModel model(int id, String provider, ProviderType type, int price) {
        return new RegisteredModel(
                new UUID(0, id), "gpt", List.of(), true, false, provider, type, false, prices(price));
    }

    private static PriceHistory prices(int input) {
        ModelPrices prices = ModelPrices.perMillion(String.valueOf(input), "10");
        return new PriceHistory(List.of(new PriceHistory.Entry(UUID.randomUUID(), NewPriceList.ALWAYS, prices)));
    }
}
