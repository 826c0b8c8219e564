package io.promptforge.dao.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.Tenant;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.evaluation.NewEvaluationResult;
import io.promptforge.dao.evaluation.ResultOutcome;
import io.promptforge.dao.policy.NewViolation;
import io.promptforge.dao.policy.ViolationFilter;
import io.promptforge.dao.project.ProjectChanges;
import io.promptforge.dao.trace.NewTrace;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a program needs to handle a failure is in the exception's fields. */
class ErrorFieldsTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final TestTenant fixture = DATABASE.newTenant();
    private final Tenant tenant = fixture.tenant();

    @Test
    void aRefusalOutsideOfABatchHasNoPath() {
        InvalidValueException refusal =
                new InvalidValueException("name", "The field name is blank.", "Give a text.", null);

        assertThat(refusal.field()).isEqualTo("name");
        assertThat(refusal.problem()).isEqualTo("The field name is blank.");
        assertThat(refusal.remedy()).isEqualTo("Give a text.");
        assertThat(refusal.path()).isEmpty();
        assertThat(refusal.elementId()).isEmpty();
        assertThat(refusal).hasMessage("The field name is blank. Give a text.");
    }

    @Test
    void pathsComposeAndTheIdIsThatOfTheInnermostElement() {
        UUID trace = UUID.randomUUID();
        UUID span = UUID.randomUUID();
        List<FieldException> refusals = List.of(
                new InvalidValueException("name", "Too long.", "Shorten it.", null),
                new InvalidReferenceException("name", "Too long.", "Shorten it.", null),
                new AlreadyExistsException("name", "Too long.", "Shorten it.", null));

        assertThat(refusals).allSatisfy(refusal -> {
            FieldException placed = refusal.at("spans[3]", span).at("traces[17]", trace);

            assertThat(placed)
                    .isExactlyInstanceOf(refusal.getClass())
                    .hasMessage("traces[17].spans[3] (" + span + "): Too long. Shorten it.")
                    .hasCause(refusal);
            assertThat(placed.field()).isEqualTo("name");
            assertThat(placed.problem()).isEqualTo("Too long.");
            assertThat(placed.remedy()).isEqualTo("Shorten it.");
            assertThat(placed.path()).contains("traces[17].spans[3]");
            assertThat(placed.elementId()).contains(span);
        });
    }

    @Test
    void anElementWithoutAnIdDoesNotTakeThatOfTheElementAroundIt() {
        FieldException placed = new InvalidValueException("score", "Too great.", "Give less.", null)
                .at("results[2]", null)
                .at("evaluations[0]", UUID.randomUUID());

        assertThat(placed).hasMessage("evaluations[0].results[2]: Too great. Give less.");
        assertThat(placed.elementId()).isEmpty();
    }

    @Test
    void aTraceThatIsRefusedIsNamedByItsPathAndId() {
        NewTrace good = TestTenant.newTrace(UUID.randomUUID(), fixture.project().id());
        NewTrace bad = TestTenant.newTrace(UUID.randomUUID(), UUID.randomUUID());

        FieldException refusal = catchThrowableOfType(
                InvalidReferenceException.class, () -> tenant.traces().record(Arrays.asList(good, bad)));

        assertThat(refusal.field()).isEqualTo("project_id");
        assertThat(refusal.path()).contains("traces[1]");
        assertThat(refusal.elementId()).contains(bad.id());
        assertThat(refusal.problem()).startsWith("The field project_id ").doesNotContain("traces[1]");
    }

    @Test
    void aResultThatTheDatabaseRefusesIsNamedByItsPath() {
        UUID id = fixture.runningEvaluation().id();
        List<NewEvaluationResult> results = IntStream.range(0, 40)
                .mapToObj(n -> NewEvaluationResult.of("test " + n, ResultOutcome.PASSED)
                        .repetition(n == 17 || n == 30 ? 0 : 1))
                .toList();

        FieldException refusal = catchThrowableOfType(
                InvalidValueException.class, () -> tenant.evaluations().append(id, results));

        assertThat(refusal.field()).isEqualTo("repetition");
        assertThat(refusal.path()).contains("results[17]");
        assertThat(refusal.elementId()).isEmpty();
        assertThat(tenant.evaluations().find(id).orElseThrow().totalTests()).isZero();
    }

    @Test
    void aViolationThatIsRefusedIsNamedByItsPath() {
        UUID policy = fixture.policy(fixture.project().id()).id();
        NewViolation good = NewViolation.of(policy, "over_budget", "Too expensive", NOON);

        assertThat(violationRefusal(good, good, good.traceId(UUID.randomUUID()), good))
                .returns("trace_id", FieldException::field)
                .returns(Optional.of("violations[2]"), FieldException::path);
        assertThat(violationRefusal(good, good.policyVersion(2)))
                .returns("policy_version", FieldException::field)
                .returns(Optional.of("violations[1]"), FieldException::path);
        assertThat(violationRefusal(NewViolation.of(UUID.randomUUID(), "over_budget", "Too expensive", NOON), good))
                .returns("policy_id", FieldException::field)
                .returns(Optional.of("violations[0]"), FieldException::path);
        assertThat(tenant.violations().count(ViolationFilter.all())).isZero();
    }

    @Test
    void aMissingElementOfABatchIsNamedByItsPath() {
        NewEvaluationResult result = NewEvaluationResult.of("test", ResultOutcome.PASSED);

        assertThat(catchThrowableOfType(InvalidValueException.class, () -> tenant.evaluations()
                        .append(UUID.randomUUID(), Arrays.asList(result, null))))
                .hasMessage("results[1]: An element of results is null. Leave it out.");
    }

    private FieldException violationRefusal(NewViolation... violations) {
        return catchThrowableOfType(
                FieldException.class, () -> tenant.violations().record(List.of(violations)));
    }

    @Test
    void aMissingRowIsNamedByItsKindAndId() {
        UUID id = UUID.randomUUID();

        NotFoundException missing = catchThrowableOfType(
                NotFoundException.class, () -> tenant.projects().delete(id));

        assertThat(missing.what()).isEqualTo("project");
        assertThat(missing.id()).contains(id);
        assertThat(missing.key()).isEqualTo(id.toString());
    }

    @Test
    void aMissingRowThatWasLookedUpByAnotherKeyHasNoId() {
        NotFoundException missing = new NotFoundException("version", "3 of prompt x");

        assertThat(missing.key()).isEqualTo("3 of prompt x");
        assertThat(missing.id()).isEmpty();
    }

    @Test
    void aConflictNamesTheRowThatWasChanged() {
        UUID id = fixture.project().id();

        ConflictException conflict = catchThrowableOfType(ConflictException.class, () -> tenant.projects()
                .update(id, ProjectChanges.none().description("late").ifUnchangedSince(NOON)));

        assertThat(conflict.what()).isEqualTo("project");
        assertThat(conflict.id()).contains(id);
    }

    @Test
    void aTransitionThatTheDatabaseRefusesHasTheRowAndBothStatuses() {
        UUID id = fixture.evaluation(fixture.project().id()).id();

        IllegalTransitionException refusal = catchThrowableOfType(
                IllegalTransitionException.class, () -> tenant.evaluations().complete(id, NOON));

        assertThat(refusal).hasMessage("The evaluation " + id + " is pending and cannot become completed.");
        assertThat(refusal.what()).isEqualTo("evaluation");
        assertThat(refusal.id()).isEqualTo(id);
        assertThat(refusal.presentStatus()).isEqualTo("pending");
        assertThat(refusal.refusedStatus()).contains("completed");
    }

    @Test
    void aStatusThatTheRowHasAlreadyIsBothThePresentAndTheRefusedOne() {
        UUID id = fixture.evaluation(fixture.project().id()).id();
        tenant.evaluations().start(id, NOON);

        IllegalTransitionException refusal = catchThrowableOfType(
                IllegalTransitionException.class, () -> tenant.evaluations().start(id, NOON));

        assertThat(refusal).hasMessage("The evaluation " + id + " is running already.");
        assertThat(refusal.presentStatus()).isEqualTo("running");
        assertThat(refusal.refusedStatus()).contains("running");
    }

    @Test
    void aCallThatAsksForNoStatusIsRefusedWithThePresentOne() {
        UUID id = fixture.evaluation(fixture.project().id()).id();

        IllegalTransitionException refusal = catchThrowableOfType(
                IllegalTransitionException.class, () -> tenant.evaluations().append(id, List.of()));

        assertThat(refusal).hasMessage("The evaluation " + id + " is pending; only a running one takes results.");
        assertThat(refusal.presentStatus()).isEqualTo("pending");
        assertThat(refusal.refusedStatus()).isEmpty();
    }
}
