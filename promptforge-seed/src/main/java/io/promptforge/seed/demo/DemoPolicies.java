package io.promptforge.seed.demo;

import io.promptforge.dao.json.Json;
import io.promptforge.dao.policy.NewPolicy;
import io.promptforge.dao.policy.PolicyRepository;
import io.promptforge.dao.project.Project;
import io.promptforge.dao.user.User;
import io.promptforge.schema.type.PolicyAction;
import io.promptforge.schema.type.PolicyType;
import io.promptforge.schema.type.Severity;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Two policies that block, and one that only warns. */
final class DemoPolicies {
    private DemoPolicies() {}

    static void ensure(PolicyRepository policies, Project project, User author, Ensured ensured) {
        for (NewPolicy policy : List.of(pii(project.id()), toxicity(project.id()), cost(project.id()))) {
            ensured.ensure(
                    policies.findByName(project.id(), policy.name()),
                    present -> {
                        String what = "policy " + policy.name();
                        ensured.same(what, "type", present.type(), policy.type());
                        ensured.same(what, "rules", present.rules(), policy.rules());
                        ensured.same(what, "threshold", present.threshold(), Optional.ofNullable(policy.threshold()));
                        ensured.same(what, "severity", present.severity(), policy.severity());
                        ensured.same(what, "action", present.action(), policy.action());
                        ensured.same(what, "activity", present.active(), true);
                        ensured.same(what, "enforcement", present.enforced(), policy.enforced());
                    },
                    () -> policies.create(policy.withCreatedBy(author.id())));
        }
    }

    private static NewPolicy pii(UUID project) {
        return NewPolicy.named(project, "PII Detection", PolicyType.PII)
                .withDescription("No personal data in what we send to a model.")
                .withRules(Json.of(Map.of("detect", List.of("email", "phone", "credit_card", "national_id"))))
                .withThreshold(new BigDecimal("0.8"))
                .withSeverity(Severity.HIGH)
                .withAction(PolicyAction.BLOCK)
                .asEnforced();
    }

    private static NewPolicy toxicity(UUID project) {
        return NewPolicy.named(project, "Toxicity Filter", PolicyType.TOXICITY)
                .withDescription("No offensive answers.")
                .withRules(Json.of(Map.of("categories", List.of("hate", "harassment", "violence"))))
                .withThreshold(new BigDecimal("0.7"))
                .withSeverity(Severity.CRITICAL)
                .withAction(PolicyAction.BLOCK)
                .asEnforced();
    }

    private static NewPolicy cost(UUID project) {
        return NewPolicy.named(project, "Cost Limit", PolicyType.COST)
                .withDescription("Tell us when a single request costs more than ten cents.")
                .withRules(Json.of(Map.of("scope", "trace", "currency", "USD")))
                .withThreshold(new BigDecimal("0.10"))
                .withSeverity(Severity.MEDIUM)
                .withAction(PolicyAction.WARN);
    }
}
