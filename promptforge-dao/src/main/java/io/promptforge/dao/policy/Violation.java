package io.promptforge.dao.policy;

import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.Severity;
import io.promptforge.schema.type.ViolationStatus;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A call that broke a policy, and what people made of it.
 *
 * @param id its key
 * @param projectId the project of the policy
 * @param policyId the policy that was broken
 * @param policyVersion which version of the policy was broken
 * @param traceId the trace of the call; empty when none was named or it was deleted
 * @param severity how bad it is
 * @param violationType what was found, such as {@code email_address}
 * @param detectedValue the measured value, in the unit of the policy
 * @param thresholdValue the threshold it was held against, in the unit of the policy
 * @param confidence how sure the detector is, 0 to 100 percent
 * @param message what happened, in a sentence for people
 * @param metadata a JSON object of details
 * @param status where it stands
 * @param detectedAt when the call broke the policy
 * @param acknowledged who took it on, and when
 * @param resolved who resolved it or marked it as a false positive, and when
 * @param resolutionNotes how it was resolved, or why it is none
 * @param reopened who last opened it again, and when; stays when it is resolved anew
 * @param createdAt when it was recorded
 * @param updatedAt when it was last changed
 */
public record Violation(
        UUID id,
        UUID projectId,
        UUID policyId,
        int policyVersion,
        Optional<UUID> traceId,
        Severity severity,
        String violationType,
        Optional<BigDecimal> detectedValue,
        Optional<BigDecimal> thresholdValue,
        Optional<BigDecimal> confidence,
        String message,
        Json metadata,
        ViolationStatus status,
        Instant detectedAt,
        Optional<Handling> acknowledged,
        Optional<Handling> resolved,
        Optional<String> resolutionNotes,
        Optional<Handling> reopened,
        Instant createdAt,
        Instant updatedAt) {}
