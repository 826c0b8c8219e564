package io.promptforge.dao;

import static io.promptforge.dao.Subject.EVALUATION;
import static io.promptforge.dao.Subject.EVALUATION_RESULT;
import static io.promptforge.dao.Subject.ORGANIZATION;
import static io.promptforge.dao.Subject.POLICY;
import static io.promptforge.dao.Subject.PROJECT;
import static io.promptforge.dao.Subject.PROMPT;
import static io.promptforge.dao.Subject.PROMPT_VERSION;
import static io.promptforge.dao.Subject.SHARED;
import static io.promptforge.dao.Subject.TRACE;
import static io.promptforge.dao.Subject.VIOLATION;
import static io.promptforge.dao.access.Right.DEPLOY_PROMPTS;
import static io.promptforge.dao.access.Right.EDIT_EVALUATORS;
import static io.promptforge.dao.access.Right.EDIT_MODELS;
import static io.promptforge.dao.access.Right.EDIT_POLICIES;
import static io.promptforge.dao.access.Right.EDIT_PROJECTS;
import static io.promptforge.dao.access.Right.EDIT_PROMPTS;
import static io.promptforge.dao.access.Right.EDIT_TRACES;
import static io.promptforge.dao.access.Right.ENFORCE_POLICIES;
import static io.promptforge.dao.access.Right.HANDLE_VIOLATIONS;
import static io.promptforge.dao.access.Right.MANAGE_API_KEYS;
import static io.promptforge.dao.access.Right.MANAGE_PROVIDERS;
import static io.promptforge.dao.access.Right.MANAGE_USERS;
import static io.promptforge.dao.access.Right.READ;
import static io.promptforge.dao.access.Right.READ_AUDIT_LOG;
import static io.promptforge.dao.access.Right.READ_SECRETS;
import static io.promptforge.dao.access.Right.RECORD_TRACES;
import static io.promptforge.dao.access.Right.RECORD_VIOLATIONS;
import static io.promptforge.dao.access.Right.RUN_EVALUATIONS;
import static io.promptforge.dao.access.Right.SET_PRICES;

import io.promptforge.dao.access.Right;
import io.promptforge.dao.apikey.ApiKeyRepository;
import io.promptforge.dao.audit.AuditRepository;
import io.promptforge.dao.evaluation.EvaluationRepository;
import io.promptforge.dao.evaluation.ResultRepository;
import io.promptforge.dao.evaluator.EvaluatorRepository;
import io.promptforge.dao.membership.MembershipRepository;
import io.promptforge.dao.model.ModelProviderRepository;
import io.promptforge.dao.model.ModelRepository;
import io.promptforge.dao.policy.PolicyRepository;
import io.promptforge.dao.policy.ViolationRepository;
import io.promptforge.dao.project.ProjectRepository;
import io.promptforge.dao.prompt.PromptRepository;
import io.promptforge.dao.repricing.RepricingRepository;
import io.promptforge.dao.trace.TraceRepository;
import io.promptforge.dao.user.UserRepository;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What every method of every repository needs. A method without a rule, and a rule without a method, fail when this class is first
 * used, so that nothing is open because it was forgotten. Immutable.
 */
final class Rules {
    private static final Map<Class<?>, Rules> BY_REPOSITORY = new HashMap<>();

