package io.promptforge.dao.error;

import io.promptforge.dao.access.Actor;
import io.promptforge.dao.access.Right;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The access is refused: the actor lacks a right, or the database refuses the role of the connection, or a write in work that only
 * reads.
 */
public final class AccessDeniedException extends PromptForgeException {
    private static final long serialVersionUID = 1L;

    private final @Nullable Right right;
    private final @Nullable UUID projectId;

    /**
     * A refused access.
     *
     * @param message what happened and what to do about it
     * @param cause the error of the database, if there is one
     */
    public AccessDeniedException(String message, @Nullable Throwable cause) {
        this(message, cause, null, null);
    }

    private AccessDeniedException(
            String message, @Nullable Throwable cause, @Nullable Right right, @Nullable UUID projectId) {
        super(message, cause);
        this.right = right;
        this.projectId = projectId;
    }

    /**
     * A right that the actor lacks.
     *
     * @param right the missing right
     * @param actor who lacks it
     * @param projectId the project it is missing in; null if it is missing in the organization
     */
    public static AccessDeniedException missing(Right right, Actor actor, @Nullable UUID projectId) {
        return new AccessDeniedException(
                actor + " may not " + right.words() + " (" + right + ") "
                        + (projectId == null ? "in this organization" : "in project " + projectId) + ".",
                null,
                right,
                projectId);
    }

    /** The right that the actor lacks; empty if the database refused. */
    public Optional<Right> right() {
        return Optional.ofNullable(right);
    }

    /** The project in which the actor lacks the right; empty if it is missing in the organization, or if the database refused. */
    public Optional<UUID> projectId() {
        return Optional.ofNullable(projectId);
    }
}
