package io.promptforge.seed.demo;

import io.promptforge.dao.user.NewUser;
import io.promptforge.dao.user.User;
import io.promptforge.dao.user.UserRepository;
import io.promptforge.schema.type.Role;
import java.util.List;
import java.util.stream.Stream;

/** One user per role. */
final class DemoUsers {
    private static final DemoUser ADMIN =
            new DemoUser(new DemoLogin("admin@promptforge.com", "admin123"), "Ada Admin", Role.ADMIN);
    private static final DemoUser DEVELOPER =
            new DemoUser(new DemoLogin("developer@promptforge.com", "dev123"), "Dev Developer", Role.DEVELOPER);
    private static final DemoUser VIEWER =
            new DemoUser(new DemoLogin("viewer@promptforge.com", "viewer123"), "Vera Viewer", Role.VIEWER);

    static final List<DemoLogin> LOGINS =
            Stream.of(ADMIN, DEVELOPER, VIEWER).map(DemoUser::login).toList();

    private DemoUsers() {}

    /** Returns the developer, who is the author of the other parts. */
    static User ensure(UserRepository users, DemoReconciler reconciler) {
        ADMIN.ensure(users, reconciler);
        User developer = DEVELOPER.ensure(users, reconciler);
        VIEWER.ensure(users, reconciler);
        return developer;
    }

    private record DemoUser(DemoLogin login, String fullName, Role role) {
        User ensure(UserRepository users, DemoReconciler reconciler) {
            return reconciler.ensure(
                    users.findByEmail(login.email()),
                    present -> {
                        String what = "user " + login.email();
                        reconciler.same(what, "full name", present.fullName(), fullName);
                        reconciler.same(what, "role", present.role(), role);
                        reconciler.same(what, "activity", present.active(), true);
                        boolean password = users.hasPassword(present.id(), login.password());
                        reconciler.same(what, "password", password ? "as loaded" : "changed", "as loaded");
                    },
                    () -> users.create(NewUser.of(login.email(), fullName, role, login.password())));
        }
    }
}
