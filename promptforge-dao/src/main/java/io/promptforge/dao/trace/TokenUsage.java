package io.promptforge.dao.trace;

import java.util.OptionalLong;

/**
 * The tokens of a model call, as OpenTelemetry counts them: the cached ones are a part of the input, the reasoning ones
 * a part of the output.
 *
 * @param input tokens read
 * @param output tokens written
 * @param cachedInput the part of the input that was read from the provider's cache
 * @param cacheCreationInput the part of the input that was written to the provider's cache
 * @param reasoningOutput the part of the output that was spent on reasoning
 */
public record TokenUsage(
        OptionalLong input,
        OptionalLong output,
        OptionalLong cachedInput,
        OptionalLong cacheCreationInput,
        OptionalLong reasoningOutput) {}
