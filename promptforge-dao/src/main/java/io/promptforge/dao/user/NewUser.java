package io.promptforge.dao.user;

import io.promptforge.dao.internal.check.Check;
import io.promptforge.schema.type.Role;

/**
 * A user to be made.
 *
 * @param email the login, unique over the platform in any letter case, at most 254 characters
 * @param fullName display name, 1 to 200 characters
 * @param role what the user may do
 * @param password the password, 1 to {@value Passwords#MAX_BYTES} bytes in UTF-8
 */
public record NewUser(String email, String fullName, Role role, String password) {
    /** Checks what the database would not name. */
    public NewUser {
        Check.text("email", email);
        Check.text("full_name", fullName);
        Check.present("role", role);
        Passwords.check(password);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "NewUser[email=" + email + ", fullName=" + fullName + ", role=" + role + "]";
    }
}
