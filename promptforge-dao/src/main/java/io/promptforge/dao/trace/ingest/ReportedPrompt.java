package io.promptforge.dao.trace.ingest;

import io.promptforge.dao.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The prompt version that telemetry reports for a trace: one member of the metadata, so that a merge keeps name and version of one
 * report together.
 *
 * @param versionId the id of the prompt version
 * @param name the name of the prompt
 * @param version the number of the version, or what another tool calls it
 */
public record ReportedPrompt(
        @Nullable UUID versionId,
        @Nullable String name,
        @Nullable String version) {
    /** The name of the member. */
    public static final String MEMBER = "promptforge.prompt";

    private static final String VERSION_ID = "version_id";
    private static final String NAME = "name";
    private static final String VERSION = "version";

    /** Nine digits always fit an integer. */
    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

    /** The value of the member. */
    public Json toJson() {
        Map<String, Object> known = new LinkedHashMap<>();
        if (versionId != null) {
            known.put(VERSION_ID, versionId);
        }
        if (name != null) {
            known.put(NAME, name);
        }
        if (version != null) {
            known.put(VERSION, version);
        }
        return Json.of(known);
    }

    /** What the metadata of a trace reports; null if the trace reports no prompt there. */
    public static @Nullable ReportedPrompt of(Json metadata) {
        return metadata.toJava() instanceof Map<?, ?> members && members.get(MEMBER) instanceof Map<?, ?> prompt
                ? new ReportedPrompt(id(prompt.get(VERSION_ID)), text(prompt.get(NAME)), text(prompt.get(VERSION)))
                : null;
    }

    /** The number of the version; null if it has none, such as a label. */
    @Nullable Integer versionNumber() {
        return version != null && NUMBER.matcher(version).matches() ? Integer.valueOf(version) : null;
    }

    private static @Nullable UUID id(@Nullable Object value) {
        try {
            return value instanceof String text ? UUID.fromString(text) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
