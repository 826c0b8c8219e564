package io.promptforge.dao.prompt;

import io.promptforge.dao.json.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A version of a prompt: its content, which never changes.
 *
 * @param id its key
 * @param promptId the prompt it is a version of
 * @param versionNumber 1, 2, 3 … without gaps
 * @param template the text with its {{variables}}
 * @param systemMessage the system message
 * @param variables JSON Schema of the template's variables
 * @param modelConfiguration a JSON object: model and request parameters it is meant for
 * @param tags free words to find it by
 * @param commitMessage what changed and why
 * @param contentHash SHA-256 in hex of template, system message, variables and model configuration
 * @param createdBy the author; empty when a service committed it
 * @param createdAt when it was committed
 */
public record PromptVersion(
        UUID id,
        UUID promptId,
        int versionNumber,
        String template,
        Optional<String> systemMessage,
        Json variables,
        Json modelConfiguration,
        List<String> tags,
        Optional<String> commitMessage,
        String contentHash,
        Optional<UUID> createdBy,
        Instant createdAt) {}
