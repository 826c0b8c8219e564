package io.promptforge.dao.policy;

import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.Severity;
import io.promptforge.schema.type.ViolationStatus;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A call that broke a policy, and how users handled it.
 *
 * @param id its key
 * @param projectId the project of the policy
 * @param policyId the policy that was broken
 * @param policyVersion which version of the policy was broken
 * @param externalKey the key of the finding in the system that detected it
 * @param traceId the trace of the call; empty if none was given or it was deleted
 * @param severity its severity
 * @param violationType what was found, such as {@code email_address}
 * @param detectedValue the measured value, in the unit of {@link Policy#threshold()}
 * @param thresholdValue the threshold that it was compared with, in the unit of {@link Policy#threshold()}
 * @param confidence confidence of the detector, 0 (none) to 1 (certain)
 * @param message what happened, in a sentence for people
 * @param metadata a JSON object of details
 * @param status its status
 * @param detectedAt when the call broke the policy
 * @param acknowledged who acknowledged it, and when
 * @param resolved who resolved it or marked it as a false positive, and when
 * @param resolutionNotes how it was resolved, or why it is a false positive
 * @param reopened who last reopened it, and when; kept when it is resolved again
 * @param createdAt when it was recorded
 * @param updatedAt when it was last changed
 */
public record Violation(
        UUID id,
        UUID projectId,
        UUID policyId,
        int policyVersion,
        Optional<String> externalKey,
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
