package io.promptforge.seed.volume;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.UUID;

/**
 * The result of a load: the totals, which were read back from the database and compared with the generated ones.
 *
 * @param organizationId the organization that has the traces
 * @param traces the number of stored traces
 * @param spans the number of their spans
 * @param written the number of spans that this load wrote; the others were stored before
 * @param inputTokens the input tokens of the spans
 * @param outputTokens the output tokens of the spans
 * @param cost the cost of the spans, in US dollars
 * @param writing the time that the writing took
 * @param elapsed the time of the whole load
 */
public record VolumeResult(
        UUID organizationId,
        long traces,
        long spans,
        long written,
        long inputTokens,
        long outputTokens,
        BigDecimal cost,
        Duration writing,
        Duration elapsed) {}
