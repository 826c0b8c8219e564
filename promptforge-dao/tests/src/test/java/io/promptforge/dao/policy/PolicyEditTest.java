package io.promptforge.dao.policy;

import static io.promptforge.dao.TestTenant.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.AlreadyExistsException;
import io.promptforge.dao.error.ConflictException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.PolicyAction;
import io.promptforge.schema.type.PolicyType;
import io.promptforge.schema.type.Severity;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Edits and deletion of policies. */
class PolicyEditTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final PolicyRepository policies = fixture.tenant().policies();
    private final UUID project = fixture.project().id();
    private final Policy policy = policies.create(NewPolicy.of(project, "Cost Limit", PolicyType.COST)
            .description("Not too expensive")
            .threshold(new BigDecimal("0.5")));
    private final UUID id = policy.id();

    @Test
    void anEditChangesOnlyTheFieldsThatItSets() {
        Policy changed = policies.update(
                id,
                PolicyChanges.none()
                        .name("Latency Limit")
                        .type(PolicyType.LATENCY)
                        .rules(Json.parse("{\"per\":\"call\"}"))
                        .severity(Severity.CRITICAL)
                        .action(PolicyAction.BLOCK)
                        .active(false)
                        .enforced(true));

        assertThat(changed.name()).isEqualTo("Latency Limit");
        assertThat(changed.type()).isEqualTo(PolicyType.LATENCY);
        assertThat(changed.rules()).isEqualTo(Json.parse("{\"per\":\"call\"}"));
        assertThat(changed.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(changed.action()).isEqualTo(PolicyAction.BLOCK);
        assertThat(changed.active()).isFalse();
        assertThat(changed.enforced()).isTrue();
        assertThat(changed.description()).contains("Not too expensive");
        assertThat(changed.threshold()).contains(new BigDecimal("0.5"));
        assertThat(changed.updatedAt()).isAfter(policy.updatedAt());
        assertThat(policies.find(id)).contains(changed);
    }

    @Test
    void nullClearsDescriptionAndThreshold() {
        Policy changed =
                policies.update(id, PolicyChanges.none().description(null).threshold(null));

        assertThat(changed.description()).isEmpty();
        assertThat(changed.threshold()).isEmpty();
    }

    @Test
    void anEmptyEditReturnsThePolicyUnchanged() {
        assertThat(policies.update(id, PolicyChanges.none())).isEqualTo(policy);
    }

    @Test
    void aChangeOfTypeRulesOrThresholdMakesANewVersion() {
        assertThat(version(PolicyChanges.none().type(PolicyType.LATENCY))).isEqualTo(2);
        assertThat(version(PolicyChanges.none().rules(Json.parse("{\"a\":1}")))).isEqualTo(3);
        assertThat(version(PolicyChanges.none().threshold(BigDecimal.TEN))).isEqualTo(4);
        assertThat(version(PolicyChanges.none().threshold(null))).isEqualTo(5);
        assertThat(version(PolicyChanges.none()
                        .type(PolicyType.PII)
                        .rules(Json.emptyObject())
                        .threshold(BigDecimal.ONE)))
                .as("one edit, one version")
                .isEqualTo(6);
    }

    @Test
    void anEditOfOtherFieldsMakesNoNewVersion() {
        assertThat(version(PolicyChanges.none().name("Other").description("Other")))
                .isEqualTo(1);
        assertThat(version(PolicyChanges.none().severity(Severity.LOW).action(PolicyAction.ALERT)))
                .isEqualTo(1);
        assertThat(version(PolicyChanges.none().active(false).enforced(true))).isEqualTo(1);
        assertThat(version(PolicyChanges.none()
                        .type(PolicyType.COST)
                        .rules(Json.emptyObject())
                        .threshold(new BigDecimal("0.50"))))
                .as("the values that it has already")
                .isEqualTo(1);
    }

    @Test
    void activityAndEnforcementAreSwitchedBackAndForthWithoutANewVersion() {
        for (boolean state : new boolean[] {false, false, true, true}) {
            Policy changed =
                    policies.update(id, PolicyChanges.none().active(state).enforced(!state));

            assertThat(changed.active()).isEqualTo(state);
            assertThat(changed.enforced()).isEqualTo(!state);
            assertThat(changed.versionNumber()).isEqualTo(1);
        }
    }

    @Test
    void anEditOfAnOutdatedStateIsAConflict() {
        Policy newer = policies.update(id, PolicyChanges.none().name("First").ifUnchangedSince(policy.updatedAt()));

        assertThatThrownBy(() ->
                        policies.update(id, PolicyChanges.none().name("Second").ifUnchangedSince(policy.updatedAt())))
                .isInstanceOf(ConflictException.class);
        assertThat(policies.find(id)).contains(newer);
    }

    @Test
    void aMissingPolicyCannotBeChanged() {
        TestTenant other = DATABASE.newTenant();
        Policy theirs = other.policy(other.project().id());
        for (UUID absent : List.of(UUID.randomUUID(), theirs.id())) {
            missing(() -> policies.update(absent, PolicyChanges.none().name("Other")));
            missing(() ->
                    policies.update(absent, PolicyChanges.none().name("Other").ifUnchangedSince(theirs.updatedAt())));
            missing(() -> policies.update(absent, PolicyChanges.none()));
            missing(() -> policies.delete(absent));
        }
    }

    @Test
    void aTakenNameIsRefusedAndLeavesTheTransactionUsable() {
        policies.create(NewPolicy.of(project, "Taken", PolicyType.PII));

        fixture.tenant().transaction(tx -> {
            assertThatThrownBy(
                            () -> tx.policies().update(id, PolicyChanges.none().name("Taken")))
                    .isInstanceOfSatisfying(AlreadyExistsException.class, e -> assertThat(e.field())
                            .isEqualTo("name"));
            return tx.policies().update(id, PolicyChanges.none().name("Free"));
        });

        assertThat(policies.find(id).orElseThrow().name()).isEqualTo("Free");
    }

    @Test
    @SuppressWarnings("NullAway")
    void anInvalidValueIsRefusedByFieldAndNothingIsChanged() {
        PolicyChanges none = PolicyChanges.none();

        refuses("name", () -> none.name(null));
        refuses("name", () -> none.name("\t"));
        refuses("name", () -> policies.update(id, none.name("x".repeat(201))));
        refuses("description", () -> policies.update(id, none.description("x".repeat(4_001))));
        refuses("description", () -> none.description("NUL \0"));
        refuses("type", () -> none.type(null));
        refuses("rules", () -> none.rules(null));
        refuses("rules", () -> policies.update(id, none.rules(Json.parse("[]"))));
        refuses("threshold", () -> policies.update(id, none.threshold(new BigDecimal("1e15"))));
        refuses("threshold", () -> none.threshold(new BigDecimal("1e200000")));
        refuses("severity", () -> none.severity(null));
        refuses("action", () -> none.action(null));
        refuses("updated_at", () -> none.ifUnchangedSince(null));
        assertThat(policies.find(id)).contains(policy);
    }

    @Test
    void theTextOfChangesHasNoValues() {
        assertThat(PolicyChanges.none().name("secret").threshold(null)).hasToString("PolicyChanges[name, threshold]");
    }

    @Test
    void aPolicyIsDeletedWithItsViolations() {
        ViolationRepository violations = fixture.tenant().violations();
        Policy kept = fixture.policy(project);
        List<Violation> recorded = violations.record(List.of(
                NewViolation.of(id, "over_budget", "Too expensive", NOON),
                NewViolation.of(kept.id(), "over_budget", "Too expensive", NOON)));

        policies.delete(id);

        assertThat(policies.find(id)).isEmpty();
        assertThat(violations.find(recorded.get(0).id())).isEmpty();
        assertThat(violations.find(recorded.get(1).id())).isPresent();
        missing(() -> policies.delete(id));
    }

    private int version(PolicyChanges changes) {
        return policies.update(id, changes).versionNumber();
    }

    private static void missing(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(NotFoundException.class).hasMessageContaining("policy");
    }

    private static void refuses(String field, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(InvalidValueException.class, e -> assertThat(e.field())
                .isEqualTo(field));
    }
}
