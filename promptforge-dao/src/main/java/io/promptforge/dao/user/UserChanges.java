package io.promptforge.dao.user;

import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.write.LegacyChanges;
import io.promptforge.schema.type.Role;

/** What is to be changed of a user; what is not named stays. Immutable. */
public final class UserChanges {
    private final LegacyChanges changes;

    private UserChanges(LegacyChanges changes) {
        this.changes = changes;
    }

    /** No change. */
    public static UserChanges none() {
        return new UserChanges(LegacyChanges.none());
    }

    /** Another login. */
    public UserChanges email(String email) {
        return new UserChanges(changes.set("email", Check.text("email", email)));
    }

    /** Another display name. */
    public UserChanges fullName(String name) {
        return new UserChanges(changes.set("full_name", Check.text("full_name", name)));
    }

    /** Another role. */
    public UserChanges role(Role role) {
        return new UserChanges(changes.set("role", Check.present("role", role)));
    }

    LegacyChanges changes() {
        return changes;
    }

    @Override
    public String toString() {
        return changes.toString();
    }
}
