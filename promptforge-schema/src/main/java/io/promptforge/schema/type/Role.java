package io.promptforge.schema.type;

/** The permissions of a user, stored in {@code users.role}. */
public enum Role {
    /** May do everything, including managing users and settings. */
    ADMIN,
    /** May create and change prompts, evaluations and policies. */
    DEVELOPER,
    /** May only read. */
    VIEWER
}
