package io.promptforge.dao.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.TestDatabase;
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

    private static final TestDatabase DATABASE = TestDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final PolicyRepository policies = fixture.tenant().policies();
    private final UUID project = fixture.project().id();
    private final NewPolicy costLimit = NewPolicy.named(project, "Cost Limit", PolicyType.COST);

    @Test
    void whatIsCreatedIsFoundAsItWasGiven() {
        UUID author = fixture.user().id();

        Policy created = policies.create(costLimit
                .withDescription("Not too dear")
                .withRules(Json.parse("{\"per\":\"call\"}"))
                .withThreshold(new BigDecimal("0.000000000001"))
                .withSeverity(Severity.CRITICAL)
                .withAction(PolicyAction.BLOCK)
                .asEnforced()
                .withCreatedBy(author));

        assertThat(created.projectId()).isEqualTo(project);
        assertThat(created.name()).isEqualTo("Cost Limit");
        assertThat(created.description()).contains("Not too dear");
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
    void aPolicyOnlyLogsUntilItIsToldMore() {
        Policy created = policies.create(costLimit);

        assertThat(created.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(created.action()).isEqualTo(PolicyAction.LOG);
        assertThat(created.enforced()).isFalse();
        assertThat(created.threshold()).isEmpty();
    }

    @Test
    void aPolicyCanBePreparedBeforeItIsChecked() {
        Policy prepared = policies.create(costLimit.asInactive());

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
    void aTakenNameIsBlamedButIsFreeInAnotherProject() {
        policies.create(costLimit);

        assertThatThrownBy(() -> policies.create(costLimit))
                .isInstanceOfSatisfying(
                        AlreadyExistsException.class, e -> assertThat(e.field()).isEqualTo("name"));
        assertThat(policies.create(NewPolicy.named(fixture.project().id(), "Cost Limit", PolicyType.COST)))
                .isNotNull();
    }

    @Test
    void aProjectOrAuthorThatIsNotThereIsBlamed() {
        assertThatThrownBy(() -> policies.create(NewPolicy.named(UUID.randomUUID(), "Cost Limit", PolicyType.COST)))
                .isInstanceOfSatisfying(InvalidReferenceException.class, e -> assertThat(e.field())
                        .isEqualTo("project_id"));
        assertThatThrownBy(() -> policies.create(costLimit.withCreatedBy(UUID.randomUUID())))
                .isInstanceOfSatisfying(InvalidReferenceException.class, e -> assertThat(e.field())
                        .isEqualTo("created_by"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e15", "-1e15", "0.0000000000001", "1e200000", "1e-200000"})
    void aThresholdOutOfRangeIsRefused(String threshold) {
        assertThatThrownBy(() -> policies.create(costLimit.withThreshold(new BigDecimal(threshold))))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("threshold"));
    }

    @Test
    @SuppressWarnings("NullAway")
    void aValueThatIsNotAcceptedIsBlamed() {
        blames("project_id", () -> NewPolicy.named(null, "Cost Limit", PolicyType.COST));
        blames("name", () -> NewPolicy.named(project, " ", PolicyType.COST));
        blames("name", () -> policies.create(NewPolicy.named(project, "x".repeat(201), PolicyType.COST)));
        blames("description", () -> policies.create(costLimit.withDescription("x".repeat(4_001))));
        blames("description", () -> costLimit.withDescription("NUL \0"));
        blames("type", () -> NewPolicy.named(project, "Cost Limit", null));
        blames("rules", () -> policies.create(costLimit.withRules(Json.parse("[]"))));
        blames("rules", () -> costLimit.withRules(Json.parse("{\"a\":\"\\u0000\"}")));
        blames("rules", () -> costLimit.withRules(null));
        blames("severity", () -> costLimit.withSeverity(null));
        blames("action", () -> costLimit.withAction(null));
    }

    @Test
    @SuppressWarnings("NullAway")
    void nullIsBlamedByTheNameOfWhatIsMissing() {
        blames("policy", () -> policies.create(null));
        blames("id", () -> policies.find(null));
        blames("project_id", () -> policies.findByName(null, "Cost Limit"));
        blames("name", () -> policies.findByName(project, null));
        blames("filter", () -> policies.list(null, PolicyOrder.BY_NAME, PageRequest.first()));
        blames("order", () -> policies.list(PolicyFilter.all(), null, PageRequest.first()));
        blames("page", () -> policies.list(PolicyFilter.all(), PolicyOrder.BY_NAME, null));
        blames("project_id", () -> policies.applicable(null));
        blames("id", () -> policies.update(null, PolicyChanges.none()));
        blames("changes", () -> policies.update(project, null));
        blames("id", () -> policies.activate(null));
        blames("id", () -> policies.delete(null));
    }

    @Test
    void aRefusedPolicyLeavesTheTransactionUsable() {
        policies.create(costLimit);

        fixture.tenant().transaction(tx -> {
            assertThatThrownBy(() -> tx.policies().create(costLimit)).isInstanceOf(AlreadyExistsException.class);
            return tx.policies().create(NewPolicy.named(project, "Another", PolicyType.PII));
        });

        assertThat(policies.findByName(project, "Another")).isPresent();
    }

    private static void blames(String field, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(InvalidValueException.class, e -> assertThat(e.field())
                .isEqualTo(field));
    }
}
