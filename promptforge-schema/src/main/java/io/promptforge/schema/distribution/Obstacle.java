package io.promptforge.schema.distribution;

import io.promptforge.schema.distribution.DistributionException.Reason;

/**
 * What stands in the way of distributing a schema.
 *
 * @param reason the reason with which {@link Distribution#apply} refuses
 * @param problem what is wrong, a sentence without a full stop
 * @param remedy what to do about it, a sentence without a full stop
 */
public record Obstacle(Reason reason, String problem, String remedy) {}
