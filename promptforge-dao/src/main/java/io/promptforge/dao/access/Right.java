package io.promptforge.dao.access;

import io.promptforge.schema.type.Role;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What may be done in an organization. A role has the rights of the roles below it, too. */
public enum Right {
    /** Read everything but the secrets of providers and the audit log. */
    READ(Role.VIEWER),

    /** Record traces and their spans. */
    RECORD_TRACES(Role.DEVELOPER),
    /** Correct, redact and delete recorded traces. */
    EDIT_TRACES(Role.DEVELOPER),
    /** Create, edit and delete projects. */
    EDIT_PROJECTS(Role.DEVELOPER),
    /** Create, edit, redact and delete prompts, and commit versions. */
    EDIT_PROMPTS(Role.DEVELOPER),
    /** Decide which version of a prompt applications get. */
    DEPLOY_PROMPTS(Role.DEVELOPER),
    /** Run evaluations, edit and delete them, and record results. */
    RUN_EVALUATIONS(Role.DEVELOPER),
    /** Create, edit and delete evaluators. */
    EDIT_EVALUATORS(Role.DEVELOPER),
    /** Create, edit and delete models, but not their prices. */
    EDIT_MODELS(Role.DEVELOPER),
    /** Create, edit and delete policies that are not enforced. */
    EDIT_POLICIES(Role.DEVELOPER),
    /** Record violations of policies. */
    RECORD_VIOLATIONS(Role.DEVELOPER),
    /** Acknowledge, resolve and reopen violations. */
    HANDLE_VIOLATIONS(Role.DEVELOPER),

    /** Enforce policies, and edit and delete those that are enforced. */
    ENFORCE_POLICIES(Role.ADMIN),
    /** Set prices, and calculate stored costs again. */
    SET_PRICES(Role.ADMIN),
    /** Create and edit providers of models, whose address decides where their secrets are sent, and write the secrets. */
    MANAGE_PROVIDERS(Role.ADMIN),
    /** Read the secrets of providers. */
    READ_SECRETS(Role.ADMIN),
    /** Create and edit users, their passwords, and their roles in projects. */
    MANAGE_USERS(Role.ADMIN),
    /** Create, rotate and revoke the keys of services; no key has this right. */
    MANAGE_API_KEYS(Role.ADMIN),
    /** Read the audit log, which has values of what the reader has no right to. */
    READ_AUDIT_LOG(Role.ADMIN),
    /** Edit the organization. */
    MANAGE_ORGANIZATION(Role.ADMIN);

    private final Role lowest;

    Right(Role lowest) {
        this.lowest = lowest;
    }

    /** The lowest role that has this right. */
    public Role lowest() {
        return lowest;
    }

    /** The rights of a role. Unmodifiable. */
    public static Set<Right> of(Role role) {
        EnumSet<Right> rights = EnumSet.noneOf(Right.class);
        // the roles are declared from the highest to the lowest
        Arrays.stream(values())
                .filter(right -> role.compareTo(right.lowest) <= 0)
                .forEach(rights::add);
        return Collections.unmodifiableSet(rights);
    }

    /** The right in words, such as {@code edit prompts}. */
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
