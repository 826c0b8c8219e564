package io.promptforge.dao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.access.Actor;
import io.promptforge.dao.access.Right;
import io.promptforge.dao.error.AccessDeniedException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.model.ModelPrices;
import io.promptforge.dao.model.NewAiModel;
import io.promptforge.dao.organization.OrganizationChanges;
import io.promptforge.dao.policy.NewPolicy;
import io.promptforge.dao.policy.Policy;
import io.promptforge.dao.policy.PolicyChanges;
import io.promptforge.dao.project.NewProject;
import io.promptforge.dao.project.Project;
import io.promptforge.dao.project.ProjectChanges;
import io.promptforge.dao.prompt.NewPrompt;
import io.promptforge.dao.prompt.NewPromptVersion;
import io.promptforge.dao.prompt.Prompt;
import io.promptforge.dao.prompt.PromptChanges;
import io.promptforge.dao.repricing.RepricingScope;
import io.promptforge.dao.trace.TraceFilter;
import io.promptforge.dao.trace.TraceRepository;
import io.promptforge.dao.user.User;
import io.promptforge.dao.user.UserChanges;
import io.promptforge.schema.type.PolicyType;
import io.promptforge.schema.type.Role;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A tenant that acts for a user refuses what the user's roles do not include. */
class ActingAsTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final Tenant service = fixture.tenant();
    private final User user = fixture.fixtures().user().withRole(Role.DEVELOPER).create();
    private final Project project = fixture.project();
    private final Project other = fixture.project();

    private Tenant developer() {
        return service.actingAs(user.id());
    }

    @Test
    void aListIsRefusedForOneOfItsElements() {
        NewPolicy advisory = NewPolicy.of(project.id(), "Advisory", PolicyType.COST);
        NewPolicy enforced =
                NewPolicy.of(project.id(), "Enforced", PolicyType.COST).enforced(true);
        NewAiModel free = NewAiModel.of(fixture.provider().id(), "Free", "free");
        NewAiModel priced =
                NewAiModel.of(fixture.provider().id(), "Priced", "priced").prices(ModelPrices.perMillion("1", "2"));

        isRefused(Right.ENFORCE_POLICIES, () -> developer().policies().create(List.of(advisory, enforced)));
        isRefused(Right.SET_PRICES, () -> developer().models().create(List.of(free, priced)));

        assertThat(developer().policies().create(List.of(advisory))).hasSize(1);
        assertThat(developer().models().create(List.of(free))).hasSize(1);
    }

    private static void isRefused(Right right, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(AccessDeniedException.class, e -> assertThat(e.right())
                .contains(right));
    }

    private static void isRefused(Right right, Project where, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(AccessDeniedException.class, e -> {
            assertThat(e.right()).contains(right);
            assertThat(e.projectId()).contains(where.id());
        });
    }

    @Test
    void theActorIsTheUserOrElseTheService() {
        assertThat(developer().actor()).isEqualTo(Actor.user(user.id()));
        assertThat(service.actor()).isEqualTo(Actor.service());
    }

    @Test
    void onlyAnActiveUserOfTheTenantActs() {
        service.users().update(user.id(), UserChanges.none().active(false));
        UUID stranger = DATABASE.newTenant().user().id();

        assertThatThrownBy(this::developer)
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageContaining("not active");
        assertThatThrownBy(() -> service.actingAs(stranger)).isInstanceOf(NotFoundException.class);
    }

    @Test
    void whatActsForAUserCannotActForAnother() {
        UUID admin = fixture.user().id();
        Tenant acting = developer();

        assertThatThrownBy(() -> acting.actingAs(admin)).isInstanceOf(AccessDeniedException.class);
    }

    @Test
    void transactionsKeepTheActor() {
        Tenant viewer = service.actingAs(
                fixture.fixtures().user().withRole(Role.VIEWER).create().id());

        isRefused(
                Right.EDIT_PROJECTS,
                () -> viewer.transaction(tx -> tx.projects().create(NewProject.of("new"))));
        isRefused(
                Right.EDIT_PROJECTS,
                () -> viewer.transaction(2, tx -> tx.projects().create(NewProject.of("new"))));
        isRefused(Right.SET_PRICES, () -> viewer.readOnly(tx -> tx.repricings().preview(RepricingScope.all())));
    }

    @Test
    void onlyAnAdminEditsTheOrganization() {
        OrganizationChanges changes = OrganizationChanges.none().description("ours");

        assertThat(developer().organization().id()).isEqualTo(service.organizationId());
        isRefused(Right.MANAGE_ORGANIZATION, () -> developer().updateOrganization(changes));
        assertThat(service.actingAs(fixture.user().id())
                        .updateOrganization(changes)
                        .description())
                .contains("ours");
    }

    @Test
    void everyUserChangesAndChecksTheOwnPassword() {
        UUID another = fixture.user().id();

        developer().users().changePassword(user.id(), "correct horse");

        assertThat(developer().users().hasPassword(user.id(), "correct horse")).isTrue();
        isRefused(Right.MANAGE_USERS, () -> developer().users().changePassword(another, "correct horse"));
        isRefused(Right.MANAGE_USERS, () -> developer().users().hasPassword(another, "correct horse"));
    }

    @Test
    void aDeveloperSetsNoPriceWithANewModel() {
        NewAiModel model = NewAiModel.of(fixture.provider().id(), "GPT", "gpt");

        developer().models().create(model);

        isRefused(Right.SET_PRICES, () -> developer()
                .models()
                .create(NewAiModel.of(fixture.provider().id(), "GPT", "gpt").prices(ModelPrices.perMillion("1", "2"))));
    }

    @Test
    void aDeveloperEditsPoliciesButNeverThoseThatAreEnforced() {
        Policy policy = developer().policies().create(NewPolicy.of(project.id(), "mine", PolicyType.COST));
        developer().policies().update(policy.id(), PolicyChanges.none().description("checked"));

        isRefused(Right.ENFORCE_POLICIES, () -> developer()
                .policies()
                .create(NewPolicy.of(project.id(), "enforced", PolicyType.COST).enforced(true)));
        isRefused(Right.ENFORCE_POLICIES, () -> developer()
                .policies()
                .update(policy.id(), PolicyChanges.none().enforced(true)));
        service.policies().update(policy.id(), PolicyChanges.none().enforced(true));
        isRefused(Right.ENFORCE_POLICIES, () -> developer()
                .policies()
                .update(policy.id(), PolicyChanges.none().active(false)));
        isRefused(Right.ENFORCE_POLICIES, () -> developer().policies().delete(policy.id()));

        service.actingAs(fixture.user().id()).policies().delete(policy.id());
    }

    @Test
    void aRoleInAProjectLowersTheRightsThereOnly() {
        Prompt prompt = fixture.fixtures().prompt().in(project).create();
        service.memberships().set(project.id(), user.id(), Role.VIEWER);
        service.memberships().set(other.id(), fixture.user().id(), Role.VIEWER);
        Tenant acting = developer();
        PromptChanges changes = PromptChanges.none().description("new");

        assertThat(acting.prompts().find(prompt.id())).isPresent();
        isRefused(Right.EDIT_PROMPTS, project, () -> acting.prompts().update(prompt.id(), changes));
        isRefused(Right.EDIT_PROMPTS, project, () -> acting.prompts()
                .create(NewPrompt.of(project.id(), "new"), NewPromptVersion.of("Hello")));
        isRefused(Right.EDIT_PROJECTS, project, () -> acting.projects()
                .update(project.id(), ProjectChanges.none().description("new")));
        isRefused(Right.EDIT_TRACES, () -> acting.traces().deleteAll(TraceFilter.all()));
        acting.prompts().create(NewPrompt.of(other.id(), "new"), NewPromptVersion.of("Hello"));
        acting.traces().deleteAll(TraceFilter.all().projectId(other.id()));
        acting.projects().create(NewProject.of("new"));
    }

    @Test
    void aRoleInAProjectRaisesTheRightsThereOnly() {
        Prompt theirs = fixture.fixtures().prompt().in(project).create();
        Prompt others = fixture.fixtures().prompt().in(other).create();
        User viewer = fixture.fixtures().user().withRole(Role.VIEWER).create();
        service.memberships().set(project.id(), viewer.id(), Role.ADMIN);
        Tenant acting = service.actingAs(viewer.id());
        PromptChanges changes = PromptChanges.none().description("new");

        assertThat(acting.prompts().update(theirs.id(), changes).description()).contains("new");
        acting.policies()
                .create(NewPolicy.of(project.id(), "enforced", PolicyType.COST).enforced(true));
        acting.memberships().set(project.id(), user.id(), Role.VIEWER);
        isRefused(Right.EDIT_PROMPTS, other, () -> acting.prompts().update(others.id(), changes));
        isRefused(Right.MANAGE_USERS, other, () -> acting.memberships().set(other.id(), viewer.id(), Role.ADMIN));
        isRefused(Right.MANAGE_USERS, () -> acting.users()
                .update(viewer.id(), UserChanges.none().role(Role.ADMIN)));
        isRefused(Right.EDIT_PROJECTS, () -> acting.projects().create(NewProject.of("new")));
    }

    @Test
    void theProjectIsAskedForOnlyWhereTheAnswerDependsOnIt() {
        Prompt prompt = fixture.fixtures().prompt().in(other).create();
        RecordedStatements recorded = new RecordedStatements(DATABASE.dataSource());
        Tenant recording = PromptForge.create(recorded.dataSource(), ClassDatabase.settings())
                .tenant(service.organizationId());
        Tenant withoutRoles = recording.actingAs(user.id());
        service.memberships().set(project.id(), user.id(), Role.VIEWER);
        Tenant withRole = recording.actingAs(user.id());

        assertThat(edits(recorded, withoutRoles, prompt)).isEqualTo(edits(recorded, recording, prompt));
        assertThat(edits(recorded, withRole, prompt)).isEqualTo(edits(recorded, recording, prompt) + 1);
    }

    /** As a map needs it: a recorder keeps one queue for equal repositories. */
    @Test
    void repositoriesOfOneActorAreEqual() {
        TraceRepository traces = developer().traces();

        assertThat(traces)
                .isEqualTo(developer().traces())
                .hasSameHashCodeAs(developer().traces());
        assertThat(traces)
                .isNotEqualTo(service.traces())
                .isNotEqualTo(service.actingAs(fixture.user().id()).traces())
                .isNotEqualTo(null);
        service.memberships().set(project.id(), user.id(), Role.VIEWER);
        assertThat(traces).isNotEqualTo(developer().traces());
    }

    @Test
    @SuppressWarnings("NullAway")
    void whatARepositoryThrowsIsThrownUnchanged() {
        assertThatThrownBy(() -> developer()
                        .prompts()
                        .update(UUID.randomUUID(), PromptChanges.none().description("new")))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> developer().prompts().find(null)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void aPolicyThatIsSaidNotToBeEnforcedNeedsNoRightToEnforce() {
        NewPolicy policy = NewPolicy.of(project.id(), "mine", PolicyType.COST).enforced(false);

        assertThatCode(() -> developer().policies().create(policy)).doesNotThrowAnyException();
    }

    private static int edits(RecordedStatements recorded, Tenant tenant, Prompt prompt) {
        return recorded.of(() -> tenant.prompts()
                        .update(prompt.id(), PromptChanges.none().description("new")))
                .size();
    }

    /** A record of a stored trace can move it to another project. */
    @Test
    void aTraceIsNotMovedOutOfAProjectWithoutTheRightThere() {
        UUID trace = fixture.trace(project.id());
        service.memberships().set(project.id(), user.id(), Role.VIEWER);

        isRefused(Right.RECORD_TRACES, project, () -> developer()
                .traces()
                .record(TestTenant.newTrace(trace, other.id())));
        assertThatCode(() -> developer().traces().record(List.of(TestTenant.newTrace(UUID.randomUUID(), other.id()))))
                .doesNotThrowAnyException();
    }
}
