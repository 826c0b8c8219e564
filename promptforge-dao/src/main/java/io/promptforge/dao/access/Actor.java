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

    /** In words, such as {@code user 0198…}. */
    @Override
    public String toString() {
        return (type == Type.USER ? "user " : "API key ") + id;
    }
}
