package io.promptforge.dao;

import io.promptforge.dao.audit.Actor;
import io.promptforge.dao.audit.AuditRepository;
import io.promptforge.dao.audit.JooqAuditRepository;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.evaluation.EvaluationRepository;
import io.promptforge.dao.evaluation.JooqEvaluationRepository;
import io.promptforge.dao.evaluation.JooqResultRepository;
import io.promptforge.dao.evaluation.ResultRepository;
import io.promptforge.dao.evaluator.EvaluatorRepository;
import io.promptforge.dao.evaluator.JooqEvaluatorRepository;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.model.JooqModelProviderRepository;
import io.promptforge.dao.model.JooqModelRepository;
import io.promptforge.dao.model.ModelProviderRepository;
import io.promptforge.dao.model.ModelRepository;
import io.promptforge.dao.organization.JooqOrganizationRepository;
import io.promptforge.dao.organization.Organization;
import io.promptforge.dao.organization.OrganizationChanges;
import io.promptforge.dao.organization.OrganizationRepository;
import io.promptforge.dao.policy.JooqPolicyRepository;
import io.promptforge.dao.policy.JooqViolationRepository;
import io.promptforge.dao.policy.PolicyRepository;
import io.promptforge.dao.policy.ViolationRepository;
import io.promptforge.dao.project.JooqProjectRepository;
import io.promptforge.dao.project.ProjectRepository;
import io.promptforge.dao.prompt.JooqPromptRepository;
import io.promptforge.dao.prompt.PromptRepository;
import io.promptforge.dao.repricing.JooqRepricingRepository;
import io.promptforge.dao.repricing.RepricingRepository;
import io.promptforge.dao.trace.JooqTraceRepository;
import io.promptforge.dao.trace.TraceRepository;
import io.promptforge.dao.user.JooqLogins;
import io.promptforge.dao.user.JooqUserRepository;
import io.promptforge.dao.user.UserRepository;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The data of one organization, and the only way to it: nothing reached from here sees or changes the data of another
 * organization, whose ids are not found. Thread-safe, unless it was reached through a transaction or a caller's connection.
 */
public final class Tenant {
    private final TenantSession session;
    private final JooqLogins logins;

    Tenant(TenantSession session, JooqLogins logins) {
        this.session = session;
        this.logins = logins;
    }

    /** The id of the organization. */
    public UUID organizationId() {
        return session.organizationId();
    }

    /**
     * This organization for changes that the audit log names this actor for, instead of a service that is not named. The log's name only:
     * what the actor may do is not checked. In a transaction, other changes keep their actors.
     */
    public Tenant auditedAs(Actor actor) {
        return in(session.by(Check.present("actor", actor).toString()));
    }

    /**
     * The organization itself.
     *
     * @throws NotFoundException if it does not exist
     */
    public Organization organization() {
        return organizations()
                .find(organizationId())
                .orElseThrow(() -> new NotFoundException("organization", organizationId()));
    }

    /** Edits the organization. See {@link OrganizationRepository#update}. */
    public Organization updateOrganization(OrganizationChanges changes) {
        return organizations().update(organizationId(), changes);
    }

    /** Its users. */
    public UserRepository users() {
        return new JooqUserRepository(session, logins);
    }

    /** The providers of its models. */
    public ModelProviderRepository modelProviders() {
        return new JooqModelProviderRepository(session);
    }

    /** Its models. */
    public ModelRepository models() {
        return new JooqModelRepository(session);
    }

    /** Computations of the costs of its stored spans by new prices. */
    public RepricingRepository repricings() {
        return new JooqRepricingRepository(session);
    }

    /** Its projects. */
    public ProjectRepository projects() {
        return new JooqProjectRepository(session);
    }

    /** Its prompts and their versions. */
    public PromptRepository prompts() {
        return new JooqPromptRepository(session);
    }

    /** Its evaluations and their results. */
    public EvaluationRepository evaluations() {
        return new JooqEvaluationRepository(session);
    }

    /** Its results over all evaluations, and the judgements of its traces. */
    public ResultRepository results() {
        return new JooqResultRepository(session);
    }

    /** What judges its results. */
    public EvaluatorRepository evaluators() {
        return new JooqEvaluatorRepository(session);
    }

    /** Its policies. */
    public PolicyRepository policies() {
        return new JooqPolicyRepository(session);
    }

    /** The violations of its policies. */
    public ViolationRepository violations() {
        return new JooqViolationRepository(session);
    }

    /** Its traces and their spans. */
    public TraceRepository traces() {
        return new JooqTraceRepository(session);
    }

    /** The log of all changes of its data. */
    public AuditRepository audit() {
        return new JooqAuditRepository(session);
    }

    /** See {@link PromptForge#transaction(Function)}. */
    public <T> T transaction(Function<Tenant, T> work) {
        Check.present("work", work);
        return session.transaction(tx -> work.apply(in(tx)));
    }

    /** See {@link PromptForge#transactionWithoutResult(Consumer)}. */
    public void transactionWithoutResult(Consumer<Tenant> work) {
        transaction(WithoutResult.of(work));
    }

    /** See {@link PromptForge#transaction(int, Function)}. */
    public <T> T transaction(int attempts, Function<Tenant, T> work) {
        Check.present("work", work);
        return session.transaction(attempts, tx -> work.apply(in(tx)));
    }

    /** See {@link PromptForge#transactionWithoutResult(int, Consumer)}. */
    public void transactionWithoutResult(int attempts, Consumer<Tenant> work) {
        transaction(attempts, WithoutResult.of(work));
    }

    /** See {@link PromptForge#readOnly}. */
    public <T> T readOnly(Function<Tenant, T> work) {
        Check.present("work", work);
        return session.readOnly(tx -> work.apply(in(tx)));
    }

    /** See {@link PromptForge#readOnlyWithoutResult}. */
    public void readOnlyWithoutResult(Consumer<Tenant> work) {
        readOnly(WithoutResult.of(work));
    }

    private OrganizationRepository organizations() {
        return new JooqOrganizationRepository(session.session());
    }

    private Tenant in(TenantSession other) {
        return new Tenant(other, logins);
    }
}
