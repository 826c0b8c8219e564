package io.promptforge.seed.volume;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.UUID;

/**
 * What a load did, and what is there now; all of it was read back and found as it should be.
 *
 * @param organizationId the organization that has the traces
 * @param traces the traces that were asked for
 * @param spans their spans
 * @param written the spans that this load wrote; the others were there before
 * @param inputTokens tokens that the spans read
 * @param outputTokens tokens that they wrote
 * @param cost what they cost, in US dollars
 * @param writing how long the writing took
 * @param elapsed how long all took
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
