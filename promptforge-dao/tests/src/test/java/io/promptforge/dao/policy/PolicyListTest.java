package io.promptforge.dao.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.TestDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.page.Count;
import io.promptforge.dao.page.Counting;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.page.Pages;
import io.promptforge.schema.type.PolicyType;
import io.promptforge.schema.type.Severity;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which policies are listed, in which order. */
class PolicyListTest {

    private static final TestDatabase DATABASE = TestDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final PolicyRepository policies = fixture.tenant().policies();
    private final UUID project = fixture.project().id();
    private final UUID otherProject = fixture.project().id();
    private final PolicyFilter inProject = PolicyFilter.inProject(project);

    @BeforeEach
    void create() {
        create(NewPolicy.named(project, "cost", PolicyType.COST)
                .withSeverity(Severity.LOW)
                .withDescription("100% of the Budget"));
        create(NewPolicy.named(project, "pii", PolicyType.PII)
                .withSeverity(Severity.CRITICAL)
                .asEnforced());
        create(NewPolicy.named(project, "tone", PolicyType.TOXICITY).withSeverity(Severity.CRITICAL));
        create(NewPolicy.named(project, "budget", PolicyType.COST)
                .withSeverity(Severity.HIGH)
                .asInactive());
        create(NewPolicy.named(otherProject, "cost", PolicyType.COST).asEnforced());
    }

    @Test
    void filtersLetThroughWhatMeetsEverythingNamed() {
        assertThat(names(PolicyFilter.all())).containsExactly("budget", "cost", "cost", "pii", "tone");
        assertThat(names(inProject)).containsExactly("budget", "cost", "pii", "tone");
        assertThat(names(PolicyFilter.inProject(otherProject))).containsExactly("cost");
        assertThat(names(inProject.withType(PolicyType.COST))).containsExactly("budget", "cost");
        assertThat(names(inProject.withType(PolicyType.PII, PolicyType.TOXICITY)))
                .containsExactly("pii", "tone");
        assertThat(names(inProject.withType())).hasSize(4);
        assertThat(names(inProject.withSeverity(Severity.CRITICAL))).containsExactly("pii", "tone");
        assertThat(names(inProject.withSeverity(Severity.LOW, Severity.HIGH))).containsExactly("budget", "cost");
        assertThat(names(inProject.withActive(true))).containsExactly("cost", "pii", "tone");
        assertThat(names(inProject.withActive(false))).containsExactly("budget");
        assertThat(names(PolicyFilter.all().withEnforced(true))).containsExactly("cost", "pii");
        assertThat(names(inProject.withEnforced(false))).containsExactly("budget", "cost", "tone");
        assertThat(names(inProject
                        .withType(PolicyType.COST)
                        .withSeverity(Severity.HIGH)
                        .withActive(true)))
                .isEmpty();
        assertThat(names(inProject
                        .withType(PolicyType.PII)
                        .withSeverity(Severity.CRITICAL)
                        .withActive(true)
                        .withEnforced(true)
                        .withText("PI")))
                .containsExactly("pii");
    }

    @Test
    void textIsSoughtInNameAndDescriptionLetterByLetter() {
        assertThat(names(inProject.withText("BUDGET"))).containsExactly("budget", "cost");
        assertThat(names(inProject.withText("100% of"))).containsExactly("cost");
        assertThat(names(inProject.withText("b%t"))).as("% is no wildcard").isEmpty();
        assertThat(names(inProject.withText("_"))).as("_ is no wildcard").isEmpty();
    }

    @Test
    void anotherTenantsProjectIsEmpty() {
        PolicyRepository theirs = DATABASE.newTenant().tenant().policies();

        assertThat(theirs.list(inProject, PolicyOrder.BY_NAME, PageRequest.first())
                        .items())
                .isEmpty();
        assertThat(theirs.list(PolicyFilter.all(), PolicyOrder.BY_NAME, PageRequest.first())
                        .items())
                .isEmpty();
        assertThat(theirs.applicable(project)).isEmpty();
    }

