package io.promptforge.dao.policy;

import static io.promptforge.dao.TestTenant.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
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

/** Filters, orders and pages of the list of violations, and their summary. */
class ViolationListTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

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
    private final ViolationFilter inProject = ViolationFilter.all().projectId(project);

    /** Five violations, detected one second apart from noon on. */
    @BeforeEach
    void record() {
        List<Violation> recorded = violations.record(List.of(
                at(0, cost, "a: 100% Over").severity(Severity.LOW),
                at(1, pii, "b").severity(Severity.CRITICAL).traceId(trace),
                at(2, cost, "c").severity(Severity.HIGH).traceId(trace),
                at(3, pii, "d").severity(Severity.CRITICAL),
                at(4, elsewhere, "e").severity(Severity.HIGH)));
        violations.acknowledge(recorded.get(1).id(), user, NOON);
        violations.resolve(recorded.get(2).id(), user, NOON, null);
        violations.markFalsePositive(recorded.get(3).id(), user, NOON, null);
    }

    @Test
    void rowsPassAFilterIfTheyMeetAllItsConditions() {
        assertThat(messages(all)).containsExactly("a", "b", "c", "d", "e");
        assertThat(messages(inProject)).containsExactly("a", "b", "c", "d");
        assertThat(messages(all.policyId(cost))).containsExactly("a", "c");
        assertThat(messages(inProject.policyId(pii))).containsExactly("b", "d");
        assertThat(messages(inProject.policyId(elsewhere))).isEmpty();
        assertThat(messages(all.policyId(UUID.randomUUID()))).isEmpty();
        assertThat(messages(all.severity(Severity.CRITICAL))).containsExactly("b", "d");
        assertThat(messages(all.severity(Severity.LOW, Severity.HIGH))).containsExactly("a", "c", "e");
        assertThat(messages(all.status(ViolationStatus.OPEN))).containsExactly("a", "e");
        assertThat(messages(inProject.status(ViolationStatus.OPEN, ViolationStatus.ACKNOWLEDGED)))
                .containsExactly("a", "b");
        assertThat(messages(all.status(ViolationStatus.FALSE_POSITIVE))).containsExactly("d");
        assertThat(messages(all.status())).hasSize(5);
        assertThat(messages(all.traceId(trace))).containsExactly("b", "c");
        assertThat(messages(all.traceId(UUID.randomUUID()))).isEmpty();
        assertThat(messages(all.detectedFrom(second(1)).detectedBefore(second(3))))
                .containsExactly("b", "c");
        assertThat(messages(all.text("OVER"))).containsExactly("a");
        assertThat(messages(all.text("%"))).as("% is no wildcard").containsExactly("a");
        assertThat(messages(inProject
                        .policyId(pii)
                        .severity(Severity.CRITICAL)
                        .status(ViolationStatus.ACKNOWLEDGED)
                        .traceId(trace)
                        .detectedFrom(second(0))
                        .detectedBefore(second(9))
                        .text("B")))
                .containsExactly("b");
    }

    @Test
    void anotherTenantReadsNothing() {
        ViolationRepository theirs = DATABASE.newTenant().tenant().violations();

        for (ViolationFilter filter : List.of(all, inProject, all.policyId(cost), all.traceId(trace))) {
            assertThat(theirs.list(filter, ViolationOrder.OLDEST_FIRST, PageRequest.first())
                            .items())
                    .isEmpty();
            assertThat(theirs.summary(filter).total()).isZero();
            assertThat(theirs.summary(filter).byPolicy()).isEmpty();
        }
    }

    @Test
    void violationsAreOrderedByTheTimeOfDetection() {
        assertThat(messages(inProject, ViolationOrder.OLDEST_FIRST)).containsExactly("a", "b", "c", "d");
        assertThat(messages(inProject, ViolationOrder.NEWEST_FIRST)).containsExactly("d", "c", "b", "a");
    }

    @ParameterizedTest
    @EnumSource
    void pagesTogetherAreTheListAlsoForEqualTimes(ViolationOrder order) {
        violations.record(IntStream.range(0, 8)
                .mapToObj(n -> at(2, n % 2 == 0 ? cost : pii, "same " + n).traceId(trace))
                .toList());
        for (ViolationFilter filter :
                List.of(all, inProject, all.policyId(cost), all.status(ViolationStatus.OPEN), all.traceId(trace))) {
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

        for (ViolationFilter other : List.of(inProject, all.policyId(cost), all.text("a"))) {
            assertThatThrownBy(() -> violations.list(other, ViolationOrder.OLDEST_FIRST, following))
                    .isInstanceOfSatisfying(InvalidValueException.class, e -> assertThat(e.field())
                            .isEqualTo("cursor"));
        }
        assertThatThrownBy(() -> violations.list(all, ViolationOrder.NEWEST_FIRST, following))
                .isInstanceOf(InvalidValueException.class);
    }

    @Test
    void theListIsCountedOnRequest() {
        assertThat(violations
                        .list(
                                all.policyId(cost),
                                ViolationOrder.NEWEST_FIRST,
                                PageRequest.first(1).counting(Counting.EXACT))
                        .count())
                .contains(new Count(2, true));
    }

    @Test
    void violationsThatPassAFilterAreCounted() {
        assertThat(violations.count(all)).isEqualTo(5);
        assertThat(violations.count(all.policyId(cost).status(ViolationStatus.OPEN)))
                .isEqualTo(1);
        assertThat(violations.count(inProject.policyId(elsewhere))).isZero();
        assertThat(DATABASE.newTenant().tenant().violations().count(inProject)).isZero();
    }

    @Test
    void violationsAreFoundByTheirIdsInTheOrderOfTheIds() {
        List<Violation> stored = violations
                .list(all, ViolationOrder.OLDEST_FIRST, PageRequest.first())
                .items();
        Violation first = stored.get(0);
        Violation last = stored.get(4);

        assertThat(violations.findAll(List.of(last.id(), UUID.randomUUID(), first.id())))
                .containsExactly(Map.entry(last.id(), last), Map.entry(first.id(), first));
        assertThat(DATABASE.newTenant().tenant().violations().findAll(List.of(first.id())))
                .isEmpty();
    }

    @Test
    void theSummaryCountsByStatusSeverityAndPolicyWithinTheFilter() {
        assertThat(violations.summary(all))
                .isEqualTo(new ViolationSummary(
                        5,
                        Map.of(
                                ViolationStatus.OPEN, 2L,
                                ViolationStatus.ACKNOWLEDGED, 1L,
                                ViolationStatus.RESOLVED, 1L,
                                ViolationStatus.FALSE_POSITIVE, 1L),
                        Map.of(Severity.LOW, 1L, Severity.HIGH, 2L, Severity.CRITICAL, 2L),
                        Map.of(cost, 2L, pii, 2L, elsewhere, 1L)));
        assertThat(violations.summary(inProject.policyId(cost).detectedFrom(second(1))))
                .isEqualTo(new ViolationSummary(
                        1, Map.of(ViolationStatus.RESOLVED, 1L), Map.of(Severity.HIGH, 1L), Map.of(cost, 1L)));
        assertThat(violations.summary(all.traceId(trace)).total()).isEqualTo(2);
    }

    @Test
    void theSummaryHasEveryStatusAndSeverity() {
        ViolationSummary none = violations.summary(ViolationFilter.all().projectId(UUID.randomUUID()));

        assertThat(none.total()).isZero();
        assertThat(none.byStatus()).containsOnlyKeys(ViolationStatus.values()).containsValue(0L);
        assertThat(none.bySeverity()).containsOnlyKeys(Severity.values()).containsValue(0L);
        assertThat(none.byPolicy()).isEmpty();
    }

    @Test
    void theOrderOfConstantsInAFilterDoesNotMatter() {
        assertThat(all.status(ViolationStatus.RESOLVED, ViolationStatus.OPEN, ViolationStatus.RESOLVED))
                .isEqualTo(all.status(ViolationStatus.OPEN, ViolationStatus.RESOLVED))
                .hasToString(all.status(ViolationStatus.OPEN, ViolationStatus.RESOLVED)
                        .toString());
    }

    @Test
    @SuppressWarnings("NullAway")
    void aFilterRefusesNull() {
        assertThatThrownBy(() -> ViolationFilter.all().projectId(null)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> all.policyId(null)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> all.traceId(null)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> all.severity(Severity.LOW, null)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> all.detectedFrom(null)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> all.detectedBefore(Instant.MAX)).isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> all.text("NUL \0")).isInstanceOf(InvalidValueException.class);
    }

    private static NewViolation at(int second, UUID policy, String message) {
        return NewViolation.of(policy, "t", message, second(second));
    }

    private static Instant second(int number) {
        return NOON.plusSeconds(number);
    }

    private List<String> messages(ViolationFilter filter) {
        return messages(filter, ViolationOrder.OLDEST_FIRST);
    }

    /** The first letters of the messages. */
    private List<String> messages(ViolationFilter filter, ViolationOrder order) {
        return violations.list(filter, order, PageRequest.first()).items().stream()
                .map(violation -> violation.message().substring(0, 1))
                .toList();
    }
}
