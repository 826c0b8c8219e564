package io.promptforge.dao.policy;

import static io.promptforge.dao.TestTenant.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.TestDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.page.Count;
import io.promptforge.dao.page.Counting;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.page.Pages;
import io.promptforge.schema.type.Severity;
import io.promptforge.schema.type.ViolationStatus;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which violations are listed and counted, in which order. */
class ViolationListTest {

    private static final TestDatabase DATABASE = TestDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final ViolationRepository violations = fixture.tenant().violations();
    private final UUID user = fixture.user().id();
    private final UUID project = fixture.project().id();
    private final UUID otherProject = fixture.project().id();
    private final UUID cost = fixture.policy(project).id();
    private final UUID pii = fixture.policy(project).id();
    private final UUID elsewhere = fixture.policy(otherProject).id();
    private final UUID trace = fixture.trace(project);
    private final ViolationFilter all = ViolationFilter.all();
    private final ViolationFilter inProject = ViolationFilter.inProject(project);

    /** Detected at noon, a second later, two … */
    @BeforeEach
    void record() {
        List<Violation> recorded = violations.record(List.of(
                at(0, cost, "a: 100% Over").severity(Severity.LOW).build(),
                at(1, pii, "b").severity(Severity.CRITICAL).traceId(trace).build(),
                at(2, cost, "c").severity(Severity.HIGH).traceId(trace).build(),
                at(3, pii, "d").severity(Severity.CRITICAL).build(),
                at(4, elsewhere, "e").severity(Severity.HIGH).build()));
        violations.acknowledge(recorded.get(1).id(), user, NOON);
        violations.resolve(recorded.get(2).id(), user, NOON, null);
        violations.markFalsePositive(recorded.get(3).id(), user, NOON, null);
    }

    @Test
    void filtersLetThroughWhatMeetsEverythingNamed() {
        assertThat(messages(all)).containsExactly("a", "b", "c", "d", "e");
        assertThat(messages(inProject)).containsExactly("a", "b", "c", "d");
        assertThat(messages(all.withPolicy(cost))).containsExactly("a", "c");
        assertThat(messages(inProject.withPolicy(pii))).containsExactly("b", "d");
        assertThat(messages(inProject.withPolicy(elsewhere))).isEmpty();
        assertThat(messages(all.withPolicy(UUID.randomUUID()))).isEmpty();
        assertThat(messages(all.withSeverity(Severity.CRITICAL))).containsExactly("b", "d");
        assertThat(messages(all.withSeverity(Severity.LOW, Severity.HIGH))).containsExactly("a", "c", "e");
        assertThat(messages(all.withStatus(ViolationStatus.OPEN))).containsExactly("a", "e");
        assertThat(messages(inProject.withStatus(ViolationStatus.OPEN, ViolationStatus.ACKNOWLEDGED)))
                .containsExactly("a", "b");
        assertThat(messages(all.withStatus(ViolationStatus.FALSE_POSITIVE))).containsExactly("d");
        assertThat(messages(all.withStatus())).hasSize(5);
        assertThat(messages(all.withTrace(trace))).containsExactly("b", "c");
        assertThat(messages(all.withTrace(UUID.randomUUID()))).isEmpty();
        assertThat(messages(all.withDetectedFrom(second(1)).withDetectedBefore(second(3))))
                .containsExactly("b", "c");
        assertThat(messages(all.withText("OVER"))).containsExactly("a");
        assertThat(messages(all.withText("%"))).as("% is no wildcard").containsExactly("a");
        assertThat(messages(inProject
                        .withPolicy(pii)
                        .withSeverity(Severity.CRITICAL)
                        .withStatus(ViolationStatus.ACKNOWLEDGED)
                        .withTrace(trace)
                        .withDetectedFrom(second(0))
                        .withDetectedBefore(second(9))
                        .withText("B")))
                .containsExactly("b");
    }

    @Test
    void anotherTenantSeesNothing() {
        ViolationRepository theirs = DATABASE.newTenant().tenant().violations();

        for (ViolationFilter filter : List.of(all, inProject, all.withPolicy(cost), all.withTrace(trace))) {
            assertThat(theirs.list(filter, ViolationOrder.OLDEST_FIRST, PageRequest.first())
                            .items())
                    .isEmpty();
            assertThat(theirs.counts(filter).total()).isZero();
            assertThat(theirs.counts(filter).byPolicy()).isEmpty();
        }
    }

    @Test
    void violationsAreOrderedByTheTimeOfDetection() {
        assertThat(messages(inProject, ViolationOrder.OLDEST_FIRST)).containsExactly("a", "b", "c", "d");
        assertThat(messages(inProject, ViolationOrder.NEWEST_FIRST)).containsExactly("d", "c", "b", "a");
    }

