package io.promptforge.dao.user;

import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.write.ColumnValues;
import io.promptforge.schema.type.Role;
import java.util.List;

/**
 * A user to be created. Immutable and thread-safe. A value that is not accepted is refused with an
 * {@link io.promptforge.dao.error.InvalidValueException} by the method that sets it, or by the database.
 */
public final class NewUser extends Input<NewUser> {
    private final ColumnValues values;
    private final String password;

    private NewUser(ColumnValues values, String password) {
        super(List.of(values, password));
        this.values = values;
        this.password = password;
    }

    /**
     * An active user.
     *
     * @param email the login, unique over the platform in any letter case, at most 254 characters
     * @param fullName the display name, 1 to 200 characters
     * @param role what the user may do
     * @param password the password, not blank, at most 72 bytes in UTF-8
     */
    public static NewUser of(String email, String fullName, Role role, String password) {
        return new NewUser(ColumnValues.none(), Passwords.checked(password))
                .email(email)
                .fullName(fullName)
                .role(role);
    }

    /** Sets the login, unique over the platform in any letter case, at most 254 characters. */
    public NewUser email(String email) {
        return with("email", Check.text("email", email));
    }

    /** Sets the display name, 1 to 200 characters. */
    public NewUser fullName(String name) {
        return with("full_name", Check.text("full_name", name));
    }

    /** Sets the role. */
    public NewUser role(Role role) {
        return with("role", Check.present("role", role));
    }

    /** Sets the password, not blank, at most 72 bytes in UTF-8. */
    public NewUser password(String password) {
        return new NewUser(values, Passwords.checked(password));
    }

    private NewUser with(String column, Object value) {
        return new NewUser(values.withOptional(column, value), password);
    }

    ColumnValues values() {
        return values;
    }

    String password() {
        return password;
    }

    /** The names of the fields that are set, without their values and without the password. */
    @Override
    public String toString() {
        return "NewUser" + values;
    }
}
