package io.promptforge.dao;

import io.promptforge.dao.access.Actor;
import io.promptforge.dao.access.Right;
import io.promptforge.dao.error.AccessDeniedException;
import io.promptforge.dao.user.User;
import io.promptforge.schema.type.Role;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an actor may do. Immutable.
 *
 * @param actor empty for the service itself, which may do everything
 * @param rights the rights in the organization, and in the projects that have none of their own
 * @param projects the rights in projects that have some of their own; these alone hold there
 */
record Access(Optional<Actor> actor, Set<Right> rights, Map<UUID, Set<Right>> projects) {
    private static final Access SERVICE = new Access(Optional.empty(), Set.of(Right.values()), Map.of());

    /** Everything: of the service itself. */
    static Access ofService() {
        return SERVICE;
    }

    /** The rights of a user, who has other roles in some projects. */
    static Access of(User user, Map<UUID, Role> roles) {
        Map<UUID, Set<Right>> projects = new HashMap<>();
        roles.forEach((project, role) -> projects.put(project, Right.of(role)));
        return new Access(Optional.of(new Actor(Actor.Type.USER, user.id())), Right.of(user.role()), projects);
    }

    boolean isOfService() {
        return actor.isEmpty();
    }

    void refuseUnlessOfService() {
        if (!isOfService()) {
            throw new AccessDeniedException(
                    "This tenant acts for the " + actor.get() + " already; begin with PromptForge.tenant.", null);
        }
    }

    boolean isOf(@Nullable Object user) {
        return actor.filter(who -> who.type() == Actor.Type.USER && who.id().equals(user))
                .isPresent();
    }

    /** Whether it depends on the project. */
    boolean differs(Right right) {
        return projects.values().stream().anyMatch(own -> own.contains(right) != rights.contains(right));
    }

    boolean hasEverywhere(Right right) {
        return rights.contains(right) && !differs(right);
    }

    void require(Right right) {
        if (!rights.contains(right)) {
            throw missing(right, null);
        }
    }

    void require(Right right, UUID project) {
        if (!projects.getOrDefault(project, rights).contains(right)) {
            throw missing(right, project);
        }
    }

    /** Requires a right in every project, for a call that names none. */
    void requireEverywhere(Right right) {
        require(right);
        projects.forEach((project, own) -> require(right, project));
    }

    private AccessDeniedException missing(Right right, @Nullable UUID project) {
        return AccessDeniedException.missing(
                right, actor.map(Actor::toString).orElseThrow(), project);
    }
}
