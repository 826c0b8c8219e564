package io.promptforge.dao.policy;

import io.promptforge.dao.internal.query.NamedValues;
import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.Severity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The fields of a {@link NewViolation}, which changes only copies that it has not given away yet. */
final class ViolationFields implements Cloneable, NamedValues {
    final UUID policyId;
    final String violationType;
    final String message;
    final Instant detectedAt;

    @Nullable Integer policyVersion;

    @Nullable String externalKey;

    @Nullable UUID traceId;

    @Nullable Severity severity;

    @Nullable BigDecimal detectedValue;

    @Nullable BigDecimal thresholdValue;

    @Nullable BigDecimal confidence;

    Json metadata = Json.emptyObject();

    ViolationFields(UUID policyId, String violationType, String message, Instant detectedAt) {
        this.policyId = policyId;
        this.violationType = violationType;
        this.message = message;
        this.detectedAt = detectedAt;
    }

    ViolationFields copy() {
        try {
            return (ViolationFields) clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What decides whose project it is in. */
    @Override
    public @Nullable Object value(String field) {
        return field.equals("policy_id") ? policyId : null;
    }

    private List<@Nullable Object> values() {
        return Arrays.asList(
                policyId,
                violationType,
                message,
                detectedAt,
                policyVersion,
                externalKey,
                traceId,
                severity,
                detectedValue,
                thresholdValue,
                confidence,
                metadata);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ViolationFields same && values().equals(same.values());
    }

    @Override
    public int hashCode() {
        return values().hashCode();
    }
}
