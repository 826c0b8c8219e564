package io.promptforge.dao.user;

import io.promptforge.dao.internal.check.Check;
import io.promptforge.schema.type.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which users a list holds. Immutable.
 *
 * @param roles only users in one of these; empty for any
 * @param active only users who may log in, or only those who may not; empty for both
 * @param text only users with this in their name or e-mail, in any letter case
 */
public record UserFilter(List<Role> roles, Optional<Boolean> active, Optional<String> text) {
    /** Checks the values. */
    public UserFilter {
        roles = Check.choices("role", roles);
        Check.present("active", active);
        Check.present("text", text).ifPresent(value -> Check.text("text", value));
    }

    /** All users. */
    public static UserFilter all() {
        return new UserFilter(List.of(), Optional.empty(), Optional.empty());
    }

    /** Only those in one of these roles. */
    public UserFilter withRole(Role... any) {
        return new UserFilter(Arrays.asList(any), active, text);
    }

    /** Only those who may log in, or only those who may not. */
    public UserFilter withActive(boolean wanted) {
        return new UserFilter(roles, Optional.of(wanted), text);
    }

    /** Only those with this in their name or e-mail, in any letter case. */
    public UserFilter withText(String part) {
        return new UserFilter(roles, active, Optional.of(Check.text("text", part)));
    }
}
