package io.promptforge.dao.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.json.Json;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.schema.type.PolicyType;
import io.promptforge.schema.type.Severity;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The versions of a policy, which the database keeps. */
class PolicyVersionTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final PolicyRepository policies = fixture.tenant().policies();
    private final Policy policy = policies.create(NewPolicy.of(fixture.project().id(), "Cost Limit", PolicyType.COST)
            .rules(Json.parse("{\"per\":\"call\"}"))
            .threshold(new BigDecimal("0.5")));
    private final UUID id = policy.id();

    @Test
    void aViolationsVersionStillHasTheRulesThatItBroke() {
        Violation violation = fixture.fixtures().violation().of(policy).create();
        policies.update(id, PolicyChanges.none().rules(Json.parse("{\"per\":\"day\"}")));
        policies.update(id, PolicyChanges.none().type(PolicyType.LATENCY).threshold(new BigDecimal("9")));

        PolicyVersion broken =
                policies.findVersion(id, violation.policyVersion()).orElseThrow();

        assertThat(broken.rules()).isEqualTo(policy.rules());
        assertThat(broken.threshold()).contains(new BigDecimal("0.5"));
        assertThat(broken.type()).isEqualTo(PolicyType.COST);
        assertThat(broken.policyId()).isEqualTo(id);
        assertThat(numbers()).containsExactly(3, 2, 1);
        assertThat(policies.findVersion(id, 4)).isEmpty();
    }

    static List<PolicyChanges> rules() {
        return List.of(
                PolicyChanges.none().type(PolicyType.LATENCY),
                PolicyChanges.none().rules(Json.parse("{\"per\":\"day\"}")),
                PolicyChanges.none().threshold(new BigDecimal("9")));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void aChangeOfTypeOrRulesOrThresholdMakesAVersion(PolicyChanges changes) {
        policies.update(id, changes);

        assertThat(numbers()).containsExactly(2, 1);
    }

    @Test
    void aChangeOfOtherFieldsMakesNoVersion() {
        policies.update(id, PolicyChanges.none().severity(Severity.CRITICAL).active(false));

        assertThat(numbers()).containsExactly(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE promptforge.policy_versions SET rules = '{}' WHERE policy_id = '%s'",
                "DELETE FROM promptforge.policy_versions WHERE policy_id = '%s'",
            })
    void aVersionIsNeitherChangedNorDeletedAlone(String sql) {
        assertThatThrownBy(() -> DATABASE.execute(sql.formatted(id)))
                .rootCause()
                .hasMessageContaining("a version of a policy");
    }

    @Test
    void theVersionsAreDeletedWithThePolicy() {
        policies.delete(id);

        assertThat(numbers()).isEmpty();
    }

    private List<Integer> numbers() {
        return policies.versions(id, PageRequest.first()).items().stream()
                .map(PolicyVersion::versionNumber)
                .toList();
    }
}
