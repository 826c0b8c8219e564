package io.promptforge.dao.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.error.InvalidValueException;
import java.math.BigDecimal;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelPricesTest {

    private static final ModelPrices PRICES = ModelPrices.perMillion("2.50", "10", "1.25");

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 0",
        "1000000, 0, 0, 2.5",
        "1000000, 1000000, 0, 1.25",
        "0, 0, 1000000, 10",
        "1000, 400, 200, 0.004",
        "1, 0, 0, 0.0000025",
    })
    void aCallCostsWhatItsTokensCost(long input, long cached, long output, BigDecimal cost) {
        assertThat(PRICES.cost(input, cached, output)).contains(cost);
    }

    @Test
    void cachedTokensWithoutAPriceCostAsMuchAsOtherInput() {
        assertThat(ModelPrices.perMillion("2.50", "10").cost(1_000_000, 1_000_000, 0))
                .contains(new BigDecimal("2.5"));
    }

    @Test
    void theCostIsRoundedHalfUpToTwelveDecimals() {
        assertThat(ModelPrices.perMillion("0.0000005", "0").cost(1, 0, 0)).contains(new BigDecimal("0.000000000001"));
        assertThat(ModelPrices.perMillion("0.00000049", "0").cost(1, 0, 0)).contains(BigDecimal.ZERO);
    }

    @Test
    void theCostOfTokensWithoutAPriceIsUnknown() {
        ModelPrices onlyInput = ModelPrices.unknown().input(BigDecimal.ONE);
        ModelPrices onlyCached = ModelPrices.unknown().cachedInput(BigDecimal.ONE);

        assertThat(onlyInput.cost(1, 0, 1)).isEmpty();
        assertThat(onlyCached.cost(2, 1, 0)).isEmpty();
        assertThat(ModelPrices.unknown().cost(1, 1, 0)).isEmpty();
    }

    @Test
    void aPriceWithoutTokensMayBeUnknown() {
        ModelPrices embedding = ModelPrices.unknown().input(BigDecimal.ONE);

        assertThat(embedding.cost(1_000_000, 0, 0)).contains(BigDecimal.ONE);
        assertThat(ModelPrices.unknown().cost(0, 0, 0)).contains(BigDecimal.ZERO);
    }

    @Test
    void theGreatestNumbersOfTokensDoNotOverflow() {
        assertThat(PRICES.cost(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE))
                .contains(new BigDecimal("103762935414616.22782875"));
    }

    @Test
    void impossibleNumbersOfTokensAreRefused() {
        blames("input_tokens", () -> PRICES.cost(-1, 0, 0));
        blames("cached_input_tokens", () -> PRICES.cost(1, -1, 0));
        blames("cached_input_tokens", () -> PRICES.cost(1, 2, 0));
        blames("output_tokens", () -> PRICES.cost(0, 0, -1));
    }

    @Test
    void pricesOutOfRangeAreRefused() {
        blames("input_price_per_million", () -> ModelPrices.perMillion("-0.01", "1"));
        blames("output_price_per_million", () -> ModelPrices.perMillion("1", "1000000"));
        blames("cached_input_price_per_million", () -> PRICES.cachedInput(new BigDecimal("0.0000000000001")));
        blames("input_price_per_million", () -> ModelPrices.perMillion("cheap", "1"));
        assertThat(ModelPrices.perMillion("0", "999999.999999999999", "0.1000000000000000"))
                .isNotNull();
    }

    private static void blames(String field, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(InvalidValueException.class, e -> assertThat(e.field())
                .isEqualTo(field));
    }
}
