package io.promptforge.schema.distribution;

import java.time.Duration;

/**
 * How far a distribution has come; reported before each step.
 *
 * @param step what is done next, such as {@code Distributing spans}
 * @param rows the rows of the steps that are done
 * @param total the rows of all steps
 * @param elapsed since the call
 */
public record DistributionProgress(String step, long rows, long total, Duration elapsed) {}
