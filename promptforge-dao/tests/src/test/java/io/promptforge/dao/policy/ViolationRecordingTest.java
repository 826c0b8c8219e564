package io.promptforge.dao.policy;

import static io.promptforge.dao.TestTenant.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.FieldException;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.json.Json;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.schema.type.PolicyType;
import io.promptforge.schema.type.Severity;
import io.promptforge.schema.type.ViolationStatus;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Recorded and refused violations. */
class ViolationRecordingTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final ViolationRepository violations = fixture.tenant().violations();
    private final PolicyRepository policies = fixture.tenant().policies();
    private final UUID project = fixture.project().id();
    private final Policy policy = policies.create(NewPolicy.of(project, "Cost Limit", PolicyType.COST)
            .severity(Severity.HIGH)
            .threshold(new BigDecimal("0.5")));

    @Test
    void allGivenValuesAreStored() {
        UUID trace = fixture.trace(project);

        Violation recorded = record(overBudget()
                .policyVersion(1)
                .traceId(trace)
                .severity(Severity.CRITICAL)
                .detectedValue(new BigDecimal("999999999999999.123456789012"))
                .thresholdValue(new BigDecimal("-0.000000000001"))
                .confidence(new BigDecimal("0.999501"))
                .metadata(Json.parse("{\"b\":[1,null,\"ü😀\"]}")));

        assertThat(recorded.projectId()).isEqualTo(project);
        assertThat(recorded.policyId()).isEqualTo(policy.id());
        assertThat(recorded.policyVersion()).isEqualTo(1);
        assertThat(recorded.traceId()).contains(trace);
        assertThat(recorded.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(recorded.violationType()).isEqualTo("over_budget");
        assertThat(recorded.detectedValue()).contains(new BigDecimal("999999999999999.123456789012"));
        assertThat(recorded.thresholdValue()).contains(new BigDecimal("-0.000000000001"));
        assertThat(recorded.confidence()).contains(new BigDecimal("0.999501"));
        assertThat(recorded.message()).isEqualTo("Too expensive");
        assertThat(recorded.metadata()).isEqualTo(Json.parse("{\"b\":[1,null,\"ü😀\"]}"));
        assertThat(recorded.status()).isEqualTo(ViolationStatus.OPEN);
        assertThat(recorded.detectedAt()).isEqualTo(NOON);
        assertThat(recorded.acknowledged()).isEmpty();
        assertThat(recorded.resolved()).isEmpty();
        assertThat(recorded.resolutionNotes()).isEmpty();
        assertThat(recorded.reopened()).isEmpty();
        assertThat(violations.find(recorded.id())).contains(recorded);
    }

    @Test
    void measuredValuesAreRoundedHalfUpInsteadOfRefusedForTheNoiseOfADouble() {
        Violation recorded = record(overBudget()
                .detectedValue(BigDecimal.valueOf(0.1 + 0.2))
                .thresholdValue(BigDecimal.valueOf(1.0 / 3))
                .confidence(new BigDecimal("1.0000000000000002")));

        assertThat(recorded.detectedValue()).contains(new BigDecimal("0.3"));
        assertThat(recorded.thresholdValue()).contains(new BigDecimal("0.333333333333"));
        assertThat(recorded.confidence()).contains(BigDecimal.ONE);
    }

    @Test
    void aViolationThatIsRecordedTwiceWithOneKeyIsOne() {
        Policy other = fixture.policy(project);
        NewViolation keyed = overBudget().externalKey("run-1/finding-7");
        Violation first = record(keyed);
        Violation acknowledged =
                violations.acknowledge(first.id(), fixture.user().id(), NOON);

        List<Violation> again = violations.record(List.of(
                keyed,
                NewViolation.of(other.id(), "t", "of another policy", NOON).externalKey("run-1/finding-7"),
                overBudget().externalKey("new"),
                overBudget().externalKey("new"),
                overBudget()));

        assertThat(first.externalKey()).contains("run-1/finding-7");
        assertThat(again).hasSize(5);
        assertThat(again.get(0)).isEqualTo(acknowledged);
        assertThat(again.get(2)).isEqualTo(again.get(3));
        assertThat(again.stream().map(Violation::id).distinct()).hasSize(4);
        assertThat(violations.count(ViolationFilter.all())).isEqualTo(4);
        assertThat(violations.record(List.of(keyed, overBudget().externalKey("new"))))
                .extracting(Violation::id)
                .containsExactly(first.id(), again.get(2).id());
    }

    @Test
    void aBatchWithAMissingPolicyIsRefusedAlsoIfItsOtherViolationsAreStored() {
        NewViolation keyed = overBudget().externalKey("k");
        record(keyed);

        assertThatThrownBy(() -> violations.record(List.of(
                        keyed,
                        NewViolation.of(UUID.randomUUID(), "t", "m", NOON).externalKey("k"))))
                .isInstanceOfSatisfying(InvalidReferenceException.class, e -> assertThat(e.path())
                        .hasValue("violations[1]"));
    }

    @Test
    void unsetFieldsAreTakenFromThePolicy() {
        Violation recorded = record(overBudget());

        assertThat(recorded.projectId()).isEqualTo(project);
        assertThat(recorded.policyVersion()).isEqualTo(1);
        assertThat(recorded.severity()).isEqualTo(Severity.HIGH);
        assertThat(recorded.thresholdValue()).contains(new BigDecimal("0.5"));
        assertThat(recorded.metadata()).isEqualTo(Json.emptyObject());
        assertThat(recorded.traceId()).isEmpty();
        assertThat(recorded.detectedValue()).isEmpty();
        assertThat(recorded.confidence()).isEmpty();
    }

    @Test
    void theThresholdOfAViolationEqualsThatOfItsPolicyAlsoWithTrailingZeros() {
        Policy changed = policies.update(policy.id(), PolicyChanges.none().threshold(new BigDecimal("0.70")));

        assertThat(record(overBudget()).thresholdValue()).isEqualTo(changed.threshold());
    }

    @Test
    void aViolationKeepsTheVersionThatWasBroken() {
        Violation before = record(overBudget());
        policies.update(policy.id(), PolicyChanges.none().threshold(BigDecimal.ONE));
        Violation after = record(overBudget());
        Violation late = record(overBudget().policyVersion(1));

        assertThat(violations.find(before.id())).contains(before);
        assertThat(before.policyVersion()).isEqualTo(1);
        assertThat(after.policyVersion()).isEqualTo(2);
        assertThat(after.thresholdValue()).contains(BigDecimal.ONE);
        assertThat(late.policyVersion()).isEqualTo(1);
        assertThat(late.thresholdValue())
                .as("the threshold of version 1 is not stored any more")
                .isEmpty();
    }

    @Test
    void aBatchIsReturnedInTheGivenOrder() {
        Policy other = fixture.policy(fixture.project().id());
        UUID trace = fixture.trace(project);
        List<NewViolation> batch = IntStream.range(0, 1_000)
                .mapToObj(n -> NewViolation.of(n % 3 == 0 ? other.id() : policy.id(), "t", "violation " + n, NOON)
                        .traceId(n % 2 == 0 ? trace : null))
                .toList();

        List<Violation> recorded = violations.record(batch);

        assertThat(recorded)
                .extracting(Violation::message)
                .containsExactlyElementsOf(IntStream.range(0, 1_000)
                        .mapToObj(n -> "violation " + n)
                        .toList());
        assertThat(recorded).allSatisfy(each -> assertThat(each.projectId())
                .isEqualTo(each.policyId().equals(other.id()) ? other.projectId() : project));
        assertThat(violations.summary(ViolationFilter.all()).total()).isEqualTo(1_000);
    }

    @Test
    void anEmptyBatchIsAccepted() {
        assertThat(violations.record(List.of())).isEmpty();
    }

    @Test
    void aMissingPolicyIsNamedAndNothingIsStored() {
        TestTenant other = DATABASE.newTenant();
        UUID theirs = other.policy(other.project().id()).id();
        for (UUID absent : List.of(UUID.randomUUID(), theirs)) {
            assertThatThrownBy(() -> violations.record(List.of(overBudget(), NewViolation.of(absent, "t", "m", NOON))))
                    .isInstanceOfSatisfying(InvalidReferenceException.class, e -> assertThat(e.field())
                            .isEqualTo("policy_id"))
                    .hasMessageContaining(absent.toString());
        }

        assertNothingIsStored();
        assertThat(other.tenant().violations().summary(ViolationFilter.all()).total())
                .isZero();
    }

    @Test
    void aMissingTraceIsNamedAndNothingIsStored() {
        TestTenant other = DATABASE.newTenant();
        UUID theirs = other.trace(other.project().id());
        for (UUID absent : List.of(UUID.randomUUID(), theirs)) {
            assertThatThrownBy(() ->
                            violations.record(List.of(overBudget(), overBudget().traceId(absent))))
                    .isInstanceOfSatisfying(InvalidReferenceException.class, e -> assertThat(e.field())
                            .isEqualTo("trace_id"));
        }

        assertNothingIsStored();
    }

    @Test
    void aFutureVersionIsRefusedAndNothingIsStored() {
        refuses("policy_version", () -> overBudget().policyVersion(2));
        refuses("policy_version", () -> overBudget().policyVersion(0));
        refuses("policy_version", () -> overBudget().policyVersion(Integer.MIN_VALUE));
    }

    @Test
    @SuppressWarnings("NullAway")
    void anInvalidValueIsRefusedByFieldAndNothingIsStored() {
        refuses("violation_type", () -> NewViolation.of(policy.id(), "x".repeat(101), "m", NOON));
        refuses("violation_type", () -> NewViolation.of(policy.id(), " ", "m", NOON));
        refuses("message", () -> NewViolation.of(policy.id(), "t", "x".repeat(4_001), NOON));
        refuses("message", () -> NewViolation.of(policy.id(), "t", "NUL \0", NOON));
        refuses("detected_at", () -> NewViolation.of(policy.id(), "t", "m", Instant.MAX));
        refuses("detected_value", () -> overBudget().detectedValue(new BigDecimal("1e15")));
        refuses("detected_value", () -> overBudget().detectedValue(new BigDecimal("1e200000")));
        refuses("threshold_value", () -> overBudget().thresholdValue(new BigDecimal("-1e15")));
        refuses("threshold_value", () -> overBudget().thresholdValue(new BigDecimal("1e-200000")));
        refuses("confidence", () -> overBudget().confidence(new BigDecimal("-0.000001")));
        refuses("confidence", () -> overBudget().confidence(new BigDecimal("1.000001")));
        refuses("confidence", () -> overBudget().confidence(new BigDecimal("1e200000")));
        refuses("metadata", () -> overBudget().metadata(Json.parse("[]")));
        refuses("metadata", () -> overBudget().metadata(tooLarge()));
    }

    @Test
    @SuppressWarnings("NullAway")
    void nullIsRefusedByField() {
        refuses("policy_id", () -> NewViolation.of(null, "t", "m", NOON));
        refuses("violation_type", () -> NewViolation.of(policy.id(), null, "m", NOON));
        refuses("message", () -> NewViolation.of(policy.id(), "t", null, NOON));
        refuses("detected_at", () -> NewViolation.of(policy.id(), "t", "m", null));
        refuses("metadata", () -> overBudget().metadata(null));
        blames("violations", () -> violations.record(null));
        blames("violations", () -> violations.record(Arrays.asList(overBudget(), null)));
        blames("id", () -> violations.find(null));
        blames("filter", () -> violations.list(null, ViolationOrder.NEWEST_FIRST, PageRequest.first()));
        blames("order", () -> violations.list(ViolationFilter.all(), null, PageRequest.first()));
        blames("page", () -> violations.list(ViolationFilter.all(), ViolationOrder.NEWEST_FIRST, null));
        blames("filter", () -> violations.summary(null));
    }

    @Test
    void aRefusedBatchLeavesTheTransactionUsable() {
        UUID later = fixture.tenant().transaction(tx -> {
            for (NewViolation refused : List.of(
                    overBudget().traceId(UUID.randomUUID()), overBudget().policyVersion(7))) {
                assertThatThrownBy(() -> tx.violations().record(List.of(overBudget(), refused)))
                        .isInstanceOf(FieldException.class);
            }
            return tx.violations().record(List.of(overBudget())).get(0).id();
        });

        assertThat(violations
                        .list(ViolationFilter.all(), ViolationOrder.OLDEST_FIRST, PageRequest.first())
                        .items())
                .extracting(Violation::id)
                .containsExactly(later);
    }

    @Test
    void anotherTenantDoesNotFindAViolation() {
        Violation recorded = record(overBudget());

        assertThat(DATABASE.newTenant().tenant().violations().find(recorded.id()))
                .isEmpty();
        assertThat(violations.find(UUID.randomUUID())).isEmpty();
    }

    private NewViolation overBudget() {
        return NewViolation.of(policy.id(), "over_budget", "Too expensive", NOON);
    }

    private Violation record(NewViolation violation) {
        return violations.record(List.of(violation)).get(0);
    }

    /** Records it together with a valid one, which must not be stored either. */
    private void refuses(String field, Supplier<NewViolation> violation) {
        blames(field, () -> violations.record(List.of(overBudget(), violation.get())));
        assertNothingIsStored();
    }

    private void assertNothingIsStored() {
        assertThat(violations.summary(ViolationFilter.all()).total()).isZero();
    }

    private static void blames(String field, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(InvalidValueException.class, e -> assertThat(e.field())
                .isEqualTo(field));
    }

    /** Random enough not to be compressed below the limit. */
    private static Json tooLarge() {
        List<String> ids = new ArrayList<>(Collections.nCopies(10_000, ""));
        ids.replaceAll(each -> UUID.randomUUID().toString());
        return Json.of(Collections.singletonMap("ids", ids));
    }
}
