package io.promptforge.dao.opentelemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.json.Json;
import io.promptforge.dao.trace.NewSpan;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cost that a span is stored with, whichever way its sender reports it. */
class ReportedCostTest {

    @ParameterizedTest
    @CsvSource({
        "gen_ai.usage.input_cost, gen_ai.usage.output_cost",
        "gen_ai.cost.input_cost, gen_ai.cost.output_cost",
        "llm.cost.prompt, llm.cost.completion",
    })
    void partsOfACostAreAddedUpIfNoneIsMissing(String ofInput, String ofOutput) {
        assertThat(Sent.span(Map.of(ofInput, 0.001, ofOutput, "0.002")).cost()).isEqualByComparingTo("0.003");
        assertThat(Sent.span(Map.of(ofInput, 0.001, ofOutput, 0.002, "gen_ai.usage.cost", 0.004))
                        .cost())
                .isEqualByComparingTo("0.004");
        assertThat(Sent.span(Map.of(ofInput, 0.001)).cost()).isEqualByComparingTo("0.001");
        assertThat(Sent.span(Map.of(ofInput, 0.001, "gen_ai.usage.output_tokens", 1))
                        .cost())
                .isNull();
        assertThat(Sent.span(Map.of(ofOutput, 0.001)).cost()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "gen_ai.usage.cost, 0.0123, 0.0123",
                "gen_ai.cost.total_cost, 0.0123, 0.0123",
                "llm.cost.total, 0.0123, 0.0123",
                "litellm.cost.total, 1.2E-5, 0.000012",
                "operation.cost, 0, 0",
                "langfuse.observation.cost_details, '{\"input\":0.01,\"total\":0.03}', 0.03",
                "langfuse.observation.cost_details, '{\"input\":0.01,\"output\":0.02,\"cache\":0.005}', 0.035",
                "langfuse.observation.cost_details, '{\"input\":0.01,\"output\":\"much\"}', -",
                "langfuse.observation.cost_details, '{}', -",
                "hidden_params, '{\"response_cost\":0.00021}', 0.00021",
                "mlflow.llm.cost, '{\"total_cost\":0.03}', 0.03",
                "gen_ai.usage.cost, 0.0000000000005, 0.0000000000005",
                "gen_ai.usage.cost, 0.0000000000000000000000000000005, 0.000000000000000000000000000001",
                "gen_ai.usage.cost, -1, -",
                "gen_ai.usage.cost, 1000000, 1000000",
                "gen_ai.usage.cost, 1000000000000, -",
                "gen_ai.usage.cost, free, -",
            })
    void aReportedCostIsReadAndStays(String name, String value, @Nullable BigDecimal dollars) {
        NewSpan span = Sent.span(Map.of(name, value));

        if (dollars == null) {
            assertThat(span.cost()).isNull();
        } else {
            assertThat(span.cost()).isEqualByComparingTo(dollars);
        }
        assertThat(span.attributes()).isEqualTo(Json.of(Map.of(name, value)));
    }
}