    static {
        of(UserRepository.class)
                .need(READ, ORGANIZATION, "find", "findByEmail", "findAll", "list", "count")
                .need(MANAGE_USERS, ORGANIZATION, "create", "update", "removePassword", "unlock")
                .need(Rule.of(MANAGE_USERS, ORGANIZATION).orOwn(), "changePassword", "hasPassword")
                .areComplete();
        of(ApiKeyRepository.class)
                .need(READ, ORGANIZATION, "find", "findAll", "list", "count")
                .need(MANAGE_API_KEYS, ORGANIZATION, "create", "rotate", "revoke")
                .areComplete();
        of(AuditRepository.class)
                .need(READ_AUDIT_LOG, ORGANIZATION, "find", "findAll", "list", "count", "digest", "verify")
                .areComplete();
        of(MembershipRepository.class)
                .need(READ, ORGANIZATION, "findAll")
                .need(READ, PROJECT, "find", "list", "count")
                .need(MANAGE_USERS, PROJECT, "set", "remove")
                .areComplete();
        of(ModelProviderRepository.class)
                .need(READ, SHARED, "find", "findByName", "findDefault", "findAll", "list", "count")
                .need(MANAGE_PROVIDERS, ORGANIZATION, "create", "update", "setDefault", "clearDefault")
                .need(MANAGE_PROVIDERS, ORGANIZATION, "setApiKey", "clearApiKey", "resealApiKeys")
                .need(READ_SECRETS, ORGANIZATION, "findApiKey")
                .areComplete();
        of(ModelRepository.class)
                .need(READ, SHARED, "find", "findByProviderModelId", "resolve", "findAll", "list", "count")
                .need(READ, SHARED, "pricesAt", "findPriceList", "prices")
                .need(Rule.of(EDIT_MODELS, ORGANIZATION).ifSet("prices", SET_PRICES), "create")
                .need(EDIT_MODELS, ORGANIZATION, "update")
                .need(SET_PRICES, ORGANIZATION, "setPrices", "installCatalogue")
                .areComplete();
        of(RepricingRepository.class)
                .need(READ, ORGANIZATION, "find", "list")
                .need(SET_PRICES, ORGANIZATION, "preview", "start", "resume", "undo")
                .areComplete();
        of(ProjectRepository.class)
                .need(READ, PROJECT, "find", "findAll", "findByName", "list", "count")
                .need(EDIT_PROJECTS, ORGANIZATION, "create")
                .need(EDIT_PROJECTS, PROJECT, "update", "delete")
                .areComplete();
        of(PromptRepository.class)
                .need(READ, PROJECT, "findByName", "list", "count", "resolve")
                .need(READ, PROMPT, "find", "findAll", "currentVersions", "versions", "findVersion/2", "diff")
                .need(READ, PROMPT, "liveDeployments", "deploymentHistory")
                .need(READ, PROMPT_VERSION, "findVersion/1", "findAllVersions")
                .need(EDIT_PROMPTS, PROJECT, "create")
                .need(EDIT_PROMPTS, PROMPT, "update", "delete", "commit", "rollback", "redactVersion")
                .need(DEPLOY_PROMPTS, PROMPT, "makeCurrent", "deploy", "withdraw")
                .areComplete();
        of(EvaluationRepository.class)
                .need(READ, PROJECT, "list", "count")
                .need(READ, EVALUATION, "find", "findAll", "results", "resultsWithPayloads", "countResults", "summary")
                .need(Rule.of(READ, EVALUATION).forTwo(), "compare")
                .need(RUN_EVALUATIONS, PROJECT, "create")
                .need(RUN_EVALUATIONS, EVALUATION, "update", "delete", "start", "reopen", "append")
                .need(RUN_EVALUATIONS, EVALUATION, "complete", "fail", "cancel")
                .areComplete();
        of(ResultRepository.class)
                .need(READ, PROJECT, "list", "count", "groups")
                .need(READ, EVALUATION_RESULT, "find", "findAll")
                .need(RUN_EVALUATIONS, TRACE, "record")
                .need(RUN_EVALUATIONS, EVALUATION_RESULT, "addScores")
                .areComplete();
        of(EvaluatorRepository.class)
                .need(READ, SHARED, "find", "findByName", "findAll", "list", "count")
                .need(READ, SHARED, "findVersion", "findAllVersions", "findLatestVersion", "versions")
                .need(
                        EDIT_EVALUATORS,
                        ORGANIZATION,
                        "create",
                        "update",
                        "delete",
                        "addVersion",
                        "addVersions",
                        "installCatalogue")
                .areComplete();
        of(PolicyRepository.class)
                .need(READ, PROJECT, "findByName", "list", "count", "applicable")
                .need(READ, POLICY, "find", "findAll", "findVersion", "versions")
                .need(Rule.of(EDIT_POLICIES, PROJECT).ifSet("enforced", ENFORCE_POLICIES), "create")
                .need(
                        Rule.of(EDIT_POLICIES, POLICY)
                                .ifSet("enforced", ENFORCE_POLICIES)
                                .ofEnforceable(),
                        "update")
                .need(Rule.of(EDIT_POLICIES, POLICY).ofEnforceable(), "delete")
                .areComplete();
        of(ViolationRepository.class)
                .need(READ, PROJECT, "list", "count", "summary")
                .need(READ, VIOLATION, "find", "findAll")
                .need(RECORD_VIOLATIONS, POLICY, "record")
                .need(HANDLE_VIOLATIONS, VIOLATION, "acknowledge", "resolve", "markFalsePositive", "reopen")
                .areComplete();
        of(TraceRepository.class)
                .need(READ, PROJECT, "list", "count", "summary", "findValues")
                .need(READ, TRACE, "find", "findAll", "findAllWithPayloads", "tree", "treeWithPayloads")
                .need(READ, TRACE, "findSpan", "costOf", "children", "childSummaries")
                .need(RECORD_TRACES, TRACE, "record", "recordAccepted", "addSpans", "finish")
                .need(EDIT_TRACES, TRACE, "update", "redact", "redactSpans", "delete", "deleteAll")
                .areComplete();
    }

    private final Class<?> repository;
    private final Map<Method, Rule> rules = new HashMap<>();

    private Rules(Class<?> repository) {
        this.repository = repository;
    }

    private static Rules of(Class<?> repository) {
        Rules rules = new Rules(repository);
        BY_REPOSITORY.put(repository, rules);
        return rules;
    }

    /** The rule of a method of a repository's interface. */
    static Rule of(Method method) {
        Rules rules = Objects.requireNonNull(BY_REPOSITORY.get(method.getDeclaringClass()), method::toString);
        return Objects.requireNonNull(rules.rules.get(method), method::toString);
    }

    private Rules need(Right right, Subject subject, String... methods) {
        return need(Rule.of(right, subject), methods);
    }

    /**
     * Sets the rule of methods.
     *
     * @param names each that of a method and all its overloads, or with the number of parameters: {@code findVersion/2}
     */
    private Rules need(Rule rule, String... names) {
        Set<String> unknown = new HashSet<>(Arrays.asList(names));
        for (Method method : repository.getMethods()) {
            String overload = method.getName() + "/" + method.getParameterCount();
            for (String name : names) {
                if (name.equals(method.getName()) || name.equals(overload)) {
                    unknown.remove(name);
                    if (rules.put(method, rule) != null) {
                        throw new IllegalStateException(method + " has two rules");
                    }
                }
            }
        }
        if (!unknown.isEmpty()) {
            throw new IllegalStateException(repository + " has no " + unknown);
        }
        return this;
    }

    private void areComplete() {
        for (Method method : repository.getMethods()) {
            if (!Modifier.isStatic(method.getModifiers()) && !rules.containsKey(method)) {
                throw new IllegalStateException(method + " has no rule");
            }
        }
    }
}
