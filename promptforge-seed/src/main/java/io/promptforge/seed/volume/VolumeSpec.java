package io.promptforge.seed.volume;

import io.promptforge.dao.error.InvalidValueException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/**
 * What makes {@link VolumeTraces} what they are: the same spec gives the same traces, in every JVM.
 *
 * @param seed what all randomness comes from
 * @param projectIds the projects that the traces belong to, the first ones more often; at least one
 * @param from when the first trace starts, at the earliest; in microseconds
 * @param until when the last of {@code traces} has started; after {@code from}
 * @param traces how many traces the time from {@code from} to {@code until} holds, at least 1. This sets the pace: further
 *     traces go on at the same pace after {@code until}
 * @param models the names of the language models that are called, the first ones more often; at least one
 * @param spansPerTrace how many spans a trace has on average, 1 to 1,000
 */
public record VolumeSpec(
        long seed,
        List<UUID> projectIds,
        Instant from,
        Instant until,
        long traces,
        List<String> models,
        int spansPerTrace) {
    /** The models of specs that name none. */
    public static final List<String> MODELS = List.of("gpt-4o-mini", "gpt-4o", "claude-sonnet-4-5", "o4-mini");

    /** Checks the values. */
    public VolumeSpec {
        projectIds = List.copyOf(projectIds);
        from = from.truncatedTo(ChronoUnit.MICROS);
        until = until.truncatedTo(ChronoUnit.MICROS);
        models = List.copyOf(models);
        require(!projectIds.isEmpty(), "projectIds", "there must be a project");
        require(from.isBefore(until), "until", "it must be after from, which is " + from);
        require(traces > 0, "traces", "it must be at least 1, not " + traces);
        require(!models.isEmpty(), "models", "there must be a model");
        require(
                spansPerTrace >= 1 && spansPerTrace <= 1_000,
                "spansPerTrace",
                "it must lie between 1 and 1,000, not be " + spansPerTrace);
    }

    /** So many traces of these projects in this time, with seed 1, 10 spans per trace and {@link #MODELS}. */
    public static VolumeSpec of(List<UUID> projectIds, Instant from, Instant until, long traces) {
        return new VolumeSpec(1, projectIds, from, until, traces, MODELS, 10);
    }

    /** The same with another seed. */
    public VolumeSpec withSeed(long other) {
        return new VolumeSpec(other, projectIds, from, until, traces, models, spansPerTrace);
    }

    /** The same with other models. */
    public VolumeSpec withModels(List<String> names) {
        return new VolumeSpec(seed, projectIds, from, until, traces, names, spansPerTrace);
    }

    /** The same with another average number of spans. */
    public VolumeSpec withSpansPerTrace(int average) {
        return new VolumeSpec(seed, projectIds, from, until, traces, models, average);
    }

    private static void require(boolean held, String field, String rule) {
        if (!held) {
            throw new InvalidValueException(field, "The field " + field + " is not accepted: " + rule + ".", null);
        }
    }
}
