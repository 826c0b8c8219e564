package io.promptforge.dao;

import io.promptforge.dao.evaluation.Evaluation;
import io.promptforge.dao.evaluation.NewEvaluation;
import io.promptforge.dao.model.AiModel;
import io.promptforge.dao.model.ModelProvider;
import io.promptforge.dao.model.NewAiModel;
import io.promptforge.dao.model.NewModelProvider;
import io.promptforge.dao.organization.NewOrganization;
import io.promptforge.dao.organization.Organization;
import io.promptforge.dao.policy.NewPolicy;
import io.promptforge.dao.policy.Policy;
import io.promptforge.dao.project.NewProject;
import io.promptforge.dao.project.Project;
import io.promptforge.dao.prompt.NewPrompt;
import io.promptforge.dao.prompt.NewPromptVersion;
import io.promptforge.dao.prompt.ResolvedPrompt;
import io.promptforge.dao.trace.NewTrace;
import io.promptforge.dao.user.NewUser;
import io.promptforge.dao.user.User;
import io.promptforge.schema.type.EvaluationType;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.PolicyType;
import io.promptforge.schema.type.ProviderType;
import io.promptforge.schema.type.Role;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** A new organization and rows for it, all with new names. */
public final class TestTenant {

    /** The password of every user. */
    public static final String PASSWORD = "correct horse";

    /** A time in whole microseconds, as PostgreSQL stores it. */
    public static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123456Z");

    private static final AtomicInteger NAMES = new AtomicInteger();

    private final Organization organization;
    private final Tenant tenant;

    TestTenant(PromptForge forge) {
        this.organization = forge.organizations().create(NewOrganization.of(newName("Org"), newName("org")));
        this.tenant = forge.tenant(organization.id());
    }

    /** A name that no other test has. */
    public static String newName(String prefix) {
        return prefix + "-" + NAMES.incrementAndGet();
    }

    public Organization organization() {
        return organization;
    }

    public Tenant tenant() {
        return tenant;
    }

    public User user() {
        return user(newName("ada") + "@example.com");
    }

    public User user(String email) {
        return tenant.users().create(NewUser.of(email, "Ada Lovelace", Role.ADMIN, PASSWORD));
    }

    public Project project() {
        return tenant.projects().create(NewProject.of(newName("project")));
    }

    public ModelProvider provider() {
        return tenant.modelProviders().create(NewModelProvider.of(newName("provider"), ProviderType.OPENAI));
    }

    public AiModel model() {
        return tenant.models().create(NewAiModel.of(provider().id(), "GPT-4", newName("gpt-4")));
    }

    public ResolvedPrompt prompt(UUID projectId) {
        return tenant.prompts().create(NewPrompt.of(projectId, newName("prompt")), NewPromptVersion.of("Hello"));
    }

    public Policy policy(UUID projectId) {
        return tenant.policies().create(NewPolicy.of(projectId, newName("policy"), PolicyType.COST));
    }

    public Evaluation evaluation(UUID projectId) {
        return tenant.evaluations().create(NewEvaluation.of(projectId, newName("evaluation"), EvaluationType.ACCURACY));
    }

    public Evaluation runningEvaluation() {
        return tenant.evaluations().start(evaluation(project().id()).id(), NOON);
    }

    /** A running trace without spans. */
    public UUID trace(UUID projectId) {
        UUID id = UUID.randomUUID();
        tenant.traces().record(newTrace(id, projectId));
        return id;
    }

    public static NewTrace newTrace(UUID id, UUID projectId) {
        return NewTrace.of(id, projectId, "greet", ExecutionStatus.RUNNING, NOON);
    }
}
