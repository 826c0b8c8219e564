package io.promptforge.schema.type;

/** What a user may do, as stored in {@code users.role}. */
public enum Role {
    /** Everything, users and settings included. */
    ADMIN,
    /** Makes and changes prompts, evaluations and policies. */
    DEVELOPER,
    /** Reads only. */
    VIEWER
}
