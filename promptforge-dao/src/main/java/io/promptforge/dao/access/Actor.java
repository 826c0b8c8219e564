package io.promptforge.dao.access;

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

    /** A user of the organization. */
    public static Actor user(UUID id) {
        return new Actor(ActorType.USER, Optional.of(id));
    }

    /** A service that authenticated with an API key. */
    public static Actor apiKey(UUID id) {
        return new Actor(ActorType.API_KEY, Optional.of(id));
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
