package io.promptforge.dao.user;

import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.write.ColumnValues;
import io.promptforge.schema.type.Role;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A user to be created. Immutable and thread-safe. A value that is not accepted is refused with an
 * {@link io.promptforge.dao.error.InvalidValueException} by the method that sets it, or by the database.
 */
public final class NewUser extends Input<NewUser> {
    private final ColumnValues values;
    private final Optional<String> password;

    private NewUser(ColumnValues values, Optional<String> password) {
        super(List.of(values, password));
        this.values = values;
        this.password = password;
    }

    /**
     * An active user who logs in with a password.
     *
     * @param email the login, unique over the platform as {@link User#email} compares, at most 254 characters
     * @param fullName the display name, 1 to 200 characters
     * @param role what the user may do
     * @param password the password, not blank, at most 72 bytes in UTF-8
     */
    public static NewUser of(String email, String fullName, Role role, String password) {
        return of(email, fullName, role, Optional.of(Passwords.checked(password)));
    }

    /**
     * An active user without a password, who logs in at an identity provider.
     *
     * @param email unique over the platform as a login, at most 254 characters
     * @param fullName the display name, 1 to 200 characters
     * @param role what the user may do
     * @param identity the user at the identity provider, unique over the platform
     */
    public static NewUser of(String email, String fullName, Role role, SingleSignOn identity) {
        return of(email, fullName, role, Optional.<String>empty()).singleSignOn(identity);
    }

    private static NewUser of(String email, String fullName, Role role, Optional<String> password) {
        return new NewUser(ColumnValues.none(), password)
                .email(email)
                .fullName(fullName)
                .role(role);
    }

    /** Sets the login, unique over the platform as {@link User#email} compares, at most 254 characters. */
    public NewUser email(String email) {
        return with("email", Emails.checked(email));
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
        return new NewUser(values, Optional.of(Passwords.checked(password)));
    }

    /**
     * Sets the user at an identity provider, unique over the platform: an issuer of at most 400 and a subject of at most 255
     * characters. Null for none.
     */
    public NewUser singleSignOn(@Nullable SingleSignOn identity) {
        return new NewUser(SingleSignOn.in(values, identity), password);
    }

    private NewUser with(String column, Object value) {
        return new NewUser(values.withOptional(column, value), password);
    }

    ColumnValues values() {
        return values;
    }

    /** Normalised. */
    Optional<String> password() {
        return password;
    }

    /** The names of the fields that are set, without their values and without the password. */
    @Override
    public String toString() {
        return "NewUser" + values;
    }
}
