package io.promptforge.dao.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.AlreadyExistsException;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.json.Json;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.schema.type.PolicyAction;
import io.promptforge.schema.type.PolicyType;
import io.promptforge.schema.type.Severity;
import java.math.BigDecimal;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyRepositoryTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final PolicyRepository policies = fixture.tenant().policies();
    private final UUID project = fixture.project().id();
    private final NewPolicy costLimit = NewPolicy.of(project, "Cost Limit", PolicyType.COST);

    @Test
    void allGivenValuesAreStored() {
        UUID author = fixture.user().id();

        Policy created = policies.create(costLimit
                .description("Not too expensive")
                .rules(Json.parse("{\"per\":\"call\"}"))
                .threshold(new BigDecimal("0.000000000001"))
                .severity(Severity.CRITICAL)
                .action(PolicyAction.BLOCK)
                .enforced(true)
                .createdBy(author));

        assertThat(created.projectId()).isEqualTo(project);
        assertThat(created.name()).isEqualTo("Cost Limit");
        assertThat(created.description()).contains("Not too expensive");
        assertThat(created.type()).isEqualTo(PolicyType.COST);
        assertThat(created.rules()).isEqualTo(Json.parse("{\"per\":\"call\"}"));
        assertThat(created.threshold()).contains(new BigDecimal("0.000000000001"));
        assertThat(created.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(created.action()).isEqualTo(PolicyAction.BLOCK);
        assertThat(created.enforced()).isTrue();
        assertThat(created.active()).isTrue();
        assertThat(created.versionNumber()).isEqualTo(1);
        assertThat(created.createdBy()).contains(author);
        assertThat(policies.find(created.id())).contains(created);
        assertThat(policies.findByName(project, "Cost Limit")).contains(created);
    }

    @Test
    void aNewPolicyOnlyLogsByDefault() {
        Policy created = policies.create(costLimit);

        assertThat(created.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(created.action()).isEqualTo(PolicyAction.LOG);
        assertThat(created.enforced()).isFalse();
        assertThat(created.threshold()).isEmpty();
    }

    @Test
    void aPolicyCanBeCreatedInactive() {
        Policy prepared = policies.create(costLimit.active(false));

        assertThat(prepared.active()).isFalse();
        assertThat(policies.applicable(project)).isEmpty();
    }

    @Test
    void anUnknownPolicyIsNotFound() {
        policies.create(costLimit);

        assertThat(policies.find(UUID.randomUUID())).isEmpty();
        assertThat(policies.findByName(project, "cost limit")).isEmpty();
        assertThat(policies.findByName(UUID.randomUUID(), "Cost Limit")).isEmpty();
    }

    @Test
    void aTakenNameIsRefusedButFreeInAnotherProject() {
        policies.create(costLimit);

        assertThatThrownBy(() -> policies.create(costLimit))
                .isInstanceOfSatisfying(
                        AlreadyExistsException.class, e -> assertThat(e.field()).isEqualTo("name"));
        assertThat(policies.create(NewPolicy.of(fixture.project().id(), "Cost Limit", PolicyType.COST)))
                .isNotNull();
    }

    @Test
    void aMissingProjectOrAuthorIsNamedInTheError() {
        assertThatThrownBy(() -> policies.create(NewPolicy.of(UUID.randomUUID(), "Cost Limit", PolicyType.COST)))
                .isInstanceOfSatisfying(InvalidReferenceException.class, e -> assertThat(e.field())
                        .isEqualTo("project_id"));
        assertThatThrownBy(() -> policies.create(costLimit.createdBy(UUID.randomUUID())))
                .isInstanceOfSatisfying(InvalidReferenceException.class, e -> assertThat(e.field())
                        .isEqualTo("created_by"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e15", "-1e15", "1e200000", "1e-200000"})
    void aThresholdOutOfRangeIsRefused(String threshold) {
        assertThatThrownBy(() -> policies.create(costLimit.threshold(new BigDecimal(threshold))))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("threshold"));
    }

    @Test
    void aThresholdIsRoundedHalfUpToTwelveDecimals() {
        Policy created = policies.create(costLimit.threshold(BigDecimal.valueOf(1.0 / 3)));

        assertThat(created.threshold()).contains(new BigDecimal("0.333333333333"));
        assertThat(policies.update(created.id(), PolicyChanges.none().threshold(new BigDecimal("0.0000000000005")))
                        .threshold())
                .contains(new BigDecimal("0.000000000001"));
    }

    @Test
    @SuppressWarnings("NullAway")
    void anInvalidValueIsRefusedByField() {
        refuses("project_id", () -> NewPolicy.of(null, "Cost Limit", PolicyType.COST));
        refuses("name", () -> NewPolicy.of(project, " ", PolicyType.COST));
        refuses("name", () -> policies.create(NewPolicy.of(project, "x".repeat(201), PolicyType.COST)));
        refuses("description", () -> policies.create(costLimit.description("x".repeat(4_001))));
        refuses("description", () -> costLimit.description("NUL \0"));
        refuses("type", () -> NewPolicy.of(project, "Cost Limit", null));
        refuses("rules", () -> policies.create(costLimit.rules(Json.parse("[]"))));
        refuses("rules", () -> costLimit.rules(null));
        refuses("severity", () -> costLimit.severity(null));
        refuses("action", () -> costLimit.action(null));
    }

    @Test
    @SuppressWarnings("NullAway")
    void nullIsRefusedByField() {
        refuses("policy", () -> policies.create((NewPolicy) null));
        refuses("id", () -> policies.find(null));
        refuses("project_id", () -> policies.findByName(null, "Cost Limit"));
        refuses("name", () -> policies.findByName(project, null));
        refuses("filter", () -> policies.list(null, PolicyOrder.BY_NAME, PageRequest.first()));
        refuses("order", () -> policies.list(PolicyFilter.all(), null, PageRequest.first()));
        refuses("page", () -> policies.list(PolicyFilter.all(), PolicyOrder.BY_NAME, null));
        refuses("project_id", () -> policies.applicable(null));
        refuses("id", () -> policies.update(null, PolicyChanges.none()));
        refuses("changes", () -> policies.update(project, null));
        refuses("id", () -> policies.delete(null));
    }

    @Test
    void aRefusedPolicyLeavesTheTransactionUsable() {
        policies.create(costLimit);

        fixture.tenant().transaction(tx -> {
            assertThatThrownBy(() -> tx.policies().create(costLimit)).isInstanceOf(AlreadyExistsException.class);
            return tx.policies().create(NewPolicy.of(project, "Another", PolicyType.PII));
        });

        assertThat(policies.findByName(project, "Another")).isPresent();
    }

    private static void refuses(String field, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(InvalidValueException.class, e -> assertThat(e.field())
                .isEqualTo(field));
    }
}
