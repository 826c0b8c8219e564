package io.promptforge.dao;

import io.promptforge.dao.access.Actor;
import io.promptforge.dao.access.Right;
import io.promptforge.dao.apikey.ApiKey;
import io.promptforge.dao.error.AccessDeniedException;
import io.promptforge.dao.user.User;
import io.promptforge.schema.type.ActorType;
import io.promptforge.schema.type.Role;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an actor may do. Immutable.
 *
 * @param actor who acts; the service itself may do everything
 * @param rights the rights to what belongs to no project
 * @param projects the rights in projects that have some of their own; these alone hold there
 * @param elsewhere the rights in all other projects
 */
record Access(Actor actor, Set<Right> rights, Map<UUID, Set<Right>> projects, Set<Right> elsewhere) {
    private static final Access SERVICE =
            new Access(Actor.service(), Set.of(Right.values()), Map.of(), Set.of(Right.values()));

    /** Everything: of the service itself. */
    static Access ofService() {
        return SERVICE;
    }

    /** The rights of a user, who has other roles in some projects. */
    static Access of(User user, Map<UUID, Role> roles) {
        Map<UUID, Set<Right>> projects = new HashMap<>();
        roles.forEach((project, role) -> projects.put(project, Right.of(role)));
        Set<Right> rights = Right.of(user.role());
        return new Access(Actor.user(user.id()), rights, projects, rights);
    }

    /** The rights of a key. */
    static Access of(ApiKey key) {
        Actor actor = Actor.apiKey(key.id());
        if (key.projectIds().isEmpty()) {
            return new Access(actor, key.rights(), Map.of(), key.rights());
        }
        Map<UUID, Set<Right>> projects = new HashMap<>();
        key.projectIds().get().forEach(project -> projects.put(project, key.rights()));
        return new Access(actor, Set.of(), projects, Set.of());
    }

    boolean isOfService() {
        return actor.type() == ActorType.SERVICE;
    }

    void refuseUnlessOfService() {
        if (!isOfService()) {
            throw new AccessDeniedException(
                    "This tenant acts for " + actor + " already; begin with PromptForge.tenant.", null);
        }
    }

    boolean isOf(@Nullable Object user) {
        return user instanceof UUID id && actor.equals(Actor.user(id));
    }

    /** Whether it depends on the project. */
    boolean differs(Right right) {
        return projects.values().stream().anyMatch(own -> own.contains(right) != elsewhere.contains(right));
    }

    boolean hasEverywhere(Right right) {
        return elsewhere.contains(right) && !differs(right);
    }

    void require(Right right) {
        if (!rights.contains(right)) {
            throw missing(right, null);
        }
    }

    void require(Right right, UUID project) {
        if (!projects.getOrDefault(project, elsewhere).contains(right)) {
            throw missing(right, project);
        }
    }

    /** Requires a right in every project, for a call that names none. */
    void requireEverywhere(Right right) {
        if (!hasEverywhere(right)) {
            throw missing(right, null);
        }
    }

    /** Requires a right in any project, for what all of them use. */
    void requireAnywhere(Right right) {
        if (!elsewhere.contains(right) && !differs(right)) {
            throw missing(right, null);
        }
    }

    private AccessDeniedException missing(Right right, @Nullable UUID project) {
        return AccessDeniedException.missing(right, actor, project);
    }
}
