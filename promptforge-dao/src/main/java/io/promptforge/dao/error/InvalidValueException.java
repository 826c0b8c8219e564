package io.promptforge.dao.error;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A field does not accept the value. */
public final class InvalidValueException extends FieldException {
    private static final long serialVersionUID = 1L;

    /**
     * A refused value.
     *
     * @param field the refused field
     * @param problem a sentence that names the problem
     * @param remedy a sentence that says what to do
     * @param cause the error of the database; null if Java found the problem
     */
    public InvalidValueException(String field, String problem, String remedy, @Nullable Throwable cause) {
        super(field, problem, remedy, cause);
    }

    private InvalidValueException(InvalidValueException refusal, String path, @Nullable UUID elementId) {
        super(refusal, path, elementId);
    }

    @Override
    public InvalidValueException at(String path, @Nullable UUID elementId) {
        return new InvalidValueException(this, path, elementId);
    }
}
