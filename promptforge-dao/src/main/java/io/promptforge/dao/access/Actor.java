package io.promptforge.dao.access;

import java.util.UUID;

/**
 * Who acts in a tenant.
 *
 * @param type what the actor is
 * @param id the id of the user or the key
 */
public record Actor(Type type, UUID id) {
    /** The kinds of actors. */
    public enum Type {
        /** A user. */
        USER,
        /** A service with an API key. */
        API_KEY
    }

    /** A user of the organization. */
    public static Actor user(UUID id) {
        return new Actor(Type.USER, id);
    }

    /** A service that authenticated with an API key. */
    public static Actor apiKey(UUID id) {
        return new Actor(Type.API_KEY, id);
    }

    /** In words, such as {@code user 0198…}. */
    @Override
    public String toString() {
        return (type == Type.USER ? "user " : "API key ") + id;
    }
}
