package io.promptforge.dao.evaluation;

import io.promptforge.dao.internal.check.Check;
import io.promptforge.schema.type.EvaluationStatus;
import io.promptforge.schema.type.EvaluationType;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Which evaluations are listed: those that meet all that is given.
 *
 * @param projectId the project they belong to
 * @param promptId the prompt under test
 * @param promptVersionId the version under test
 * @param modelId the model under test
 * @param types what is judged, any of these; any at all when there is none
 * @param statuses where they stand, any of these; any at all when there is none
 * @param createdFrom made at this moment or later
 * @param createdBefore made before this moment
 * @param text a part of their name, in any letter case
 */
public record EvaluationFilter(
        Optional<UUID> projectId,
        Optional<UUID> promptId,
        Optional<UUID> promptVersionId,
        Optional<UUID> modelId,
        List<EvaluationType> types,
        List<EvaluationStatus> statuses,
        Optional<Instant> createdFrom,
        Optional<Instant> createdBefore,
        Optional<String> text) {
    private static final EvaluationFilter ALL = new EvaluationFilter(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());

    /** Checks what the database would not name. */
    public EvaluationFilter {
        Check.present("project_id", projectId);
        Check.present("prompt_id", promptId);
        Check.present("prompt_version_id", promptVersionId);
        Check.present("model_id", modelId);
        types = AnyOf.these("type", types);
        statuses = AnyOf.these("status", statuses);
        createdFrom = Check.present("created_from", createdFrom).map(moment -> Check.instant("created_from", moment));
        createdBefore =
                Check.present("created_before", createdBefore).map(moment -> Check.instant("created_before", moment));
        Check.present("text", text).ifPresent(part -> Check.text("text", part));
    }

    /** All evaluations of the organization. */
    public static EvaluationFilter all() {
        return ALL;
    }

    /** All evaluations of a project. */
    public static EvaluationFilter inProject(UUID project) {
        return new EvaluationFilter(
                Optional.of(Check.present("project_id", project)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** The same, of a prompt in any of its versions. */
    public EvaluationFilter withPrompt(UUID prompt) {
        return new EvaluationFilter(
                projectId,
                Optional.of(Check.present("prompt_id", prompt)),
                promptVersionId,
                modelId,
                types,
                statuses,
                createdFrom,
                createdBefore,
                text);
    }

    /** The same, of a version of a prompt. */
    public EvaluationFilter withPromptVersion(UUID version) {
        return new EvaluationFilter(
                projectId,
                promptId,
                Optional.of(Check.present("prompt_version_id", version)),
                modelId,
                types,
                statuses,
                createdFrom,
                createdBefore,
                text);
    }

    /** The same, of a model. */
    public EvaluationFilter withModel(UUID model) {
        return new EvaluationFilter(
                projectId,
                promptId,
                promptVersionId,
                Optional.of(Check.present("model_id", model)),
                types,
                statuses,
                createdFrom,
                createdBefore,
                text);
    }

    /** The same, of any of these types; of any at all when none is given. */
    public EvaluationFilter withType(EvaluationType... anyOf) {
        return new EvaluationFilter(
                projectId,
                promptId,
                promptVersionId,
                modelId,
                Arrays.asList(Check.present("type", anyOf)),
                statuses,
                createdFrom,
                createdBefore,
                text);
    }

    /** The same, in any of these statuses; in any at all when none is given. */
    public EvaluationFilter withStatus(EvaluationStatus... anyOf) {
        return new EvaluationFilter(
                projectId,
                promptId,
                promptVersionId,
                modelId,
                types,
                Arrays.asList(Check.present("status", anyOf)),
                createdFrom,
                createdBefore,
                text);
    }

    /** The same, made at this moment or later. */
    public EvaluationFilter withCreatedFrom(Instant moment) {
        return new EvaluationFilter(
                projectId,
                promptId,
                promptVersionId,
                modelId,
                types,
                statuses,
                Optional.of(Check.present("created_from", moment)),
                createdBefore,
                text);
    }

    /** The same, made before this moment. */
    public EvaluationFilter withCreatedBefore(Instant moment) {
        return new EvaluationFilter(
                projectId,
                promptId,
                promptVersionId,
                modelId,
                types,
                statuses,
                createdFrom,
                Optional.of(Check.present("created_before", moment)),
                text);
    }

    /** The same, with this text in the name, in any letter case. */
    public EvaluationFilter withText(String part) {
        return new EvaluationFilter(
                projectId,
                promptId,
                promptVersionId,
                modelId,
                types,
                statuses,
                createdFrom,
                createdBefore,
                Optional.of(Check.present("text", part)));
    }
}
