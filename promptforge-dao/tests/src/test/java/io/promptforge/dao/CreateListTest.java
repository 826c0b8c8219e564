package io.promptforge.dao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.access.Right;
import io.promptforge.dao.apikey.NewApiKey;
import io.promptforge.dao.audit.AuditFilter;
import io.promptforge.dao.error.AlreadyExistsException;
import io.promptforge.dao.error.FieldException;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.TemplateSyntaxException;
import io.promptforge.dao.evaluator.Evaluator;
import io.promptforge.dao.evaluator.EvaluatorVersion;
import io.promptforge.dao.evaluator.NewEvaluator;
import io.promptforge.dao.evaluator.NewEvaluatorVersion;
import io.promptforge.dao.membership.Membership;
import io.promptforge.dao.model.ModelPrices;
import io.promptforge.dao.model.NewAiModel;
import io.promptforge.dao.model.NewModelProvider;
import io.promptforge.dao.model.NewPriceList;
import io.promptforge.dao.model.PriceList;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.policy.NewPolicy;
import io.promptforge.dao.project.NewProject;
import io.promptforge.dao.project.Project;
import io.promptforge.dao.project.ProjectFilter;
import io.promptforge.dao.prompt.Commit;
import io.promptforge.dao.prompt.NewPrompt;
import io.promptforge.dao.prompt.NewPromptVersion;
import io.promptforge.dao.prompt.Prompt;
import io.promptforge.dao.prompt.PromptDeployment;
import io.promptforge.dao.prompt.PromptFilter;
import io.promptforge.dao.prompt.ResolvedPrompt;
import io.promptforge.dao.prompt.Rollout;
import io.promptforge.dao.user.NewUser;
import io.promptforge.dao.user.User;
import io.promptforge.schema.type.EvaluatorKind;
import io.promptforge.schema.type.PolicyType;
import io.promptforge.schema.type.ProviderType;
import io.promptforge.schema.type.Role;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The calls that store a list do what as many calls for one element would, all or nothing and in a few statements. */
class CreateListTest {
    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final Tenant tenant = fixture.tenant();

