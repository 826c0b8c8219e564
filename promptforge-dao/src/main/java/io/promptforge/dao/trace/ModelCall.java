package io.promptforge.dao.trace;

import io.promptforge.dao.model.UsageUnit;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.UUID;

/**
 * The call of a model that a span reports, in the terms of OpenTelemetry's GenAI conventions; all empty for a span that reports
 * none.
 *
 * @param operation {@code gen_ai.operation.name}
 * @param provider {@code gen_ai.provider.name}
 * @param requestModel {@code gen_ai.request.model}
 * @param responseModel {@code gen_ai.response.model}
 * @param responseId {@code gen_ai.response.id}
 * @param modelId the registered model
 * @param finishReasons {@code gen_ai.response.finish_reasons}
 * @param temperature {@code gen_ai.request.temperature}
 * @param maxTokens {@code gen_ai.request.max_tokens}
 * @param timeToFirstToken {@code gen_ai.response.time_to_first_chunk}
 * @param usage the tokens
 * @param otherUsage further counts that are charged for, by unit
 * @param serviceTier the service tier of the request, as reported
 * @param cost US dollars
 */
public record ModelCall(
        Optional<String> operation,
        Optional<String> provider,
        Optional<String> requestModel,
        Optional<String> responseModel,
        Optional<String> responseId,
        Optional<UUID> modelId,
        List<String> finishReasons,
        OptionalDouble temperature,
        OptionalInt maxTokens,
        Optional<Duration> timeToFirstToken,
        TokenUsage usage,
        Map<UsageUnit, BigDecimal> otherUsage,
        Optional<String> serviceTier,
        Optional<BigDecimal> cost) {}
