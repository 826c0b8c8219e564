package io.promptforge.dao.access;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.schema.type.ActorType;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Who acts in a tenant, as the audit log names it.
 *
 * @param type a user, an API key or a service
 * @param id the id of the user or the key; empty for a service
 */
public record Actor(ActorType type, Optional<UUID> id) {
    private static final Actor SERVICE = new Actor(ActorType.SERVICE, Optional.empty());

    /**
     * Checks that only a service has no id.
     *
     * @throws InvalidValueException otherwise
     */
    public Actor {
        if (Check.present("id", id).isEmpty() != (Check.present("type", type) == ActorType.SERVICE)) {
            throw new InvalidValueException(
                    "actor_id",
                    "An actor of the type " + type + (id.isEmpty() ? " lacks an id." : " has no id."),
                    "Give the id of a user or an API key, and none for a service.",
                    null);
        }
    }

    /** A user of the organization. */
    public static Actor user(UUID id) {
        return new Actor(ActorType.USER, Optional.of(Check.present("id", id)));
    }

    /** A service that authenticated with an API key. */
    public static Actor apiKey(UUID id) {
        return new Actor(ActorType.API_KEY, Optional.of(Check.present("id", id)));
    }

    /** The service itself. */
    public static Actor service() {
        return SERVICE;
    }

    /** {@code user:<id>}, {@code api_key:<id>} or {@code service}, as the database reads it. */
    @Override
    public String toString() {
        return type.name().toLowerCase(Locale.ROOT) + id.map(some -> ":" + some).orElse("");
    }
}
