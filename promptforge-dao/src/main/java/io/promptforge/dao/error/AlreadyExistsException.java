package io.promptforge.dao.error;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The value of a field that must be unique is taken. */
public final class AlreadyExistsException extends FieldException {
    private static final long serialVersionUID = 1L;

    /**
     * A value that is taken.
     *
     * @param field the refused field
     * @param problem a sentence that names the problem
     * @param remedy a sentence that says what to do
     * @param cause the error of the database; null if Java found the problem
     */
    public AlreadyExistsException(String field, String problem, String remedy, @Nullable Throwable cause) {
        super(field, problem, remedy, cause);
    }

    private AlreadyExistsException(AlreadyExistsException refusal, String path, @Nullable UUID elementId) {
        super(refusal, path, elementId);
    }

    @Override
    public AlreadyExistsException at(String path, @Nullable UUID elementId) {
        return new AlreadyExistsException(this, path, elementId);
    }
}
