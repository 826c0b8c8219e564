package io.promptforge.dao.project;

import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.write.ColumnValues;
import io.promptforge.schema.type.ProjectStatus;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A project to be created. Immutable and thread-safe; null for an optional field means that it has no value. A value that is
 * not accepted is refused with an {@link io.promptforge.dao.error.InvalidValueException} by the method that sets it, or by the
 * database.
 */
public final class NewProject extends Input<NewProject> {
    private final ColumnValues values;

    private NewProject(ColumnValues values) {
        super(values);
        this.values = values;
    }

    /**
     * A project in the status {@link ProjectStatus#DRAFT}.
     *
     * @param name unique in the organization, 1 to 200 characters
     */
    public static NewProject of(String name) {
        return new NewProject(
                ColumnValues.none().with("name", Check.text("name", name)).with("status", ProjectStatus.DRAFT));
    }

    /** Sets the description, at most 4,000 characters. */
    public NewProject description(@Nullable String text) {
        return with("description", Check.optionalText("description", text));
    }

    /** Sets the status. */
    public NewProject status(ProjectStatus status) {
        return with("status", Check.present("status", status));
    }

    /** Sets for how many days traces are kept, 1 to 36,500; null, the default, for as many as the organization says. */
    public NewProject traceRetentionDays(@Nullable Integer days) {
        return with("trace_retention_days", days);
    }

    /** Sets the user who creates it. */
    public NewProject createdBy(@Nullable UUID user) {
        return with("created_by", user);
    }

    private NewProject with(String column, @Nullable Object value) {
        return new NewProject(values.withOptional(column, value));
    }

    ColumnValues values() {
        return values;
    }
}
