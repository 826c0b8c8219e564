package io.promptforge.dao.policy;

import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.Severity;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A violation to be recorded. Immutable and thread-safe; null for an optional field means that it has no value, unless its method says
 * otherwise. A value that is not accepted is refused with an {@link io.promptforge.dao.error.InvalidValueException} by the method
 * that sets it, or by the database.
 */
public final class NewViolation extends Input<NewViolation> {
    private final ViolationFields fields;

    private NewViolation(ViolationFields fields) {
        super(fields);
        this.fields = fields;
    }

    /**
     * A violation of the present version of a policy.
     *
     * @param policyId the policy that was broken
     * @param violationType what was found, such as {@code email_address}, 1 to 100 characters
     * @param message what happened, in a sentence for people, 1 to 4,000 characters
     * @param detectedAt when the call broke the policy, stored in microseconds
     */
    public static NewViolation of(UUID policyId, String violationType, String message, Instant detectedAt) {
        return new NewViolation(new ViolationFields(
                Check.present("policy_id", policyId),
                Check.text("violation_type", violationType),
                Check.text("message", message),
                Check.instant("detected_at", detectedAt)));
    }

    /** Sets the version of the policy that was broken, 1 to its present one; null, the default, for the present one. */
    public NewViolation policyVersion(@Nullable Integer number) {
        return with(it -> it.policyVersion = number);
    }

    /**
     * Sets the key of the finding in the system that detected it, unique for the policy, 1 to 200 characters: recorded again with it,
     * the violation is one, and stays as it is. Null, the default, for a violation of its own.
     */
    public NewViolation externalKey(@Nullable String key) {
        String text = Check.optionalText("external_key", key);
        return with(it -> it.externalKey = text);
    }

    /** Sets the trace of the call. */
    public NewViolation traceId(@Nullable UUID trace) {
        return with(it -> it.traceId = trace);
    }

    /** Sets the severity; null, the default, for the present severity of the policy. */
    public NewViolation severity(@Nullable Severity severity) {
        return with(it -> it.severity = severity);
    }

    /** Sets the measured value, in the unit of {@link Policy#threshold()}, rounded half up to 12 decimals. */
    public NewViolation detectedValue(@Nullable BigDecimal value) {
        BigDecimal number = Check.optionalRounded("detected_value", value, Policy.DECIMALS);
        return with(it -> it.detectedValue = number);
    }

    /**
     * Sets the threshold that the measured value was compared with, in the unit of {@link Policy#threshold()}, rounded half up
     * to 12 decimals; null, the default, for the policy's threshold if its present version was broken, and for an unknown one otherwise.
     */
    public NewViolation thresholdValue(@Nullable BigDecimal value) {
        BigDecimal number = Check.optionalRounded("threshold_value", value, Policy.DECIMALS);
        return with(it -> it.thresholdValue = number);
    }

    /** Sets the confidence of the detector, 0 (none) to 1 (certain), rounded half up to 6 decimals. */
    public NewViolation confidence(@Nullable BigDecimal value) {
        BigDecimal number = Check.optionalRounded("confidence", value, 6, BigDecimal.ZERO, BigDecimal.ONE);
        return with(it -> it.confidence = number);
    }

    /** Sets details, a JSON object of at most 256 KiB. */
    public NewViolation metadata(Json object) {
        Json document = Check.present("metadata", object);
        return with(it -> it.metadata = document);
    }

    private NewViolation with(Consumer<ViolationFields> change) {
        ViolationFields changed = fields.copy();
        change.accept(changed);
        return new NewViolation(changed);
    }

    ViolationFields fields() {
        return fields;
    }

    /** The policy, without content. */
    @Override
    public String toString() {
        return "NewViolation[policy " + fields.policyId + "]";
    }
}
