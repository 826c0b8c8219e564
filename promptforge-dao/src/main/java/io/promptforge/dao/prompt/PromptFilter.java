package io.promptforge.dao.prompt;

import io.promptforge.dao.internal.check.Check;
import io.promptforge.schema.type.PromptStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Which prompts are wanted; all conditions must hold.
 *
 * @param projectId only those of this project
 * @param category only those of this category, to the letter
 * @param statuses only those in one of these; empty for any
 * @param tag only those whose current version has this tag, to the letter
 * @param text only those with this text in their name or description, in any letter case
 */
public record PromptFilter(
        Optional<UUID> projectId,
        Optional<String> category,
        List<PromptStatus> statuses,
        Optional<String> tag,
        Optional<String> text) {
    /**
     * Checks the values.
     *
     * @throws io.promptforge.dao.error.InvalidValueException if anything is null, or holds what PostgreSQL cannot store
     */
    public PromptFilter {
        Check.present("project_id", projectId);
        Check.present("category", category).ifPresent(word -> Check.text("category", word));
        // in one order, since a cursor is of one filter
        statuses = Check.choices("status", statuses);
        Check.present("tag", tag).ifPresent(word -> Check.text("tag", word));
        Check.present("text", text).ifPresent(part -> Check.optionalText("text", part));
    }

    /** Every prompt of the tenant. */
    public static PromptFilter all() {
        return new PromptFilter(Optional.empty(), Optional.empty(), List.of(), Optional.empty(), Optional.empty());
    }

    /** Every prompt of a project. */
    public static PromptFilter inProject(UUID projectId) {
        return new PromptFilter(
                Optional.of(Check.present("project_id", projectId)),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty());
    }

    /** Of those, the ones of this category, to the letter. */
    public PromptFilter withCategory(String word) {
        return new PromptFilter(projectId, Optional.of(Check.present("category", word)), statuses, tag, text);
    }

    /** Of those, the ones in one of these statuses. */
    public PromptFilter withStatus(PromptStatus... any) {
        return new PromptFilter(projectId, category, Arrays.asList(any), tag, text);
    }

    /** Of those, the ones whose current version has this tag, to the letter. */
    public PromptFilter withTag(String word) {
        return new PromptFilter(projectId, category, statuses, Optional.of(Check.present("tag", word)), text);
    }

    /** Of those, the ones with this text in their name or description, in any letter case. */
    public PromptFilter withText(String part) {
        return new PromptFilter(projectId, category, statuses, tag, Optional.of(Check.present("text", part)));
    }
}
