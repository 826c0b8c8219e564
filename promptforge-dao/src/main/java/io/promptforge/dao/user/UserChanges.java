package io.promptforge.dao.user;

import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.write.Changes;
import io.promptforge.schema.type.Role;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An edit of a user: sets the fields that are named, and keeps all others. Immutable and thread-safe. */
public final class UserChanges extends Input<UserChanges> {
    private static final UserChanges NONE = new UserChanges(Changes.none());

    private final Changes changes;

    private UserChanges(Changes changes) {
        super(changes);
        this.changes = changes;
    }

    /** Changes nothing. */
    public static UserChanges none() {
        return NONE;
    }

    /** Sets the login, unique over the platform as {@link User#email} compares, at most 254 characters. */
    public UserChanges email(String email) {
        return set("email", Emails.checked(email));
    }

    /** Sets the display name, 1 to 200 characters. */
    public UserChanges fullName(String name) {
        return set("full_name", Check.text("full_name", name));
    }

    /** Sets the role. */
    public UserChanges role(Role role) {
        return set("role", Check.present("role", role));
    }

    /**
     * Links the user to an identity provider, unique over the platform: an issuer of at most 400 and a subject of at most 255
     * characters. Null unlinks a user who has a password.
     */
    public UserChanges singleSignOn(@Nullable SingleSignOn identity) {
        return new UserChanges(new Changes(SingleSignOn.in(changes.values(), identity), changes.unchangedSince()));
    }

    /**
     * False bars the user from logging in, true allows it again. What the user made stays and keeps its author; failed logins
     * and a lockout stay too (see {@link UserRepository#unlock}).
     */
    public UserChanges active(boolean active) {
        return set("active", active);
    }

    /**
     * Refuses the edit if the user was changed after this {@link User#updatedAt()}. Logins count as changes, failed ones
     * included.
     */
    public UserChanges ifUnchangedSince(Instant updatedAt) {
        return new UserChanges(changes.ifUnchangedSince(Check.instant("updated_at", updatedAt)));
    }

    private UserChanges set(String column, @Nullable Object value) {
        return new UserChanges(changes.set(column, value));
    }

    Changes changes() {
        return changes;
    }
}
