package io.promptforge.dao.policy;

import static io.promptforge.dao.TestTenant.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.IllegalTransitionException;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.schema.type.ViolationStatus;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The handling of violations. */
class ViolationHandlingTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();
    private static final Instant LATER = NOON.plusSeconds(60);
    private static final Instant LATER_STILL = NOON.plusSeconds(120);

    private final TestTenant fixture = DATABASE.newTenant();
    private final ViolationRepository violations = fixture.tenant().violations();
    private final UUID ada = fixture.user().id();
    private final UUID bob = fixture.user().id();
    private final UUID policy = fixture.policy(fixture.project().id()).id();
    private final Violation open = record();
    private final UUID id = open.id();

    @Test
    void anAcknowledgedViolationHasUserAndTime() {
        Violation acknowledged = violations.acknowledge(id, ada, LATER);

        assertThat(acknowledged.status()).isEqualTo(ViolationStatus.ACKNOWLEDGED);
        assertThat(acknowledged.acknowledged()).contains(new Handling(ada, LATER));
        assertThat(acknowledged.resolved()).isEmpty();
        assertThat(acknowledged.updatedAt()).isAfter(open.updatedAt());
        assertThat(violations.find(id)).contains(acknowledged);
    }

    @Test
    void aResolvedViolationHasUserTimeAndNotes() {
        violations.acknowledge(id, ada, LATER);
        Violation resolved = violations.resolve(id, bob, LATER_STILL, "Raised the budget");

        assertThat(resolved.status()).isEqualTo(ViolationStatus.RESOLVED);
        assertThat(resolved.acknowledged()).contains(new Handling(ada, LATER));
        assertThat(resolved.resolved()).contains(new Handling(bob, LATER_STILL));
        assertThat(resolved.resolutionNotes()).contains("Raised the budget");
        assertThat(violations.find(id)).contains(resolved);
    }

    @Test
    void anOpenViolationCanBeClosedDirectlyAndWithoutNotes() {
        Violation resolved = violations.resolve(id, ada, LATER, null);
        Violation none = violations.markFalsePositive(record().id(), ada, LATER, null);

        assertThat(resolved.status()).isEqualTo(ViolationStatus.RESOLVED);
        assertThat(resolved.acknowledged()).isEmpty();
        assertThat(resolved.resolutionNotes()).isEmpty();
        assertThat(none.status()).isEqualTo(ViolationStatus.FALSE_POSITIVE);
        assertThat(none.resolved()).contains(new Handling(ada, LATER));
    }

    @Test
    void aFalsePositiveHasUserTimeAndNotes() {
        violations.acknowledge(id, ada, LATER);
        Violation none = violations.markFalsePositive(id, bob, LATER_STILL, "A test card");

        assertThat(none.status()).isEqualTo(ViolationStatus.FALSE_POSITIVE);
        assertThat(none.acknowledged()).contains(new Handling(ada, LATER));
        assertThat(none.resolved()).contains(new Handling(bob, LATER_STILL));
        assertThat(none.resolutionNotes()).contains("A test card");
    }

    @Test
    void reopeningClearsTheHandlingAndIsRecorded() {
        violations.acknowledge(id, ada, LATER);
        violations.resolve(id, ada, LATER, "Raised the budget");

        Violation reopened = violations.reopen(id, bob, LATER_STILL);

        assertThat(reopened.status()).isEqualTo(ViolationStatus.OPEN);
        assertThat(reopened.acknowledged()).isEmpty();
        assertThat(reopened.resolved()).isEmpty();
        assertThat(reopened.resolutionNotes()).isEmpty();
        assertThat(reopened.reopened()).contains(new Handling(bob, LATER_STILL));
        assertThat(violations.resolve(id, ada, LATER_STILL, null).reopened()).contains(new Handling(bob, LATER_STILL));
    }

    @Test
    void violationsInAllOtherStatusesCanBeReopened() {
        violations.acknowledge(id, ada, LATER);
        assertThat(violations.reopen(id, ada, LATER).status()).isEqualTo(ViolationStatus.OPEN);
        violations.markFalsePositive(id, ada, LATER, null);
        assertThat(violations.reopen(id, bob, LATER_STILL).reopened()).contains(new Handling(bob, LATER_STILL));
    }

    @Test
    void aStepCannotBeRepeated() {
        illegal(() -> violations.reopen(id, ada, LATER));

        Violation acknowledged = violations.acknowledge(id, ada, LATER);
        illegal(() -> violations.acknowledge(id, bob, LATER_STILL));
        assertThat(violations.find(id)).contains(acknowledged);

        Violation resolved = violations.resolve(id, ada, LATER, "Done");
        illegal(() -> violations.resolve(id, bob, LATER_STILL, "Done too"));
        illegal(() -> violations.markFalsePositive(id, bob, LATER_STILL, null));
        illegal(() -> violations.acknowledge(id, bob, LATER_STILL));
        assertThat(violations.find(id)).contains(resolved);

        UUID none = record().id();
        violations.markFalsePositive(none, ada, LATER, null);
        illegal(() -> violations.markFalsePositive(none, bob, LATER_STILL, null));
        illegal(() -> violations.resolve(none, bob, LATER_STILL, null));
        illegal(() -> violations.acknowledge(none, bob, LATER_STILL));
    }

    @Test
    void aMissingViolationCannotBeHandled() {
        TestTenant other = DATABASE.newTenant();
        ViolationRepository theirs = other.tenant().violations();
        UUID stranger = other.user().id();

        missing(() -> theirs.acknowledge(id, stranger, LATER));
        missing(() -> theirs.resolve(id, stranger, LATER, null));
        missing(() -> theirs.markFalsePositive(id, stranger, LATER, null));
        missing(() -> theirs.reopen(id, stranger, LATER));
        missing(() -> violations.acknowledge(UUID.randomUUID(), ada, LATER));
        assertThat(violations.find(id)).contains(open);
    }

    @Test
    void aMissingUserIsNamedInTheError() {
        for (UUID absent :
                List.of(UUID.randomUUID(), DATABASE.newTenant().user().id())) {
            unknown("acknowledged_by", () -> violations.acknowledge(id, absent, LATER));
            unknown("resolved_by", () -> violations.resolve(id, absent, LATER, null));
            unknown("resolved_by", () -> violations.markFalsePositive(id, absent, LATER, null));
        }
        Violation resolved = violations.resolve(id, ada, LATER, null);
        unknown("reopened_by", () -> violations.reopen(id, UUID.randomUUID(), LATER));
        assertThat(violations.find(id)).contains(resolved);
    }

    @Test
    @SuppressWarnings("NullAway")
    void anInvalidValueIsRefusedByField() {
        refuses("id", () -> violations.acknowledge(null, ada, LATER));
        refuses("acknowledged_by", () -> violations.acknowledge(id, null, LATER));
        refuses("acknowledged_at", () -> violations.acknowledge(id, ada, null));
        refuses("acknowledged_at", () -> violations.acknowledge(id, ada, Instant.MIN));
        refuses("id", () -> violations.resolve(null, ada, LATER, null));
        refuses("resolved_by", () -> violations.resolve(id, null, LATER, null));
        refuses("resolved_at", () -> violations.resolve(id, ada, null, null));
        refuses("resolution_notes", () -> violations.resolve(id, ada, LATER, "x".repeat(4_001)));
        refuses("resolution_notes", () -> violations.resolve(id, ada, LATER, "NUL \0"));
        refuses("resolution_notes", () -> violations.markFalsePositive(id, ada, LATER, "x".repeat(4_001)));
        refuses("resolved_by", () -> violations.markFalsePositive(id, null, LATER, null));
        refuses("id", () -> violations.reopen(null, ada, LATER));
        refuses("reopened_by", () -> violations.reopen(id, null, LATER));
        refuses("reopened_at", () -> violations.reopen(id, ada, null));
        assertThat(violations.find(id)).contains(open);
    }

    @Test
    void aRefusalLeavesTheTransactionUsable() {
        fixture.tenant().transaction(tx -> {
            ViolationRepository inside = tx.violations();
            unknown("acknowledged_by", () -> inside.acknowledge(id, UUID.randomUUID(), LATER));
            illegal(() -> inside.reopen(id, ada, LATER));
            inside.resolve(id, ada, LATER, null);
            illegal(() -> inside.markFalsePositive(id, ada, LATER, null));
            return inside.reopen(id, bob, LATER_STILL);
        });

        assertThat(violations.find(id).orElseThrow().reopened()).contains(new Handling(bob, LATER_STILL));
    }

    private Violation record() {
        return violations
                .record(List.of(NewViolation.of(policy, "over_budget", "Too expensive", NOON)))
                .get(0);
    }

    private static void illegal(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalTransitionException.class);
    }

    private static void missing(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(NotFoundException.class).hasMessageContaining("violation");
    }

    private static void unknown(String field, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(InvalidReferenceException.class, e -> assertThat(e.field())
                .isEqualTo(field));
    }

    private static void refuses(String field, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(InvalidValueException.class, e -> assertThat(e.field())
                .isEqualTo(field));
    }
}
