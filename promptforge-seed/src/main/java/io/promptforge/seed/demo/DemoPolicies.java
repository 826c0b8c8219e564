package io.promptforge.seed.demo;

import io.promptforge.dao.json.Json;
import io.promptforge.dao.policy.NewPolicy;
import io.promptforge.dao.policy.Policy;
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

/** Two policies that block calls, and one that warns. */
final class DemoPolicies {
    private static final List<DemoPolicy> POLICIES = List.of(
            new DemoPolicy(
                    "PII Detection",
                    "No personal data in what we send to a model.",
                    PolicyType.PII,
                    Json.of(Map.of("detect", List.of("email", "phone", "credit_card", "national_id"))),
                    new BigDecimal("0.8"),
                    Severity.HIGH,
                    PolicyAction.BLOCK),
            new DemoPolicy(
                    "Toxicity Filter",
                    "No offensive answers.",
                    PolicyType.TOXICITY,
                    Json.of(Map.of("categories", List.of("hate", "harassment", "violence"))),
                    new BigDecimal("0.7"),
                    Severity.CRITICAL,
                    PolicyAction.BLOCK),
            new DemoPolicy(
                    "Cost Limit",
                    "Tell us when a single request costs more than ten cents.",
                    PolicyType.COST,
                    Json.of(Map.of("scope", "trace", "currency", "USD")),
                    new BigDecimal("0.1"),
                    Severity.MEDIUM,
                    PolicyAction.WARN));

    private DemoPolicies() {}

    static void ensure(PolicyRepository policies, Project project, User author, DemoReconciler reconciler) {
        for (DemoPolicy policy : POLICIES) {
            reconciler.ensure(
                    policies.findByName(project.id(), policy.name()),
                    present -> policy.compare(present, reconciler),
                    () -> policies.create(policy.of(project, author)));
        }
    }

    /** A policy that is enforced if it blocks. */
    private record DemoPolicy(
            String name,
            String description,
            PolicyType type,
            Json rules,
            BigDecimal threshold,
            Severity severity,
            PolicyAction action) {
        NewPolicy of(Project project, User author) {
            return NewPolicy.of(project.id(), name, type)
                    .description(description)
                    .rules(rules)
                    .threshold(threshold)
                    .severity(severity)
                    .action(action)
                    .enforced(isEnforced())
                    .createdBy(author.id());
        }

        void compare(Policy present, DemoReconciler reconciler) {
            String what = "policy " + name;
            reconciler.same(what, "type", present.type(), type);
            reconciler.same(what, "rules", present.rules(), rules);
            reconciler.same(what, "threshold", present.threshold(), Optional.of(threshold));
            reconciler.same(what, "severity", present.severity(), severity);
            reconciler.same(what, "action", present.action(), action);
            reconciler.same(what, "activity", present.active(), true);
            reconciler.same(what, "enforcement", present.enforced(), isEnforced());
        }

        private boolean isEnforced() {
            return action == PolicyAction.BLOCK;
        }
    }
}
