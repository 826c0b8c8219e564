package io.promptforge.dao.maintenance;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a run of the maintenance works. Immutable. */
public final class MaintenanceSettings extends Input<MaintenanceSettings> {
    private static final MaintenanceSettings DEFAULTS = new MaintenanceSettings(null, null);

    private final @Nullable Clock clock;
    private final @Nullable Duration timeBudget;

    private MaintenanceSettings(@Nullable Clock clock, @Nullable Duration timeBudget) {
        super(List.of(Optional.ofNullable(clock), Optional.ofNullable(timeBudget)));
        this.clock = clock;
        this.timeBudget = timeBudget;
    }

    /** The clock of the database, and no time budget. */
    public static MaintenanceSettings defaults() {
        return DEFAULTS;
    }

    /**
     * Sets the clock: its time decides which traces are expired, which partitions are made, and how much of the budget is used. One that
     * is ahead deletes traces too early; without one, the clock of the service does not matter.
     */
    public MaintenanceSettings clock(Clock other) {
        return new MaintenanceSettings(Check.present("clock", other), timeBudget);
    }

    /**
     * Sets after how long no further step begins, more than zero; null for no limit. A step is a batch or a partition, and takes
     * from milliseconds to a few seconds.
     */
    public MaintenanceSettings timeBudget(@Nullable Duration budget) {
        Check.optionalDuration("timeBudget", budget);
        if (budget != null && budget.isZero()) {
            throw new InvalidValueException(
                    "timeBudget", "The field timeBudget is not more than zero.", "Give a positive duration.", null);
        }
        return new MaintenanceSettings(clock, budget);
    }

    Optional<Clock> clock() {
        return Optional.ofNullable(clock);
    }

    Optional<Duration> timeBudget() {
        return Optional.ofNullable(timeBudget);
    }

    @Override
    public String toString() {
        return "MaintenanceSettings[clock=" + clock + ", timeBudget=" + timeBudget + "]";
    }
}
