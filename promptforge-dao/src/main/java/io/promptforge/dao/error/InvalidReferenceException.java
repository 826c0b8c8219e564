package io.promptforge.dao.error;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The id in a field refers to a row that does not exist in this tenant. */
public final class InvalidReferenceException extends FieldException {
    private static final long serialVersionUID = 1L;

    /**
     * A dangling reference.
     *
     * @param field the refused field
     * @param problem a sentence that names the problem
     * @param remedy a sentence that says what to do
     * @param cause the error of the database; null if Java found the problem
     */
    public InvalidReferenceException(String field, String problem, String remedy, @Nullable Throwable cause) {
        super(field, problem, remedy, cause);
    }

    private InvalidReferenceException(InvalidReferenceException refusal, String path, @Nullable UUID elementId) {
        super(refusal, path, elementId);
    }

    @Override
    public InvalidReferenceException at(String path, @Nullable UUID elementId) {
        return new InvalidReferenceException(this, path, elementId);
    }
}
