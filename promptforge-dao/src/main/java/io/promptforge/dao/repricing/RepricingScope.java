package io.promptforge.dao.repricing;

import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.write.ColumnValues;
import java.time.Instant;
import java.util.UUID;

/**
 * The spans that are repriced, and which of their costs. Immutable and thread-safe. A value that is not accepted is refused with an
 * {@link io.promptforge.dao.error.InvalidValueException} by the method that sets it, or by the database.
 */
public final class RepricingScope extends Input<RepricingScope> {
    private static final RepricingScope ALL = new RepricingScope(ColumnValues.none());

    private final ColumnValues values;

    private RepricingScope(ColumnValues values) {
        super(values);
        this.values = values;
    }

    /** All spans of the organization whose cost was not reported. */
    public static RepricingScope all() {
        return ALL;
    }

    /** Limits it to the traces that occurred at this time or later, with all their spans. */
    public RepricingScope occurredFrom(Instant time) {
        return new RepricingScope(values.with("occurred_from", Check.instant("occurred_from", time)));
    }

    /** Limits it to the traces that occurred before this time, with all their spans; after {@code occurredFrom}. */
    public RepricingScope occurredBefore(Instant time) {
        return new RepricingScope(values.with("occurred_before", Check.instant("occurred_before", time)));
    }

    /** Limits it to the traces of this project. */
    public RepricingScope projectId(UUID project) {
        return new RepricingScope(values.with("project_id", Check.present("project_id", project)));
    }

    /** Limits it to the calls of this model: those that are stored with it, and those that are found to be calls of it now. */
    public RepricingScope modelId(UUID model) {
        return new RepricingScope(values.with("model_id", Check.present("model_id", model)));
    }

    /** Replaces costs that senders reported, too, where they can be computed. */
    public RepricingScope includingReportedCosts() {
        return new RepricingScope(values.with("includes_reported", true));
    }

    ColumnValues values() {
        return values;
    }
}
