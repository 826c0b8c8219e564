package io.promptforge.dao.trace;

import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.write.ColumnValues;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The removal of payloads for good: what replaces them, and who removes them. Immutable and thread-safe. A value that is not accepted
 * is refused with an {@link io.promptforge.dao.error.InvalidValueException} by the method that sets it, or by the database.
 */
public final class Redaction extends Input<Redaction> {
    private final ColumnValues values;

    private Redaction(ColumnValues values) {
        super(values);
        this.values = values;
    }

    /**
     * A redaction.
     *
     * @param note the text that stands where an input or output was, such as the reason; 1 to 1,000 characters
     */
    public static Redaction of(String note) {
        return new Redaction(ColumnValues.none().with("redaction_note", Check.text("redaction_note", note)));
    }

    /** Sets the user who removes the payloads; null, the default, for a service. */
    public Redaction redactedBy(@Nullable UUID user) {
        return new Redaction(values.withOptional("redacted_by", user));
    }

    ColumnValues values() {
        return values;
    }
}
