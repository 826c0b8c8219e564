package io.promptforge.schema.type;

/** What kind of actor changed a row. */
public enum ActorType {
    /** A user. */
    USER,
    /** A service that authenticated with an API key. */
    API_KEY,
    /** A service that names no user and no key. */
    SERVICE
}
