package io.promptforge.dao.trace.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.BIG_DECIMAL;

import io.promptforge.dao.TestTenant;
import io.promptforge.dao.model.ModelPrices;
import io.promptforge.dao.model.NewPriceList;
import io.promptforge.dao.model.UsageUnit;
import io.promptforge.dao.model.naming.PriceHistory;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpanPriceTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            nullValues = "-",
            value = {
                // what, price of input, output, cached input, tokens of input, output, cached input, cost
                "input and output,         10,   30,    -,  1000,    200,    -, 0.016000000000",
                "a free model,              0,    0,    -,  1000,    200,    -, 0.000000000000",
                "input alone,              10,    -,    -,  1000,      -,    -, 0.010000000000",
                "output alone,              -,   30,    -,     -,    200,    -, 0.006000000000",
                "cached input,             10,   30,  2.5,  1000,    200,  400, 0.013000000000",
                "cached at input's price,  10,   30,    -,  1000,    200,  400, 0.016000000000",
                "all of it cached,          -,   30,  2.5,   400,    200,  400, 0.007000000000",
                "cached input alone,       10,   30,  2.5,     -,      -,  400, 0.001000000000",
                "no token at all,           -,    -,    -,     0,      0,    0, 0.000000000000",
                "nothing is rounded,        0.00000049, 0, -,  1,      0,    -, 0.00000000000049",
                "beyond a double,           123456.789012345678, 0, -, 999999999, 0, -, 123456788.888888888987654322",
            })
    void theCostIsTheExactSumOverTheTokens(
            String what,
            @Nullable BigDecimal input,
            @Nullable BigDecimal output,
            @Nullable BigDecimal cachedInput,
            @Nullable Long inputTokens,
            @Nullable Long outputTokens,
            @Nullable Long cachedInputTokens,
            BigDecimal cost) {
        assertThat(cost(input, output, cachedInput, span(inputTokens, outputTokens, cachedInputTokens)))
                .as(what)
                .get(BIG_DECIMAL)
                .isEqualByComparingTo(cost);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            nullValues = "-",
            value = {
                "no token is counted,            10, 30, 2, -,  -, -",
                "the price of input is unknown,   -, 30, 2, 9,  5, 4",
                "the price of output is unknown, 10,  -, 2, 9,  5, 4",
                "of cached input even input's,    -, 30, -, 4,  5, 4",
            })
    void thereIsNoCostWhere(
            String what,
            @Nullable BigDecimal input,
            @Nullable BigDecimal output,
            @Nullable BigDecimal cachedInput,
            @Nullable Long inputTokens,
            @Nullable Long outputTokens,
            @Nullable Long cachedInputTokens) {
        assertThat(cost(input, output, cachedInput, span(inputTokens, outputTokens, cachedInputTokens)))
                .as(what)
                .isEmpty();
    }

    private static Optional<BigDecimal> cost(
            @Nullable BigDecimal input,
            @Nullable BigDecimal output,
            @Nullable BigDecimal cachedInput,
            SpanFields span) {
        ModelPrices prices = ModelPrices.unknown()
                .perMillion(UsageUnit.INPUT_TOKENS, input)
                .perMillion(UsageUnit.OUTPUT_TOKENS, output)
                .perMillion(UsageUnit.CACHED_INPUT_TOKENS, cachedInput);
        PriceHistory history =
                new PriceHistory(List.of(new PriceHistory.Entry(new UUID(0, 1), NewPriceList.ALWAYS, prices)));
        return Optional.ofNullable(SpanPrice.of(span, history)).map(SpanPrice::cost);
    }

    private static SpanFields span(@Nullable Long input, @Nullable Long output, @Nullable Long cachedInput) {
        SpanFields span = new SpanFields(UUID.randomUUID());
        span.startedAt = TestTenant.NOON;
        span.inputTokens = input;
        span.outputTokens = output;
        span.cachedInputTokens = cachedInput;
        return span;
    }
}
