package io.promptforge.dao.policy;

import io.promptforge.dao.internal.check.Check;
import io.promptforge.schema.type.PolicyType;
import io.promptforge.schema.type.Severity;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Which policies are listed: those that meet everything that is named. Immutable.
 *
 * @param projectId those of this project
 * @param types those of one of these types; of any type where it is empty
 * @param severities those of one of these severities; of any severity where it is empty
 * @param active those that are active, or those that are not
 * @param enforced those that are enforced, or those that are not
 * @param text those whose name or description contains this, in any letter case
 */
public record PolicyFilter(
        Optional<UUID> projectId,
        List<PolicyType> types,
        List<Severity> severities,
        Optional<Boolean> active,
        Optional<Boolean> enforced,
        Optional<String> text) {
    private static final PolicyFilter ALL = new PolicyFilter(
            Optional.empty(), List.of(), List.of(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Checks the values; the order of types and severities, and how often one is named, mean nothing. */
    public PolicyFilter {
        Check.present("project_id", projectId);
        types = Choice.of("type", types);
        severities = Choice.of("severity", severities);
        Check.present("active", active);
        Check.present("enforced", enforced);
        Check.present("text", text).ifPresent(value -> Check.optionalText("text", value));
    }

    /** All policies of the tenant. */
    public static PolicyFilter all() {
        return ALL;
    }

    /** All policies of a project. */
    public static PolicyFilter inProject(UUID projectId) {
        return new PolicyFilter(
                Optional.of(Check.present("project_id", projectId)),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Of these, those of one of the types; none named is any. */
    public PolicyFilter withType(PolicyType... any) {
        return new PolicyFilter(
                projectId, Arrays.asList(Check.present("type", any)), severities, active, enforced, text);
    }

    /** Of these, those of one of the severities; none named is any. */
    public PolicyFilter withSeverity(Severity... any) {
        return new PolicyFilter(
                projectId, types, Arrays.asList(Check.present("severity", any)), active, enforced, text);
    }

    /** Of these, those that are active, or those that are not. */
    public PolicyFilter withActive(boolean value) {
        return new PolicyFilter(projectId, types, severities, Optional.of(value), enforced, text);
    }

    /** Of these, those that are enforced, or those that are not. */
    public PolicyFilter withEnforced(boolean value) {
        return new PolicyFilter(projectId, types, severities, active, Optional.of(value), text);
    }

    /** Of these, those whose name or description contains the text, in any letter case. */
    public PolicyFilter withText(String part) {
        return new PolicyFilter(
                projectId, types, severities, active, enforced, Optional.of(Check.present("text", part)));
    }
}