    private static List<NewProject> projects(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> NewProject.of("Project " + i))
                .toList();
    }

    private static List<NewPromptVersion> versions(String... texts) {
        return Stream.of(texts).map(NewPromptVersion::of).toList();
    }

    private static void isRefused(
            Class<? extends FieldException> kind, String path, String field, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(kind, refusal -> {
            assertThat(refusal.path()).contains(path);
            assertThat(refusal.field()).isEqualTo(field);
        });
    }

    @Test
    void aListIsStoredInItsOrderWithDefaultsWhereAnElementHasNoValue() {
        NewProject plain = NewProject.of("Zebra");
        NewProject described = NewProject.of("Ant").description("With a description.");

        List<Project> created = tenant.projects().create(List.of(plain, described, NewProject.of("Mole")));

        assertThat(created).extracting(Project::name).containsExactly("Zebra", "Ant", "Mole");
        assertThat(created.get(0).status()).isEqualTo(created.get(1).status());
        assertThat(created).allSatisfy(project -> assertThat(tenant.projects().find(project.id()))
                .contains(project));
    }

    @Test
    void anEmptyListStoresNothing() {
        assertThat(tenant.projects().create(List.of())).isEmpty();
        assertThat(tenant.prompts()
                        .commit(fixture.prompt(fixture.project().id()).prompt().id(), List.of()))
                .isEmpty();
    }

    @Test
    void theSecondOfTwoEqualNamesIsNamedAndNothingIsStored() {
        isRefused(AlreadyExistsException.class, "projects[2]", "name", () -> tenant.projects()
                .create(List.of(NewProject.of("A"), NewProject.of("B"), NewProject.of("A"))));

        assertThat(tenant.projects().count(ProjectFilter.all())).isZero();
    }

    @Test
    void anElementThatRefersToNothingIsNamed() {
        UUID project = fixture.project().id();
        List<NewPolicy> policies = List.of(
                NewPolicy.of(project, "A", PolicyType.COST), NewPolicy.of(UUID.randomUUID(), "B", PolicyType.COST));

        isRefused(InvalidReferenceException.class, "policies[1]", "project_id", () -> tenant.policies()
                .create(policies));
    }

    @Test
    void anElementThatTheDatabaseRefusesIsNamed() {
        List<NewProject> projects = List.of(NewProject.of("A"), NewProject.of("B".repeat(201)));

        isRefused(InvalidValueException.class, "projects[1]", "name", () -> tenant.projects()
                .create(projects));
    }

    @Test
    @NotOnCitus("the keys of users are claimed one by one")
    void theNumberOfStatementsDoesNotGrowWithTheList() {
        RecordedStatements recorded = new RecordedStatements(DATABASE.dataSource());
        Tenant watched = PromptForge.create(recorded.dataSource(), ClassDatabase.settings())
                .tenant(tenant.organizationId());
        UUID project = fixture.project().id();
        UUID provider = fixture.provider().id();
        UUID prompt = fixture.prompt(project).prompt().id();
        UUID evaluator = fixture.fixtures().evaluator().create().id();
        UUID model = fixture.model().id();
        List<BiConsumer<String, Integer>> calls = List.of(
                (name, count) -> watched.projects().create(each(count, i -> NewProject.of(name + i))),
                (name, count) ->
                        watched.policies().create(each(count, i -> NewPolicy.of(project, name + i, PolicyType.COST))),
                (name, count) -> watched.users()
                        .create(each(
                                count,
                                i -> NewUser.of(
                                        name + i + "@list.example", name + i, Role.VIEWER, TestTenant.PASSWORD))),
                (name, count) -> watched.apiKeys().create(each(count, i -> NewApiKey.of(name + i, Set.of(Right.READ)))),
                (name, count) -> watched.modelProviders()
                        .create(each(count, i -> NewModelProvider.of(name + i, ProviderType.OPENAI))),
                (name, count) -> watched.models().create(each(count, i -> NewAiModel.of(provider, name + i, name + i)
                        .prices(ModelPrices.perMillion("1", "2")))),
                (name, count) -> watched.models()
                        .setPrices(
                                model,
                                each(
                                        count,
                                        i -> NewPriceList.of(
                                                TestTenant.NOON.plusSeconds(name.hashCode() % 1_000 * 1_000L + i),
                                                ModelPrices.perMillion("1", "2")))),
                (name, count) -> watched.prompts()
                        .create(
                                each(count, i -> NewPrompt.of(project, name + i)),
                                each(count, i -> NewPromptVersion.of("text"))),
                (name, count) -> watched.prompts().commit(prompt, each(count, i -> NewPromptVersion.of(name + i))),
                (name, count) -> watched.prompts().deploy(prompt, 1, each(count, i -> name + i), null),
                (name, count) -> watched.evaluators()
                        .create(
                                each(count, i -> NewEvaluator.of(name + i, "quality", EvaluatorKind.CODE)),
                                each(count, i -> NewEvaluatorVersion.none())),
                (name, count) ->
                        watched.evaluators().addVersions(evaluator, each(count, i -> NewEvaluatorVersion.none())),
                (name, count) -> watched.memberships()
                        .set(
                                project,
                                fixture.fixtures().user().create(count).stream()
                                        .map(User::id)
                                        .toList(),
                                Role.VIEWER));

        for (BiConsumer<String, Integer> call : calls) {
            call.accept("warm", 1);
            List<String> few = recorded.templatesOf(() -> call.accept("few", 2));
            List<String> many = recorded.templatesOf(() -> call.accept("many", 40));

            assertThat(many).as("%s", many).hasSameSizeAs(few);
        }
    }

    private static <T> List<T> each(int count, IntFunction<T> maker) {
        return IntStream.range(0, count).mapToObj(maker).toList();
    }

    @Test
    void eachRowHasItsEntryInTheAuditLog() {
        long before = tenant.audit().count(AuditFilter.all());

        tenant.projects().create(projects(7));

        assertThat(tenant.audit().count(AuditFilter.all())).isEqualTo(before + 7);
        assertThat(tenant.audit().verify().isIntact()).isTrue();
    }

    @Test
    void usersOfOneCallLogIn() {
        List<User> users = tenant.users()
                .create(List.of(
                        NewUser.of(TestTenant.newName("a") + "@x.example", "Ada", Role.VIEWER, "correct horse battery"),
                        NewUser.of(
                                TestTenant.newName("b") + "@x.example", "Bob", Role.VIEWER, "another horse battery")));

        assertThat(DATABASE.forge().login(users.get(0).email(), "correct horse battery"))
                .isPresent();
        assertThat(DATABASE.forge().login(users.get(1).email(), "another horse battery"))
                .isPresent();
        assertThat(DATABASE.forge().login(users.get(0).email(), "another horse battery"))
                .isEmpty();
    }

    @Test
    void usersWithEqualPasswordsHaveDifferentHashesUnlessTheCostIsTheLowest() {
        assertThat(hashesOfTwoUsers(5)).doesNotHaveDuplicates();
        assertThat(hashesOfTwoUsers(4)).containsOnly(hashesOfTwoUsersLast());
    }

    private List<String> hashesOfTwoUsers(int cost) {
        PromptForge.create(DATABASE.dataSource(), PromptForgeSettings.defaults().bcryptCost(cost))
                .tenant(tenant.organizationId())
                .users()
                .create(each(
                        2,
                        i -> NewUser.of(
                                TestTenant.newName("same") + "@x.example",
                                "Same " + cost,
                                Role.VIEWER,
                                "correct horse battery")));
        return DATABASE.query("SELECT password_hash FROM promptforge.users WHERE full_name = 'Same " + cost
                + "' AND organization_id = '" + tenant.organizationId() + "'");
    }

    private String hashesOfTwoUsersLast() {
        return DATABASE.query("SELECT max(password_hash) FROM promptforge.users WHERE full_name = 'Same 4'"
                        + " AND organization_id = '" + tenant.organizationId() + "'")
                .get(0);
    }

    @Test
    void aPasswordThatTheRulesRefuseIsNamed() {
        List<NewUser> users = List.of(
                NewUser.of("ok@x.example", "Ada", Role.VIEWER, "correct horse battery"),
                NewUser.of("short@x.example", "Bob", Role.VIEWER, "short"));

        isRefused(InvalidValueException.class, "users[1]", "password", () -> tenant.users()
                .create(users));
    }

    @Test
    void promptsServeTheFirstVersionsAtTheirPlaces() {
        UUID project = fixture.project().id();

        List<ResolvedPrompt> created = tenant.prompts()
                .create(
                        List.of(NewPrompt.of(project, "Greeting"), NewPrompt.of(project, "Farewell")),
                        versions("Hello", "Bye"));

        assertThat(created).extracting(it -> it.prompt().name()).containsExactly("Greeting", "Farewell");
        assertThat(created).allSatisfy(it -> assertThat(
                        tenant.prompts().resolve(project, it.prompt().name()))
                .contains(it));
        assertThat(created.get(1).version())
                .isEqualTo(tenant.prompts()
                        .findVersion(created.get(1).prompt().id(), 1)
                        .orElseThrow());
        assertThat(created.get(1).version().messages().toString()).contains("Bye");
    }

    @Test
    void asManyFirstVersionsAsPromptsAreNeeded() {
        UUID project = fixture.project().id();

        assertThatThrownBy(() -> tenant.prompts().create(List.of(NewPrompt.of(project, "A")), versions("a", "b")))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("first_versions"));
        List<NewPrompt> two = List.of(NewPrompt.of(project, "A"), NewPrompt.of(project, "B"));
        ThrowingCallable unreadable = () -> tenant.prompts().create(two, versions("fine", "{{#open}}"));
        isRefused(TemplateSyntaxException.class, "first_versions[1].messages[0].parts[0]", "template", unreadable);
        assertThat(tenant.prompts().count(PromptFilter.all())).isZero();
    }

    @Test
    void committedVersionsAreThoseOfSingleCommits() {
        UUID one = fixture.prompt(fixture.project().id()).prompt().id();
        UUID other = fixture.prompt(fixture.project().id()).prompt().id();
        NewPromptVersion head =
                NewPromptVersion.like(tenant.prompts().findVersion(one, 1).orElseThrow());
        List<NewPromptVersion> list = List.of(
                head,
                NewPromptVersion.of("a"),
                NewPromptVersion.of("a").commitMessage("again"),
                NewPromptVersion.of("a").tags("x", "y"),
                NewPromptVersion.of("a").tags("y", "x"),
                NewPromptVersion.of("b"),
                NewPromptVersion.of("a"));

        List<Commit> together = tenant.prompts().commit(one, list);
        List<Commit> single = list.stream()
                .map(version -> tenant.prompts().commit(other, version))
                .toList();

        assertThat(together)
                .extracting(Commit::isNew)
                .containsExactlyElementsOf(single.stream().map(Commit::isNew).toList());
        assertThat(together)
                .extracting(commit -> commit.version().versionNumber())
                .containsExactly(1, 2, 2, 3, 3, 4, 5)
                .containsExactlyElementsOf(single.stream()
                        .map(commit -> commit.version().versionNumber())
                        .toList());
        assertThat(tenant.prompts().find(one).map(Prompt::latestVersionNumber)).contains(5);
        assertThat(tenant.prompts().commit(one, versions("a", "c")))
                .extracting(commit -> commit.version().versionNumber())
                .containsExactly(5, 6);
    }

    @Test
    void aVersionIsDeployedToSeveralEnvironmentsAtOneMoment() {
        UUID prompt = fixture.prompt(fixture.project().id()).prompt().id();
        tenant.prompts().commit(prompt, versions("second"));
        PromptDeployment replaced =
                tenant.prompts().deploy(prompt, 1, "production", null).deployment();
        tenant.prompts().deploy(prompt, 2, "live already", null);

        List<Rollout> rollouts =
                tenant.prompts().deploy(prompt, 2, List.of("staging", "production", "live already", "staging"), null);

        assertThat(rollouts).extracting(Rollout::isNew).containsExactly(true, true, false, false);
        assertThat(rollouts)
                .extracting(rollout -> rollout.deployment().environment())
                .containsExactly("staging", "production", "live already", "staging");
        assertThat(rollouts.get(0).deployment().deployedAt())
                .isEqualTo(rollouts.get(1).deployment().deployedAt());
        assertThat(rollouts.get(3).deployment()).isEqualTo(rollouts.get(0).deployment());
        assertThat(tenant.prompts().liveDeployments(prompt, PageRequest.first()).items())
                .containsExactlyInAnyOrderElementsOf(
                        Set.copyOf(rollouts.stream().map(Rollout::deployment).toList()));
        assertThat(tenant.prompts()
                        .deploymentHistory(prompt, "production", PageRequest.first())
                        .items())
                .extracting(PromptDeployment::endedAt)
                .contains(Optional.of(rollouts.get(1).deployment().deployedAt()));
        assertThat(replaced.isLive()).isTrue();
    }

    @Test
    void evaluatorsHaveTheirFirstVersionsAndFurtherOnesAreNumberedInOrder() {
        List<Evaluator> created = tenant.evaluators()
                .create(
                        each(2, i -> NewEvaluator.of("Judge " + i, "quality", EvaluatorKind.CODE)),
                        each(2, i -> NewEvaluatorVersion.none().criteria("first " + i)));
        List<EvaluatorVersion> further = tenant.evaluators()
                .addVersions(created.get(1).id(), each(2, i -> NewEvaluatorVersion.none()
                        .criteria("further " + i)));

        assertThat(created).extracting(Evaluator::latestVersion).containsExactly(1, 1);
        assertThat(tenant.evaluators()
                        .findLatestVersion(created.get(0).id())
                        .orElseThrow()
                        .criteria())
                .contains("first 0");
        assertThat(further).extracting(EvaluatorVersion::versionNumber).containsExactly(2, 3);
        assertThat(tenant.evaluators().find(created.get(1).id()).orElseThrow().latestVersion())
                .isEqualTo(3);
    }

    @Test
    void aUserWhoIsGivenTwiceGetsOneMembership() {
        UUID project = fixture.project().id();
        User ada = fixture.user();
        User bob = fixture.user();
        tenant.memberships().set(project, bob.id(), Role.VIEWER);

        List<Membership> memberships =
                tenant.memberships().set(project, List.of(bob.id(), ada.id(), bob.id()), Role.ADMIN);

        assertThat(memberships).extracting(Membership::userId).containsExactly(bob.id(), ada.id(), bob.id());
        assertThat(tenant.memberships().find(project, bob.id()).orElseThrow().role())
                .isEqualTo(Role.ADMIN);
        isRefused(InvalidReferenceException.class, "user_ids[1]", "user_id", () -> tenant.memberships()
                .set(project, List.of(ada.id(), UUID.randomUUID()), Role.ADMIN));
    }

    @Test
    void keysOfAListAreAccepted() {
        tenant.apiKeys()
                .create(each(3, i -> NewApiKey.of("Key " + i, Set.of(Right.READ))))
                .forEach(issued -> assertThat(DATABASE.forge().authenticate(issued.text()))
                        .as(issued.key().name())
                        .isPresent());
    }

    @Test
    void pricesOfAListHoldEachFromItsMoment() {
        UUID model = fixture.model().id();
        PriceList old =
                tenant.models().setPrices(model, NewPriceList.of(TestTenant.NOON, ModelPrices.perMillion("1", "2")));

        List<PriceList> lists = tenant.models()
                .setPrices(
                        model,
                        List.of(
                                NewPriceList.of(TestTenant.NOON, ModelPrices.perMillion("3", "4"))
                                        .replacing(old.id()),
                                NewPriceList.of(TestTenant.NOON.plusSeconds(60), ModelPrices.perMillion("5", "6"))));

        assertThat(tenant.models().pricesAt(model, TestTenant.NOON.plusSeconds(1)))
                .contains(lists.get(0));
        assertThat(tenant.models().pricesAt(model, TestTenant.NOON.plusSeconds(61)))
                .contains(lists.get(1));
    }

    @Test
    void modelsOfAListHaveTheirPrices() {
        UUID provider = fixture.provider().id();
        ModelPrices prices = ModelPrices.perMillion("1", "2");

        assertThat(tenant.models()
                        .create(List.of(
                                NewAiModel.of(provider, "Free", "free"),
                                NewAiModel.of(provider, "Priced", "priced").prices(prices))))
                .extracting(model -> model.prices())
                .containsExactly(ModelPrices.unknown(), prices);
    }

    @Test
    void aListTakesPartInTheTransactionOfTheCaller() {
        Consumer<Tenant> failing = tx -> {
            tx.projects().create(projects(3));
            throw new IllegalStateException("rolled back");
        };

        assertThatThrownBy(() -> tenant.transactionWithoutResult(failing)).isInstanceOf(IllegalStateException.class);
        assertThat(tenant.projects().count(ProjectFilter.all())).isZero();
    }

    @Test
    void oneDefaultProviderIsAccepted() {
        List<NewModelProvider> providers = Collections.nCopies(
                2, NewModelProvider.of("Any", ProviderType.OPENAI).isDefault(true));
        isRefused(AlreadyExistsException.class, "providers[1]", "name", () -> tenant.modelProviders()
                .create(providers));
        assertThat(tenant.modelProviders()
                        .create(providers.subList(0, 1))
                        .get(0)
                        .isDefault())
                .isTrue();
    }
}
