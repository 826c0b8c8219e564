package io.promptforge.dao.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.FieldException;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.page.Counting;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.page.Pages;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Which version of a prompt is and was live where. */
class PromptDeploymentTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final PromptRepository prompts = fixture.tenant().prompts();
    private final ResolvedPrompt first = fixture.prompt(fixture.project().id());
    private final UUID id = first.prompt().id();
    private final PromptVersion second =
            prompts.commit(id, NewPromptVersion.of("Second")).version();

    @Test
    void aDeployedVersionIsLive() {
        UUID user = fixture.user().id();
        Prompt before = prompts.find(id).orElseThrow();
        Instant earliest = Instant.now().truncatedTo(ChronoUnit.MICROS);

        Rollout rollout = prompts.deploy(id, 2, "production", user);

        assertThat(rollout.isNew()).isTrue();
        PromptDeployment deployment = rollout.deployment();
        assertThat(deployment.promptId()).isEqualTo(id);
        assertThat(deployment.promptVersionId()).isEqualTo(second.id());
        assertThat(deployment.versionNumber()).isEqualTo(2);
        assertThat(deployment.environment()).isEqualTo("production");
        assertThat(deployment.deployedBy()).contains(user);
        assertThat(deployment.deployedAt()).isBetween(earliest, Instant.now());
        assertThat(deployment.endedAt()).isEmpty();
        assertThat(deployment.endedBy()).isEmpty();
        assertThat(deployment.isLive()).isTrue();
        assertThat(live()).containsExactly(deployment);
        assertThat(history()).containsExactly(deployment);
        assertThat(prompts.find(id)).as("deploying is no edit").contains(before);
    }

    @Test
    void whatReplacesAVersionBeginsTheMomentTheOtherEnds() {
        UUID user = fixture.user().id();
        PromptDeployment old = prompts.deploy(id, 1, "production", null).deployment();

        PromptDeployment now = prompts.deploy(id, 2, "production", user).deployment();

        assertThat(live()).containsExactly(now);
        assertThat(history())
                .containsExactly(
                        now,
                        new PromptDeployment(
                                old.id(),
                                id,
                                first.version().id(),
                                1,
                                "production",
                                old.deployedBy(),
                                old.deployedAt(),
                                now.deployedBy(),
                                Optional.of(now.deployedAt())));
    }

    @Test
    void whatIsLiveAlreadyIsNotDeployedAgain() {
        PromptDeployment live = prompts.deploy(id, 2, "production", null).deployment();

        assertThat(prompts.deploy(id, 2, "production", fixture.user().id())).isEqualTo(new Rollout(live, false));
        assertThat(history()).containsExactly(live);
    }

    @Test
    void environmentsAreApart() {
        PromptDeployment production = prompts.deploy(id, 1, "production", null).deployment();
        PromptDeployment staging = prompts.deploy(id, 2, "staging", null).deployment();
        PromptDeployment capital = prompts.deploy(id, 2, "Staging", null).deployment();

        assertThat(live()).containsExactlyInAnyOrder(production, staging, capital);
        assertThat(prompts.deploymentHistory(id, "staging", PageRequest.first()).items())
                .containsExactly(staging);
        assertThat(prompts.withdraw(id, "staging", null)).isPresent();
        assertThat(live()).containsExactlyInAnyOrder(production, capital);
    }

    @Test
    void whatIsWithdrawnIsLiveNoMoreAndMayComeBack() {
        UUID user = fixture.user().id();
        PromptDeployment live = prompts.deploy(id, 1, "production", null).deployment();

        PromptDeployment ended = prompts.withdraw(id, "production", user).orElseThrow();

        assertThat(ended.id()).isEqualTo(live.id());
        assertThat(ended.versionNumber()).isEqualTo(1);
        assertThat(ended.endedBy()).contains(user);
        assertThat(ended.endedAt().orElseThrow()).isAfter(ended.deployedAt());
        assertThat(live()).isEmpty();
        assertThat(prompts.withdraw(id, "production", user)).isEmpty();
        assertThat(prompts.deploy(id, 1, "production", null).isNew()).isTrue();
        assertThat(history()).hasSize(2).last().isEqualTo(ended);
    }

    @Test
    void aClockThatIsBehindAnothersBreaksNoHistory() {
        Instant ahead = Instant.now().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.MICROS);
        deployedBehindTheLibrarysBack(ahead);

        PromptDeployment now = prompts.deploy(id, 2, "production", null).deployment();
        PromptDeployment ended = prompts.withdraw(id, "production", null).orElseThrow();
        PromptDeployment again = prompts.deploy(id, 2, "production", null).deployment();

        assertThat(now.deployedAt()).isEqualTo(ahead.plus(1, ChronoUnit.MICROS));
        assertThat(ended.endedAt()).contains(ahead.plus(2, ChronoUnit.MICROS));
        assertThat(again.deployedAt()).isEqualTo(ahead.plus(2, ChronoUnit.MICROS));
        assertThat(history()).extracting(PromptDeployment::versionNumber).containsExactly(2, 2, 1);
    }

    @Test
    void theHistoryIsListedLatestFirstAndWhatIsLiveByEnvironment() {
        List<String> environments = List.of("e", "c", "a", "d", "b");
        environments.forEach(environment -> prompts.deploy(id, 1, environment, null));
        environments.forEach(environment -> prompts.deploy(id, 2, environment, null));

        assertThat(Pages.all(2, page -> prompts.liveDeployments(id, page)))
                .extracting(PromptDeployment::environment)
                .containsExactly("a", "b", "c", "d", "e");
        assertThat(Pages.all(3, page -> prompts.deploymentHistory(id, page)))
                .extracting(deployment -> deployment.environment() + deployment.versionNumber())
                .containsExactly("b2", "d2", "a2", "c2", "e2", "b1", "d1", "a1", "c1", "e1");
        assertThat(Pages.all(1, page -> prompts.deploymentHistory(id, "a", page)))
                .extracting(PromptDeployment::versionNumber)
                .containsExactly(2, 1);
        assertThat(prompts.deploymentHistory(id, PageRequest.first(1).counting(Counting.EXACT))
                        .count()
                        .orElseThrow()
                        .items())
                .isEqualTo(10);
        String cursor =
                prompts.deploymentHistory(id, "a", PageRequest.first(1)).next().orElseThrow();
        blames(
                "cursor",
                () -> prompts.deploymentHistory(id, "b", PageRequest.first(1).after(cursor)));
        blames(
                "cursor",
                () -> prompts.deploymentHistory(id, PageRequest.first(1).after(cursor)));
    }

    @Test
    void whatIsNotThereIsNotFound() {
        TestTenant others = DATABASE.newTenant();
        UUID theirs = others.prompt(others.project().id()).prompt().id();
        others.tenant().prompts().deploy(theirs, 1, "production", null);
        for (UUID unknown : List.of(UUID.randomUUID(), theirs)) {
            notFound(() -> prompts.deploy(unknown, 1, "production", null));
            notFound(() -> prompts.withdraw(unknown, "production", null));
            assertThat(prompts.liveDeployments(unknown, PageRequest.first()).items())
                    .isEmpty();
            assertThat(prompts.deploymentHistory(unknown, PageRequest.first()).items())
                    .isEmpty();
            assertThat(prompts.deploymentHistory(unknown, "production", PageRequest.first())
                            .items())
                    .isEmpty();
        }
        notFound(() -> prompts.deploy(id, 3, "production", null));
        assertThat(others.tenant()
                        .prompts()
                        .liveDeployments(theirs, PageRequest.first())
                        .items())
                .hasSize(1);
    }

    @Test
    void aUserWhoIsNotThereIsNamedAndNothingChanges() {
        UUID stranger = DATABASE.newTenant().user().id();

        blames("deployed_by", () -> prompts.deploy(id, 1, "production", stranger));
        PromptDeployment live = prompts.deploy(id, 1, "production", null).deployment();
        blames("deployed_by", () -> prompts.deploy(id, 2, "production", stranger));
        blames("ended_by", () -> prompts.withdraw(id, "production", stranger));
        assertThat(history()).containsExactly(live);
    }

    @Test
    void aNameThatNoEnvironmentMayHaveIsRefused() {
        blames("environment", () -> prompts.deploy(id, 1, " ", null));
        blames("environment", () -> prompts.deploy(id, 1, "a\0", null));
        blames("environment", () -> prompts.deploy(id, 1, "x".repeat(101), null));
        blames("environment", () -> prompts.withdraw(id, "", null));
        blames("environment", () -> prompts.deploymentHistory(id, " ", PageRequest.first()));
        assertThat(prompts.deploy(id, 1, "x".repeat(100), null).isNew()).isTrue();
    }

    @Test
    void aCallersTransactionGoesOnAfterARefusedDeployment() {
        fixture.tenant().transaction(tx -> {
            blames("deployed_by", () -> tx.prompts().deploy(id, 1, "production", UUID.randomUUID()));
            return tx.prompts().deploy(id, 2, "production", null);
        });

        assertThat(live()).extracting(PromptDeployment::versionNumber).containsExactly(2);
    }

    private List<PromptDeployment> live() {
        return prompts.liveDeployments(id, PageRequest.first()).items();
    }

    private List<PromptDeployment> history() {
        return prompts.deploymentHistory(id, PageRequest.first()).items();
    }

    private void deployedBehindTheLibrarysBack(Instant at) {
        DATABASE.execute(
                "INSERT INTO promptforge.prompt_deployments (organization_id, id, prompt_id, prompt_version_id,"
                        + " environment, deployed_at) VALUES ('%s', '%s', '%s', '%s', 'production', '%s')"
                                .formatted(
                                        fixture.tenant().organizationId(),
                                        UUID.randomUUID(),
                                        id,
                                        first.version().id(),
                                        at));
    }

    private static void notFound(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(NotFoundException.class);
    }

    private static void blames(String field, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfAny(InvalidValueException.class, InvalidReferenceException.class)
                .isInstanceOfSatisfying(
                        FieldException.class, e -> assertThat(e.field()).isEqualTo(field));
    }
}
