package io.promptforge.schema.type;

/** The permissions of a user in the organization ({@code users.role}) or in one project ({@code project_memberships.role}). */
public enum Role {
    /** May do everything: also manage users, keys, providers and their secrets, set prices, and enforce policies. */
    ADMIN,
    /** May create and change projects, prompts, evaluations, traces, models, and policies that are not enforced. */
    DEVELOPER,
    /** May only read. */
    VIEWER
}
