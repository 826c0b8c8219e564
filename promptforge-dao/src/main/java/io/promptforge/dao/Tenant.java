package io.promptforge.dao;

import io.promptforge.dao.access.Actor;
import io.promptforge.dao.access.Right;
import io.promptforge.dao.apikey.ApiKeyRepository;
import io.promptforge.dao.apikey.JooqApiKeyRepository;
import io.promptforge.dao.audit.AuditRepository;
import io.promptforge.dao.audit.JooqAuditRepository;
import io.promptforge.dao.error.AccessDeniedException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.evaluation.EvaluationRepository;
import io.promptforge.dao.evaluation.JooqEvaluationRepository;
import io.promptforge.dao.evaluation.JooqResultRepository;
import io.promptforge.dao.evaluation.ResultRepository;
import io.promptforge.dao.evaluator.EvaluatorRepository;
import io.promptforge.dao.evaluator.JooqEvaluatorRepository;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.membership.JooqMembershipRepository;
import io.promptforge.dao.membership.MembershipRepository;
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
import io.promptforge.dao.user.JooqUserRepository;
import io.promptforge.dao.user.User;
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
    private final Security security;
    private final Access access;

    Tenant(TenantSession session, Security security, Access access) {
        this.session = session;
        this.security = security;
        this.access = access;
    }

    /** The id of the organization. */
    public UUID organizationId() {
        return session.organizationId();
    }

    /**
     * The organization itself.
     *
     * @throws NotFoundException if it does not exist
     */
    public Organization organization() {
        access.require(Right.READ);
        return organizations()
                .find(organizationId())
                .orElseThrow(() -> new NotFoundException("organization", organizationId()));
    }

    /** Edits the organization. See {@link OrganizationRepository#update}. */
    public Organization updateOrganization(OrganizationChanges changes) {
        access.require(Right.MANAGE_ORGANIZATION);
        return organizations().update(organizationId(), changes);
    }

    /**
     * This tenant for one of its users: a call that the user has no right to is refused, before anything is written, with an
     * {@link AccessDeniedException} that names the missing right. The rights are those of the user's role, see {@link Right}, and in
     * projects where the user has a role of the project, those of that role alone. Users may always change and check their own password.
     *
     * <p>The audit log names the user with each change; other changes of the same transaction keep their actors. Reads the user and the roles once, so use it for one request: a later change holds from the next {@code actingAs}.
     *
     * @throws AccessDeniedException if the user is not active, or if this tenant acts for a user already
     * @throws NotFoundException if there is no such user
     */
    public Tenant actingAs(UUID userId) {
        Check.present("userId", userId);
        access.refuseUnlessOfService();
        User user = users().find(userId).orElseThrow(() -> new NotFoundException("user", userId));
        if (!user.active()) {
            throw new AccessDeniedException("The user " + userId + " is not active.", null);
        }
        return acting(Access.of(user, new JooqMembershipRepository(session).rolesOf(userId)));
    }

    /** This tenant for an actor, whom the database writes to the audit log. */
    Tenant acting(Access other) {
        return new Tenant(session.by(other.actor().toString()), security, other);
    }

    /** Who acts: a user, an API key, or the service itself. */
    public Actor actor() {
        return access.actor();
    }

    /** Its users. */
    public UserRepository users() {
        return guarded(UserRepository.class, new JooqUserRepository(session, security.logins()));
    }

    /** The roles of its users in its projects. */
    public MembershipRepository memberships() {
        return guarded(MembershipRepository.class, new JooqMembershipRepository(session));
    }

    /** The keys with which its services authenticate. */
    public ApiKeyRepository apiKeys() {
        return guarded(ApiKeyRepository.class, new JooqApiKeyRepository(session, security.apiKeyHash()));
    }

    /** The providers of its models. */
    public ModelProviderRepository modelProviders() {
        return guarded(ModelProviderRepository.class, new JooqModelProviderRepository(session, security.seal()));
    }

    /** Its models. */
    public ModelRepository models() {
        return guarded(ModelRepository.class, new JooqModelRepository(session));
    }

    /** Computations of the costs of its stored spans by new prices. */
    public RepricingRepository repricings() {
        return guarded(RepricingRepository.class, new JooqRepricingRepository(session));
    }

    /** Its projects. */
    public ProjectRepository projects() {
        return guarded(ProjectRepository.class, new JooqProjectRepository(session));
    }

    /** Its prompts and their versions. */
    public PromptRepository prompts() {
        return guarded(PromptRepository.class, new JooqPromptRepository(session));
    }

    /** Its evaluations and their results. */
    public EvaluationRepository evaluations() {
        return guarded(EvaluationRepository.class, new JooqEvaluationRepository(session));
    }

    /** Its results over all evaluations, and the judgements of its traces. */
    public ResultRepository results() {
        return guarded(ResultRepository.class, new JooqResultRepository(session));
    }

    /** What judges its results. */
    public EvaluatorRepository evaluators() {
        return guarded(EvaluatorRepository.class, new JooqEvaluatorRepository(session));
    }

    /** Its policies. */
    public PolicyRepository policies() {
        return guarded(PolicyRepository.class, new JooqPolicyRepository(session));
    }

    /** The violations of its policies. */
    public ViolationRepository violations() {
        return guarded(ViolationRepository.class, new JooqViolationRepository(session));
    }

    /** Its traces and their spans. */
    public TraceRepository traces() {
        return guarded(TraceRepository.class, new JooqTraceRepository(session));
    }

    /** The log of all changes of its data. */
    public AuditRepository audit() {
        return guarded(AuditRepository.class, new JooqAuditRepository(session));
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

    private <R> R guarded(Class<R> type, R repository) {
        return Guard.over(type, repository, access, new JooqSubjects(session));
    }

    private Tenant in(TenantSession other) {
        return new Tenant(other, security, access);
    }
}
