package io.promptforge.dao.trace;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.schema.type.ExecutionStatus;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/**
 * Which traces are meant: those that pass all that is given.
 *
 * @param statuses only those of one of these; of any where there is none
 * @param projectId only those of this project
 * @param promptId only those that were served any version of this prompt
 * @param promptVersionId only those that were served this prompt version
 * @param modelId only those of this registered model
 * @param environment only those that ran here
 * @param sessionId only those of this conversation
 * @param endUserId only those of this user of the application
 * @param externalId only those with this id of the caller's own
 * @param startedFrom only those that began then or later
 * @param startedBefore only those that began earlier
 * @param errorType only those with this class of error
 * @param minDuration only those that ended and took at least so long, at most 100 years
 * @param minCost only those that cost at least so many US dollars, less than 1,000,000
 * @param text only those with this text in their name or external id, in any letter case
 */
public record TraceFilter(
        List<ExecutionStatus> statuses,
        Optional<UUID> projectId,
        Optional<UUID> promptId,
        Optional<UUID> promptVersionId,
        Optional<UUID> modelId,
        Optional<String> environment,
        Optional<String> sessionId,
        Optional<String> endUserId,
        Optional<String> externalId,
        Optional<Instant> startedFrom,
        Optional<Instant> startedBefore,
        Optional<String> errorType,
        Optional<Duration> minDuration,
        Optional<BigDecimal> minCost,
        Optional<String> text) {
    private static final TraceFilter ALL = new Draft().filter();

    /**
     * Checks the values.
     *
     * @throws InvalidValueException if anything is null, blank or out of range
     */
    public TraceFilter {
        statuses = Check.choices("status", statuses);
        Check.present("project_id", projectId);
        Check.present("prompt_id", promptId);
        Check.present("prompt_version_id", promptVersionId);
        Check.present("model_id", modelId);
        Check.present("environment", environment).ifPresent(value -> Check.text("environment", value));
        Check.present("session_id", sessionId).ifPresent(value -> Check.text("session_id", value));
        Check.present("end_user_id", endUserId).ifPresent(value -> Check.text("end_user_id", value));
        Check.present("external_id", externalId).ifPresent(value -> Check.text("external_id", value));
        startedFrom = Check.present("started_from", startedFrom).map(value -> Check.instant("started_from", value));
        startedBefore =
                Check.present("started_before", startedBefore).map(value -> Check.instant("started_before", value));
        Check.present("error_type", errorType).ifPresent(value -> Check.text("error_type", value));
        Check.present("min_duration", minDuration).ifPresent(value -> Limits.duration("min_duration", value));
        Check.present("min_cost", minCost).ifPresent(value -> Limits.dollars("min_cost", value));
        // 0.10 and 0.1 are one filter, whose cursors are good for both
        minCost = minCost.map(BigDecimal::stripTrailingZeros);
        Check.present("text", text).ifPresent(value -> Check.text("text", value));
    }

    /** All traces of the organization. */
    public static TraceFilter all() {
        return ALL;
    }

    /** All traces of a project. */
    public static TraceFilter inProject(UUID project) {
        return ALL.withProject(project);
    }

    /** Of one of these statuses. */
    public TraceFilter withStatus(ExecutionStatus... any) {
        List<ExecutionStatus> given = Arrays.asList(Check.present("statuses", any));
        return with(draft -> draft.statuses = given);
    }

    /** Of a project. */
    public TraceFilter withProject(UUID project) {
        return with(draft -> draft.projectId = given("project_id", project));
    }

    /** Served any version of a prompt. */
    public TraceFilter withPrompt(UUID prompt) {
        return with(draft -> draft.promptId = given("prompt_id", prompt));
    }

    /** Served a prompt version. */
    public TraceFilter withPromptVersion(UUID version) {
        return with(draft -> draft.promptVersionId = given("prompt_version_id", version));
    }

    /** Of a registered model. */
    public TraceFilter withModel(UUID model) {
        return with(draft -> draft.modelId = given("model_id", model));
    }

    /** Run in an environment. */
    public TraceFilter withEnvironment(String name) {
        return with(draft -> draft.environment = given("environment", name));
    }

    /** Of a conversation. */
    public TraceFilter withSession(String id) {
        return with(draft -> draft.sessionId = given("session_id", id));
    }

    /** Of a user of the application. */
    public TraceFilter withEndUser(String id) {
        return with(draft -> draft.endUserId = given("end_user_id", id));
    }

    /** With an id of the caller's own, to the letter. */
    public TraceFilter withExternalId(String id) {
        return with(draft -> draft.externalId = given("external_id", id));
    }

    /** Begun then or later. */
    public TraceFilter withStartedFrom(Instant moment) {
        return with(draft -> draft.startedFrom = given("started_from", moment));
    }

    /** Begun earlier. */
    public TraceFilter withStartedBefore(Instant moment) {
        return with(draft -> draft.startedBefore = given("started_before", moment));
    }

    /** With a class of error, to the letter. */
    public TraceFilter withErrorType(String type) {
        return with(draft -> draft.errorType = given("error_type", type));
    }

    /** Ended, and not sooner than after so long. */
    public TraceFilter withMinDuration(Duration time) {
        return with(draft -> draft.minDuration = given("min_duration", time));
    }

    /** That cost at least so many US dollars. */
    public TraceFilter withMinCost(BigDecimal dollars) {
        return with(draft -> draft.minCost = given("min_cost", dollars));
    }

    /** With a text in the name or external id, in any letter case. */
    public TraceFilter withText(String part) {
        return with(draft -> draft.text = given("text", part));
    }

    private static <T> Optional<T> given(String field, T value) {
        return Optional.of(Check.present(field, value));
    }

    private TraceFilter with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.filter();
    }

    /** A filter in the making. */
    private static final class Draft {
        private List<ExecutionStatus> statuses = List.of();
        private Optional<UUID> projectId = Optional.empty();
        private Optional<UUID> promptId = Optional.empty();
        private Optional<UUID> promptVersionId = Optional.empty();
        private Optional<UUID> modelId = Optional.empty();
        private Optional<String> environment = Optional.empty();
        private Optional<String> sessionId = Optional.empty();
        private Optional<String> endUserId = Optional.empty();
        private Optional<String> externalId = Optional.empty();
        private Optional<Instant> startedFrom = Optional.empty();
        private Optional<Instant> startedBefore = Optional.empty();
        private Optional<String> errorType = Optional.empty();
        private Optional<Duration> minDuration = Optional.empty();
        private Optional<BigDecimal> minCost = Optional.empty();
        private Optional<String> text = Optional.empty();

        Draft() {}

        Draft(TraceFilter filter) {
            statuses = filter.statuses;
            projectId = filter.projectId;
            promptId = filter.promptId;
            promptVersionId = filter.promptVersionId;
            modelId = filter.modelId;
            environment = filter.environment;
            sessionId = filter.sessionId;
            endUserId = filter.endUserId;
            externalId = filter.externalId;
            startedFrom = filter.startedFrom;
            startedBefore = filter.startedBefore;
            errorType = filter.errorType;
            minDuration = filter.minDuration;
            minCost = filter.minCost;
            text = filter.text;
        }

        TraceFilter filter() {
            return new TraceFilter(
                    statuses,
                    projectId,
                    promptId,
                    promptVersionId,
                    modelId,
                    environment,
                    sessionId,
                    endUserId,
                    externalId,
                    startedFrom,
                    startedBefore,
                    errorType,
                    minDuration,
                    minCost,
                    text);
        }
    }
}