    @ParameterizedTest
    @EnumSource
    void pagesAreTheWholeListInItsOrderAlsoWhereTimesAreTheSame(ViolationOrder order) {
        violations.record(IntStream.range(0, 8)
                .mapToObj(n -> at(2, n % 2 == 0 ? cost : pii, "same " + n)
                        .traceId(trace)
                        .build())
                .toList());
        for (ViolationFilter filter : List.of(
                all, inProject, all.withPolicy(cost), all.withStatus(ViolationStatus.OPEN), all.withTrace(trace))) {
            List<Violation> whole =
                    violations.list(filter, order, PageRequest.first()).items();

            assertThat(Pages.all(3, page -> violations.list(filter, order, page)))
                    .containsExactlyElementsOf(whole)
                    .doesNotHaveDuplicates()
                    .hasSizeGreaterThan(3);
        }
    }

    @Test
    void aCursorOfAnotherListIsRefused() {
        String next = violations
                .list(all, ViolationOrder.OLDEST_FIRST, PageRequest.first(1))
                .next()
                .orElseThrow();
        PageRequest following = PageRequest.first(1).after(next);

        for (ViolationFilter other : List.of(inProject, all.withPolicy(cost), all.withText("a"))) {
            assertThatThrownBy(() -> violations.list(other, ViolationOrder.OLDEST_FIRST, following))
                    .isInstanceOfSatisfying(InvalidValueException.class, e -> assertThat(e.field())
                            .isEqualTo("cursor"));
        }
        assertThatThrownBy(() -> violations.list(all, ViolationOrder.NEWEST_FIRST, following))
                .isInstanceOf(InvalidValueException.class);
    }

    @Test
    void theListIsCountedWhereThatIsAskedFor() {
        assertThat(violations
                        .list(
                                all.withPolicy(cost),
                                ViolationOrder.NEWEST_FIRST,
                                PageRequest.first(1).counting(Counting.EXACT))
                        .count())
                .contains(new Count(2, true));
    }

    @Test
    void countsAreByStatusSeverityAndPolicyOverTheFilter() {
        assertThat(violations.counts(all))
                .isEqualTo(new ViolationCounts(
                        5,
                        Map.of(
                                ViolationStatus.OPEN, 2L,
                                ViolationStatus.ACKNOWLEDGED, 1L,
                                ViolationStatus.RESOLVED, 1L,
                                ViolationStatus.FALSE_POSITIVE, 1L),
                        Map.of(Severity.LOW, 1L, Severity.HIGH, 2L, Severity.CRITICAL, 2L),
                        Map.of(cost, 2L, pii, 2L, elsewhere, 1L)));
        assertThat(violations.counts(inProject.withPolicy(cost).withDetectedFrom(second(1))))
                .isEqualTo(new ViolationCounts(
                        1, Map.of(ViolationStatus.RESOLVED, 1L), Map.of(Severity.HIGH, 1L), Map.of(cost, 1L)));
        assertThat(violations.counts(all.withTrace(trace)).total()).isEqualTo(2);
    }

    @Test
    void countsNameEveryStatusAndSeverity() {
        ViolationCounts none = violations.counts(ViolationFilter.inProject(UUID.randomUUID()));

        assertThat(none.total()).isZero();
        assertThat(none.byStatus()).containsOnlyKeys(ViolationStatus.values()).containsValue(0L);
        assertThat(none.bySeverity()).containsOnlyKeys(Severity.values()).containsValue(0L);
        assertThat(none.byPolicy()).isEmpty();
    }

    @Test
    void theOrderInWhichAFilterNamesItsValuesMeansNothing() {
        assertThat(all.withStatus(ViolationStatus.RESOLVED, ViolationStatus.OPEN, ViolationStatus.RESOLVED))
                .isEqualTo(all.withStatus(ViolationStatus.OPEN, ViolationStatus.RESOLVED))
                .hasToString(all.withStatus(ViolationStatus.OPEN, ViolationStatus.RESOLVED)
                        .toString());
    }

    @Test
    @SuppressWarnings("NullAway")
    void aFilterTakesNoNull() {
        assertThatThrownBy(() -> ViolationFilter.inProject(null)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> all.withPolicy(null)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> all.withTrace(null)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> all.withSeverity(Severity.LOW, null)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> all.withDetectedFrom(null)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> all.withDetectedBefore(Instant.MAX)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> all.withText("NUL \0")).isInstanceOf(InvalidValueException.class);
    }

    private static NewViolation.Builder at(int second, UUID policy, String message) {
        return NewViolation.builder(policy, "t", message, second(second));
    }

    private static Instant second(int number) {
        return NOON.plusSeconds(number);
    }

    private List<String> messages(ViolationFilter filter) {
        return messages(filter, ViolationOrder.OLDEST_FIRST);
    }

    /** The first letters. */
    private List<String> messages(ViolationFilter filter, ViolationOrder order) {
        return violations.list(filter, order, PageRequest.first()).items().stream()
                .map(violation -> violation.message().substring(0, 1))
                .toList();
    }
}
