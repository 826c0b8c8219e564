package io.promptforge.dao.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.TestDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.AlreadyExistsException;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.PolicyAction;
import io.promptforge.schema.type.PolicyType;
import io.promptforge.schema.type.Severity;
import java.math.BigDecimal;
import java.util.UUID;
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
    @ValueSource(strings = {"1e15", "-1e15", "0.0000000000001"})
    void aThresholdOutOfRangeIsRefused(String threshold) {
        assertThatThrownBy(() -> policies.create(costLimit.withThreshold(new BigDecimal(threshold))))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("threshold"));
    }

    @Test
    void rulesMustBeAnObject() {
        assertThatThrownBy(() -> policies.create(costLimit.withRules(Json.parse("[]"))))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("rules"));
    }
}
