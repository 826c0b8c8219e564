package io.promptforge.dao.policy;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.Severity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A violation to be recorded. Only {@code policyId}, {@code violationType}, {@code message}, {@code detectedAt} and
 * {@code metadata} are never null.
 *
 * @param policyId the policy that was broken
 * @param violationType what was found, such as {@code email_address}, 1 to 100 characters
 * @param message what happened, in a sentence for people, 1 to 4,000 characters
 * @param detectedAt when the call broke the policy, stored in microseconds
 * @param policyVersion which version of the policy was broken, 1 to its present one, which null stands for
 * @param traceId the trace of the call
 * @param severity how bad it is; null for the present severity of the policy
 * @param detectedValue the measured value, in the unit of the policy, at most 12 decimals
 * @param thresholdValue the threshold it was held against, in the unit of the policy, at most 12 decimals; null for the
 *     policy's own where its present version was broken, and for an unknown one where it was an earlier version
 * @param confidence how sure the detector is, 0 to 100 percent, stored with 2 decimals
 * @param metadata a JSON object of details, at most 256 KiB
 */
public record NewViolation(
        UUID policyId,
        String violationType,
        String message,
        Instant detectedAt,
        @Nullable Integer policyVersion,
        @Nullable UUID traceId,
        @Nullable Severity severity,
        @Nullable BigDecimal detectedValue,
        @Nullable BigDecimal thresholdValue,
        @Nullable BigDecimal confidence,
        Json metadata) {
    private static final BigDecimal CERTAIN = BigDecimal.valueOf(100);

    /** Checks what the database would not name. */
    public NewViolation {
        Check.present("policy_id", policyId);
        Check.text("violation_type", violationType);
        Check.text("message", message);
        detectedAt = Check.instant("detected_at", detectedAt);
        Check.optionalNumber("detected_value", detectedValue);
        Check.optionalNumber("threshold_value", thresholdValue);
        Check.optionalNumber("confidence", confidence);
        if (confidence != null && (confidence.signum() < 0 || confidence.compareTo(CERTAIN) > 0)) {
            throw new InvalidValueException("confidence", "The field confidence must lie between 0 and 100.", null);
        }
        Check.document("metadata", metadata);
    }

    /** A builder of a violation of the present version of a policy. */
    public static Builder builder(UUID policyId, String violationType, String message, Instant detectedAt) {
        return new Builder(policyId, violationType, message, detectedAt);
    }

    /** Collects what is known of a violation. For one thread. */
    public static final class Builder {
        private final UUID policyId;
        private final String violationType;
        private final String message;
        private final Instant detectedAt;
        private @Nullable Integer policyVersion;
        private @Nullable UUID traceId;
        private @Nullable Severity severity;
        private @Nullable BigDecimal detectedValue;
        private @Nullable BigDecimal thresholdValue;
        private @Nullable BigDecimal confidence;
        private Json metadata = Json.emptyObject();

        private Builder(UUID policyId, String violationType, String message, Instant detectedAt) {
            this.policyId = policyId;
            this.violationType = violationType;
            this.message = message;
            this.detectedAt = detectedAt;
        }

        /** The version of the policy that the call was checked against, 1 or more. */
        public Builder policyVersion(int number) {
            policyVersion = number;
            return this;
        }

        /** The trace of the call. */
        public Builder traceId(@Nullable UUID id) {
            traceId = id;
            return this;
        }

        /** How bad it is, where that is not for the policy to say. */
        public Builder severity(@Nullable Severity value) {
            severity = value;
            return this;
        }

        /** The measured value, in the unit of the policy. */
        public Builder detectedValue(@Nullable BigDecimal value) {
            detectedValue = value;
            return this;
        }

        /** The threshold it was held against, where that is not the policy's. */
        public Builder thresholdValue(@Nullable BigDecimal value) {
            thresholdValue = value;
            return this;
        }

        /** How sure the detector is, 0 to 100 percent. */
        public Builder confidence(@Nullable BigDecimal percent) {
            confidence = percent;
            return this;
        }

        /** Details: a JSON object. */
        public Builder metadata(Json object) {
            metadata = object;
            return this;
        }

        /** The violation. */
        public NewViolation build() {
            return new NewViolation(
                    policyId,
                    violationType,
                    message,
                    detectedAt,
                    policyVersion,
                    traceId,
                    severity,
                    detectedValue,
                    thresholdValue,
                    confidence,
                    metadata);
        }
    }
}
