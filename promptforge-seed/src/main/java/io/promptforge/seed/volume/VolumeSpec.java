package io.promptforge.seed.volume;

import io.promptforge.dao.error.InvalidValueException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/**
 * The parameters of {@link VolumeTraces}. Equal specs give equal traces in every JVM.
 *
 * @param seed the seed of all random values
 * @param projectIds the projects of the traces, the first ones more frequent; at least one
 * @param promptVersionIds the prompt versions that most traces name: one for each project, in their order; or none
 * @param from the earliest start of a trace, truncated to microseconds
 * @param until the time before which the last of {@code traces} starts; after {@code from}
 * @param traces the number of traces from {@code from} to {@code until}, at least 1. It sets the rate: traces of greater
 *     indexes start after {@code until}, at that rate
 * @param models the names of the language models that are called, the first ones more frequent; at least one
 * @param spansPerTrace the average number of spans of a trace, 1 to 1,000
 */
public record VolumeSpec(
        long seed,
        List<UUID> projectIds,
        List<UUID> promptVersionIds,
        Instant from,
        Instant until,
        long traces,
        List<String> models,
        int spansPerTrace) {
    /** The default models. */
    public static final List<String> MODELS = List.of("gpt-4o-mini", "gpt-4o", "claude-sonnet-4-5", "o4-mini");

    /** Validates the components. */
    public VolumeSpec {
        projectIds = List.copyOf(projectIds);
        promptVersionIds = List.copyOf(promptVersionIds);
        from = from.truncatedTo(ChronoUnit.MICROS);
        until = until.truncatedTo(ChronoUnit.MICROS);
        models = List.copyOf(models);
        require(!projectIds.isEmpty(), "projectIds", "at least one");
        require(
                promptVersionIds.isEmpty() || promptVersionIds.size() == projectIds.size(),
                "promptVersionIds",
                "one for each of the " + projectIds.size() + " projects, or none, not " + promptVersionIds.size());
        require(from.isBefore(until), "until", "a time after from, which is " + from);
        require(traces > 0, "traces", "at least 1, not " + traces);
        require(!models.isEmpty(), "models", "at least one");
        require(spansPerTrace >= 1 && spansPerTrace <= 1_000, "spansPerTrace", "1 to 1,000, not " + spansPerTrace);
    }

    /** A spec with seed 1, no prompt versions, 10 spans per trace and {@link #MODELS}. */
    public static VolumeSpec of(List<UUID> projectIds, Instant from, Instant until, long traces) {
        return new VolumeSpec(1, projectIds, List.of(), from, until, traces, MODELS, 10);
    }

    /** A copy with another seed. */
    public VolumeSpec withSeed(long other) {
        return new VolumeSpec(other, projectIds, promptVersionIds, from, until, traces, models, spansPerTrace);
    }

    /** A copy with prompt versions: one for each project, in their order; or none. */
    public VolumeSpec withPromptVersions(List<UUID> ids) {
        return new VolumeSpec(seed, projectIds, ids, from, until, traces, models, spansPerTrace);
    }

    /** A copy with other models. */
    public VolumeSpec withModels(List<String> names) {
        return new VolumeSpec(seed, projectIds, promptVersionIds, from, until, traces, names, spansPerTrace);
    }

    /** A copy with another average number of spans. */
    public VolumeSpec withSpansPerTrace(int average) {
        return new VolumeSpec(seed, projectIds, promptVersionIds, from, until, traces, models, average);
    }

    private static void require(boolean held, String field, String rule) {
        if (!held) {
            throw new InvalidValueException(
                    field, "The field " + field + " is not accepted.", "Give " + rule + ".", null);
        }
    }
}
