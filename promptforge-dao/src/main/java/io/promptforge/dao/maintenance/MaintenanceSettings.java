package io.promptforge.dao.maintenance;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.internal.check.Check;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * How maintenance is run.
 *
 * @param clock tells the time from which days are counted back, and months ahead, and how much of it has passed
 * @param timeBudget after how long no further step is begun, more than zero; empty for no end. A step is a batch or a
 *     partition, and takes from milliseconds to a few seconds.
 */
public record MaintenanceSettings(Clock clock, Optional<Duration> timeBudget) {
    /** Checks the values. */
    public MaintenanceSettings {
        Check.present("clock", clock);
        Check.present("timeBudget", timeBudget).ifPresent(budget -> {
            Check.optionalDuration("timeBudget", budget);
            if (budget.isZero()) {
                throw new InvalidValueException("timeBudget", "The field timeBudget must be more than zero.", null);
            }
        });
    }

    /** The clock of the system, and as long as it takes. */
    public static MaintenanceSettings defaults() {
        return new MaintenanceSettings(Clock.systemUTC(), Optional.empty());
    }

    /** The same with another clock. */
    public MaintenanceSettings withClock(Clock other) {
        return new MaintenanceSettings(other, timeBudget);
    }

    /** The same with an end. */
    public MaintenanceSettings withTimeBudget(Duration budget) {
        return new MaintenanceSettings(clock, Optional.of(Check.present("timeBudget", budget)));
    }
}
