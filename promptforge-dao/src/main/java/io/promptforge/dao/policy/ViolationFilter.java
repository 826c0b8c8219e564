package io.promptforge.dao.policy;

import io.promptforge.dao.internal.check.Check;
import io.promptforge.schema.type.Severity;
import io.promptforge.schema.type.ViolationStatus;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Which violations are listed or counted: those that meet everything that is named. Immutable.
 *
 * @param projectId those of policies of this project
 * @param policyId those of this policy, of any version
 * @param severities those of one of these severities; of any severity where it is empty
 * @param statuses those in one of these statuses; in any status where it is empty
 * @param traceId those of the call with this trace
 * @param detectedFrom those detected at this moment or later
 * @param detectedBefore those detected before this moment
 * @param text those whose message contains this, in any letter case
 */
public record ViolationFilter(
        Optional<UUID> projectId,
        Optional<UUID> policyId,
        List<Severity> severities,
        List<ViolationStatus> statuses,
        Optional<UUID> traceId,
        Optional<Instant> detectedFrom,
        Optional<Instant> detectedBefore,
        Optional<String> text) {
    private static final ViolationFilter ALL = new ViolationFilter(
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** Checks the values; the order of severities and statuses, and how often one is named, mean nothing. */
    public ViolationFilter {
        Check.present("project_id", projectId);
        Check.present("policy_id", policyId);
        severities = Choice.of("severity", severities);
        statuses = Choice.of("status", statuses);
        Check.present("trace_id", traceId);
        detectedFrom = Check.present("detected_from", detectedFrom).map(at -> Check.instant("detected_from", at));
        detectedBefore =
                Check.present("detected_before", detectedBefore).map(at -> Check.instant("detected_before", at));
        Check.present("text", text).ifPresent(value -> Check.optionalText("text", value));
    }

    /** All violations of the tenant. */
    public static ViolationFilter all() {
        return ALL;
    }

    /** All violations in a project. */
    public static ViolationFilter inProject(UUID projectId) {
        return new ViolationFilter(
                Optional.of(Check.present("project_id", projectId)),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Of these, those of a policy. */
    public ViolationFilter withPolicy(UUID id) {
        return new ViolationFilter(
                projectId,
                Optional.of(Check.present("policy_id", id)),
                severities,
                statuses,
                traceId,
                detectedFrom,
                detectedBefore,
                text);
    }

    /** Of these, those of one of the severities; none named is any. */
    public ViolationFilter withSeverity(Severity... any) {
        return new ViolationFilter(
                projectId,
                policyId,
                Arrays.asList(Check.present("severity", any)),
                statuses,
                traceId,
                detectedFrom,
                detectedBefore,
                text);
    }

    /** Of these, those in one of the statuses; none named is any. */
    public ViolationFilter withStatus(ViolationStatus... any) {
        return new ViolationFilter(
                projectId,
                policyId,
                severities,
                Arrays.asList(Check.present("status", any)),
                traceId,
                detectedFrom,
                detectedBefore,
                text);
    }

    /** Of these, those of the call with this trace. */
    public ViolationFilter withTrace(UUID id) {
        return new ViolationFilter(
                projectId,
                policyId,
                severities,
                statuses,
                Optional.of(Check.present("trace_id", id)),
                detectedFrom,
                detectedBefore,
                text);
    }

    /** Of these, those detected at this moment or later. */
    public ViolationFilter withDetectedFrom(Instant earliest) {
        return new ViolationFilter(
                projectId,
                policyId,
                severities,
                statuses,
                traceId,
                Optional.of(Check.present("detected_from", earliest)),
                detectedBefore,
                text);
    }

    /** Of these, those detected before this moment. */
    public ViolationFilter withDetectedBefore(Instant end) {
        return new ViolationFilter(
                projectId,
                policyId,
                severities,
                statuses,
                traceId,
                detectedFrom,
                Optional.of(Check.present("detected_before", end)),
                text);
    }

    /** Of these, those whose message contains the text, in any letter case. */
    public ViolationFilter withText(String part) {
        return new ViolationFilter(
                projectId,
                policyId,
                severities,
                statuses,
                traceId,
                detectedFrom,
                detectedBefore,
                Optional.of(Check.present("text", part)));
    }
}
