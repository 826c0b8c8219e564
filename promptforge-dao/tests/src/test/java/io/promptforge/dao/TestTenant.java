package io.promptforge.dao;

import io.promptforge.dao.evaluation.Evaluation;
import io.promptforge.dao.model.AiModel;
import io.promptforge.dao.model.ModelProvider;
import io.promptforge.dao.organization.NewOrganization;
import io.promptforge.dao.organization.Organization;
import io.promptforge.dao.policy.Policy;
import io.promptforge.dao.project.Project;
import io.promptforge.dao.prompt.Prompt;
import io.promptforge.dao.prompt.ResolvedPrompt;
import io.promptforge.dao.trace.NewTrace;
import io.promptforge.dao.user.User;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.seed.fixture.Fixtures;
import io.promptforge.seed.fixture.UserFixture;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** A new organization and its {@linkplain #fixtures fixtures}, with short names for what most tests need. */
public final class TestTenant {

    /** The password of every user. */
    public static final String PASSWORD = UserFixture.PASSWORD;

    /** A time in whole microseconds, as PostgreSQL stores it. */
    public static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123456Z");

    private static final AtomicInteger NAMES = new AtomicInteger();

    private final Organization organization;
    private final Tenant tenant;
    private final Fixtures fixtures;

    TestTenant(PromptForge forge) {
        this.organization = forge.organizations().create(NewOrganization.of(newName("Org"), newName("org")));
        this.tenant = forge.tenant(organization.id());
        // another seed for each tenant, because generated ids of traces are to differ between tenants
        this.fixtures = Fixtures.in(forge, tenant).withSeed(NAMES.incrementAndGet());
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

    public Fixtures fixtures() {
        return fixtures;
    }

    public User user() {
        return fixtures.user().admin().create();
    }

    public User user(String email) {
        return fixtures.user().admin().withEmail(email).create();
    }

    public Project project() {
        return fixtures.project().create();
    }

    public ModelProvider provider() {
        return fixtures.modelProvider().create();
    }

    public AiModel model() {
        return fixtures.aiModel().of(provider()).create();
    }

    public ResolvedPrompt prompt(UUID projectId) {
        Prompt prompt = fixtures.prompt().in(project(projectId)).create();
        return tenant.prompts().resolve(projectId, prompt.name()).orElseThrow();
    }

    public Policy policy(UUID projectId) {
        return fixtures.policy().in(project(projectId)).create();
    }

    public Evaluation evaluation(UUID projectId) {
        return fixtures.evaluation().in(project(projectId)).create();
    }

    public Evaluation runningEvaluation() {
        return tenant.evaluations().start(evaluation(project().id()).id(), NOON);
    }

    /** A running trace without spans. */
    public UUID trace(UUID projectId) {
        return fixtures.trace()
                .in(project(projectId))
                .running()
                .withoutSpans()
                .startedAt(NOON)
                .create()
                .id();
    }

    public static NewTrace newTrace(UUID id, UUID projectId) {
        return NewTrace.of(id, projectId, "greet", ExecutionStatus.RUNNING, NOON);
    }

    private Project project(UUID id) {
        return tenant.projects().find(id).orElseThrow();
    }
}