    @Test
    void policiesAreOrderedByNameOrByAge() {
        assertThat(names(inProject, PolicyOrder.BY_NAME)).containsExactly("budget", "cost", "pii", "tone");
        assertThat(names(inProject, PolicyOrder.OLDEST_FIRST)).containsExactly("cost", "pii", "tone", "budget");
        assertThat(names(inProject, PolicyOrder.NEWEST_FIRST)).containsExactly("budget", "tone", "pii", "cost");
    }

    @ParameterizedTest
    @EnumSource
    void pagesAreTheWholeListInItsOrderAlsoWhereKeysAreTheSame(PolicyOrder order) {
        List<UUID> projects =
                Stream.generate(() -> fixture.project().id()).limit(6).toList();
        // one transaction, one time
        fixture.tenant().transaction(tx -> projects.stream()
                .map(each -> tx.policies().create(NewPolicy.named(each, "cost", PolicyType.COST)))
                .toList());
        for (PolicyFilter filter : List.of(PolicyFilter.all(), inProject)) {
            List<Policy> whole =
                    policies.list(filter, order, PageRequest.first()).items();

            assertThat(Pages.all(2, page -> policies.list(filter, order, page)))
                    .containsExactlyElementsOf(whole)
                    .doesNotHaveDuplicates()
                    .hasSize(filter.projectId().isPresent() ? 4 : 11);
        }
    }

    @Test
    void aCursorOfAnotherListIsRefused() {
        String next = policies.list(inProject, PolicyOrder.BY_NAME, PageRequest.first(1))
                .next()
                .orElseThrow();
        PageRequest following = PageRequest.first(1).after(next);

        assertRefused(() -> policies.list(inProject.withActive(true), PolicyOrder.BY_NAME, following));
        assertRefused(() -> policies.list(PolicyFilter.all(), PolicyOrder.BY_NAME, following));
        assertRefused(() -> policies.list(inProject, PolicyOrder.NEWEST_FIRST, following));
    }

    @Test
    void theOrderInWhichAFilterNamesItsValuesMeansNothing() {
        PolicyFilter one = inProject.withType(PolicyType.COST, PolicyType.PII);
        PolicyFilter same = inProject.withType(PolicyType.PII, PolicyType.COST, PolicyType.PII);
        Page<Policy> first = policies.list(one, PolicyOrder.BY_NAME, PageRequest.first(2));

        assertThat(same).isEqualTo(one).hasToString(one.toString());
        assertThat(Pages.after(first, 2, page -> policies.list(same, PolicyOrder.BY_NAME, page)))
                .extracting(Policy::name)
                .containsExactly("pii");
    }

    @Test
    void theListIsCountedWhereThatIsAskedFor() {
        assertThat(policies.list(
                                inProject,
                                PolicyOrder.BY_NAME,
                                PageRequest.first(1).counting(Counting.EXACT))
                        .count())
                .contains(new Count(4, true));
    }

    @Test
    void theActivePoliciesOfAProjectApplyTheWorstFirst() {
        assertThat(policies.applicable(project)).extracting(Policy::name).containsExactly("pii", "tone", "cost");

        policies.activate(policies.findByName(project, "budget").orElseThrow().id());
        policies.deactivate(policies.findByName(project, "pii").orElseThrow().id());

        assertThat(policies.applicable(project)).extracting(Policy::name).containsExactly("tone", "budget", "cost");
        assertThat(policies.applicable(UUID.randomUUID())).isEmpty();
    }

    @Test
    @SuppressWarnings("NullAway")
    void aFilterTakesNoNull() {
        assertThatThrownBy(() -> PolicyFilter.inProject(null)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> inProject.withType(PolicyType.PII, null)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> inProject.withText(null)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> inProject.withText("NUL \0")).isInstanceOf(InvalidValueException.class);
    }

    private void create(NewPolicy policy) {
        policies.create(policy);
    }

    private List<String> names(PolicyFilter filter) {
        return names(filter, PolicyOrder.BY_NAME);
    }

    private List<String> names(PolicyFilter filter, PolicyOrder order) {
        return policies.list(filter, order, PageRequest.first()).items().stream()
                .map(Policy::name)
                .toList();
    }

    private static void assertRefused(Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(InvalidValueException.class, e -> assertThat(e.field())
                .isEqualTo("cursor"));
    }
}
