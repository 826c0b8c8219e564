package io.promptforge.seed.demo;

import io.promptforge.dao.user.NewUser;
import io.promptforge.dao.user.User;
import io.promptforge.dao.user.UserRepository;
import io.promptforge.schema.type.Role;
import java.util.List;
import java.util.stream.Stream;

/** One user per role. */
final class DemoUsers {
    private static final NewUser ADMIN = new NewUser("admin@promptforge.com", "Ada Admin", Role.ADMIN, "admin123");
    private static final NewUser DEVELOPER =
            new NewUser("developer@promptforge.com", "Dev Developer", Role.DEVELOPER, "dev123");
    private static final NewUser VIEWER =
            new NewUser("viewer@promptforge.com", "Vera Viewer", Role.VIEWER, "viewer123");

    static final List<DemoLogin> LOGINS = Stream.of(ADMIN, DEVELOPER, VIEWER)
            .map(user -> new DemoLogin(user.email(), user.password()))
            .toList();

    private DemoUsers() {}

    /** The developer, who is the author of the rest. */
    static User ensure(UserRepository users, Ensured ensured) {
        ensure(users, ADMIN, ensured);
        User developer = ensure(users, DEVELOPER, ensured);
        ensure(users, VIEWER, ensured);
        return developer;
    }

    private static User ensure(UserRepository users, NewUser user, Ensured ensured) {
        return ensured.ensure(
                users.findByEmail(user.email()),
                present -> {
                    String what = "user " + user.email();
                    ensured.same(what, "full name", present.fullName(), user.fullName());
                    ensured.same(what, "role", present.role(), user.role());
                    ensured.same(what, "activity", present.active(), true);
                    boolean password = users.hasPassword(present.id(), user.password());
                    ensured.same(what, "password", password ? "as loaded" : "changed", "as loaded");
                },
                () -> users.create(user));
    }
}
