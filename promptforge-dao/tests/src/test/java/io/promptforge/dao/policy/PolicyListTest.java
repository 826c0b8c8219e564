package io.promptforge.dao.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
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
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Filters, orders and pages of the list of policies. */
class PolicyListTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final PolicyRepository policies = fixture.tenant().policies();
    private final UUID project = fixture.project().id();
    private final UUID otherProject = fixture.project().id();
    private final PolicyFilter inProject = PolicyFilter.all().projectId(project);

    @BeforeEach
    void create() {
        create(NewPolicy.of(project, "cost", PolicyType.COST)
                .severity(Severity.LOW)
                .description("100% of the Budget"));
        create(NewPolicy.of(project, "pii", PolicyType.PII)
                .severity(Severity.CRITICAL)
                .enforced(true));
        create(NewPolicy.of(project, "tone", PolicyType.TOXICITY).severity(Severity.CRITICAL));
        create(NewPolicy.of(project, "budget", PolicyType.COST)
                .severity(Severity.HIGH)
                .active(false));
        create(NewPolicy.of(otherProject, "cost", PolicyType.COST).enforced(true));
    }

    @Test
    void rowsPassAFilterIfTheyMeetAllItsConditions() {
        assertThat(names(PolicyFilter.all())).containsExactly("budget", "cost", "cost", "pii", "tone");
        assertThat(names(inProject)).containsExactly("budget", "cost", "pii", "tone");
        assertThat(names(PolicyFilter.all().projectId(otherProject))).containsExactly("cost");
        assertThat(names(inProject.type(PolicyType.COST))).containsExactly("budget", "cost");
        assertThat(names(inProject.type(PolicyType.PII, PolicyType.TOXICITY))).containsExactly("pii", "tone");
        assertThat(names(inProject.type())).hasSize(4);
        assertThat(names(inProject.severity(Severity.CRITICAL))).containsExactly("pii", "tone");
        assertThat(names(inProject.severity(Severity.LOW, Severity.HIGH))).containsExactly("budget", "cost");
        assertThat(names(inProject.active(true))).containsExactly("cost", "pii", "tone");
        assertThat(names(inProject.active(false))).containsExactly("budget");
        assertThat(names(PolicyFilter.all().enforced(true))).containsExactly("cost", "pii");
        assertThat(names(inProject.enforced(false))).containsExactly("budget", "cost", "tone");
        assertThat(names(inProject.type(PolicyType.COST).severity(Severity.HIGH).active(true)))
                .isEmpty();
        assertThat(names(inProject
                        .type(PolicyType.PII)
                        .severity(Severity.CRITICAL)
                        .active(true)
                        .enforced(true)
                        .text("PI")))
                .containsExactly("pii");
    }

    @Test
    void textIsSearchedInNameAndDescriptionWithoutWildcards() {
        assertThat(names(inProject.text("BUDGET"))).containsExactly("budget", "cost");
        assertThat(names(inProject.text("100% of"))).containsExactly("cost");
        assertThat(names(inProject.text("b%t"))).as("% is no wildcard").isEmpty();
        assertThat(names(inProject.text("_"))).as("_ is no wildcard").isEmpty();
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
    void pagesTogetherAreTheListAlsoForEqualKeys(PolicyOrder order) {
        List<UUID> projects =
                Stream.generate(() -> fixture.project().id()).limit(6).toList();
        // rows of one transaction have one time
        fixture.tenant().transaction(tx -> projects.stream()
                .map(each -> tx.policies().create(NewPolicy.of(each, "cost", PolicyType.COST)))
                .toList());
        for (PolicyFilter filter : List.of(PolicyFilter.all(), inProject)) {
            List<Policy> whole =
                    policies.list(filter, order, PageRequest.first()).items();

            assertThat(Pages.all(2, page -> policies.list(filter, order, page)))
                    .containsExactlyElementsOf(whole)
                    .doesNotHaveDuplicates()
                    .hasSize(filter.equals(inProject) ? 4 : 11);
        }
    }

    @Test
    void aCursorOfAnotherListIsRefused() {
        String next = policies.list(inProject, PolicyOrder.BY_NAME, PageRequest.first(1))
                .next()
                .orElseThrow();
        PageRequest following = PageRequest.first(1).after(next);

        assertRefused(() -> policies.list(inProject.active(true), PolicyOrder.BY_NAME, following));
        assertRefused(() -> policies.list(PolicyFilter.all(), PolicyOrder.BY_NAME, following));
        assertRefused(() -> policies.list(inProject, PolicyOrder.NEWEST_FIRST, following));
    }

    @Test
    void theOrderOfConstantsInAFilterDoesNotMatter() {
        PolicyFilter one = inProject.type(PolicyType.COST, PolicyType.PII);
        PolicyFilter same = inProject.type(PolicyType.PII, PolicyType.COST, PolicyType.PII);
        Page<Policy> first = policies.list(one, PolicyOrder.BY_NAME, PageRequest.first(2));

        assertThat(same).isEqualTo(one).hasToString(one.toString());
        assertThat(Pages.after(first, 2, page -> policies.list(same, PolicyOrder.BY_NAME, page)))
                .extracting(Policy::name)
                .containsExactly("pii");
    }

    @Test
    void theListIsCountedOnRequest() {
        assertThat(policies.list(
                                inProject,
                                PolicyOrder.BY_NAME,
                                PageRequest.first(1).counting(Counting.EXACT))
                        .count())
                .contains(new Count(4, true));
    }

    @Test
    void policiesThatPassAFilterAreCounted() {
        assertThat(policies.count(PolicyFilter.all())).isEqualTo(5);
        assertThat(policies.count(inProject.type(PolicyType.COST))).isEqualTo(2);
        assertThat(policies.count(inProject.enforced(true).active(false))).isZero();
        assertThat(DATABASE.newTenant().tenant().policies().count(inProject)).isZero();
    }

    @Test
    void policiesAreFoundByTheirIdsInTheOrderOfTheIds() {
        List<Policy> stored = policies.list(inProject, PolicyOrder.BY_NAME, PageRequest.first())
                .items();
        Policy first = stored.get(0);
        Policy last = stored.get(3);

        assertThat(policies.findAll(List.of(last.id(), UUID.randomUUID(), first.id())))
                .containsExactly(Map.entry(last.id(), last), Map.entry(first.id(), first));
        assertThat(DATABASE.newTenant().tenant().policies().findAll(List.of(first.id())))
                .isEmpty();
    }

    @Test
    void theActivePoliciesOfAProjectApplyByFallingSeverity() {
        assertThat(policies.applicable(project)).extracting(Policy::name).containsExactly("pii", "tone", "cost");

        policies.update(
                policies.findByName(project, "budget").orElseThrow().id(),
                PolicyChanges.none().active(true));
        policies.update(
                policies.findByName(project, "pii").orElseThrow().id(),
                PolicyChanges.none().active(false));

        assertThat(policies.applicable(project)).extracting(Policy::name).containsExactly("tone", "budget", "cost");
        assertThat(policies.applicable(UUID.randomUUID())).isEmpty();
    }

    @Test
    @SuppressWarnings("NullAway")
    void aFilterRefusesNull() {
        assertThatThrownBy(() -> PolicyFilter.all().projectId(null)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> inProject.type(PolicyType.PII, null)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> inProject.text(null)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> inProject.text("NUL \0")).isInstanceOf(InvalidValueException.class);
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
