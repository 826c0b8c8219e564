package io.promptforge.dao.prompt;

import static io.promptforge.schema.jooq.Tables.PROMPTS;
import static io.promptforge.schema.jooq.Tables.PROMPT_VERSIONS;
import static org.jooq.impl.DSL.cast;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.val;
import static org.jooq.impl.SQLDataType.CLOB;

import io.promptforge.dao.internal.query.ResultRow;
import io.promptforge.dao.internal.query.RowReader;
import io.promptforge.dao.internal.query.Selection;
import io.promptforge.dao.internal.write.ColumnValues;
import io.promptforge.dao.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.JSON;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/** Maps rows to versions of prompts, and compares their content. */
final class PromptVersionRows {
    static final RowReader<PromptVersion> VERSION = RowReader.of(
            Selection.of(
                    PROMPT_VERSIONS.ID,
                    PROMPT_VERSIONS.PROMPT_ID,
                    PROMPT_VERSIONS.VERSION_NUMBER,
                    PROMPT_VERSIONS.TEMPLATE_FORMAT,
                    PROMPT_VERSIONS.MESSAGES,
                    PROMPT_VERSIONS.TOOLS,
                    PROMPT_VERSIONS.RESPONSE_FORMAT,
                    PROMPT_VERSIONS.VARIABLES,
                    PROMPT_VERSIONS.MODEL_CONFIGURATION,
                    PROMPT_VERSIONS.TAGS,
                    PROMPT_VERSIONS.COMMIT_MESSAGE,
                    PROMPT_VERSIONS.CONTENT_HASH,
                    PROMPT_VERSIONS.CREATED_BY,
                    PROMPT_VERSIONS.CREATED_AT,
                    PROMPT_VERSIONS.REDACTED_AT,
                    PROMPT_VERSIONS.REDACTED_BY,
                    PROMPT_VERSIONS.REDACTION_NOTE),
            PromptVersionRows::version);

    /** The documents, which are stored as they are written. */
    private static final List<Field<JSON>> DOCUMENTS = List.of(
            PROMPT_VERSIONS.MESSAGES,
            PROMPT_VERSIONS.TOOLS,
            PROMPT_VERSIONS.RESPONSE_FORMAT,
            PROMPT_VERSIONS.VARIABLES,
            PROMPT_VERSIONS.MODEL_CONFIGURATION);

    /** The columns of a prompt with a version. */
    static final Selection RESOLVED = Selection.of(PromptRows.PROMPT.fields()).and(Selection.of(VERSION.fields()));

    /** Prompts with their current versions. */
    static final Table<?> CURRENT = PROMPTS.join(PROMPT_VERSIONS)
            .on(PROMPT_VERSIONS.ORGANIZATION_ID.eq(PROMPTS.ORGANIZATION_ID))
            .and(PROMPT_VERSIONS.ID.eq(PROMPTS.CURRENT_VERSION_ID));

    private PromptVersionRows() {}

    /** Maps a row of {@link #RESOLVED}. */
    static ResolvedPrompt resolved(ResultRow row) {
        return new ResolvedPrompt(PromptRows.PROMPT.read(row), VERSION.read(row));
    }

    /** Compares content as it was written, and tags too, since a commit may change only them. What is redacted equals nothing. */
    static Condition hasContentOf(NewPromptVersion version) {
        Map<Field<?>, @Nullable Object> values = version.values().of(PROMPT_VERSIONS);
        Condition condition = PROMPT_VERSIONS
                .REDACTED_AT
                .isNull()
                .and(PROMPT_VERSIONS.TEMPLATE_FORMAT.eq(value(values, PROMPT_VERSIONS.TEMPLATE_FORMAT)))
                .and(condition("{0} @> {1} and {0} <@ {1}", PROMPT_VERSIONS.TAGS, value(values, PROMPT_VERSIONS.TAGS)));
        for (Field<JSON> document : DOCUMENTS) {
            condition = condition.and(cast(document, CLOB).isNotDistinctFrom(cast(value(values, document), CLOB)));
        }
        return condition;
    }

    /** Whether the content and tags of two new versions are equal, as {@link #hasContentOf} compares. */
    static boolean haveEqualContent(NewPromptVersion one, NewPromptVersion other) {
        return contentAndTags(one).equals(contentAndTags(other));
    }

    private static List<@Nullable Object> contentAndTags(NewPromptVersion version) {
        ColumnValues values = version.values();
        List<@Nullable Object> content = new ArrayList<>();
        content.add(version.templateFormat());
        content.add(Set.copyOf(values.<List<String>>get("tags")));
        for (Field<JSON> document : DOCUMENTS) {
            Json json = values.get(document.getName());
            content.add(json == null ? null : json.text());
        }
        return content;
    }

    private static <T> Field<T> value(Map<Field<?>, @Nullable Object> values, Field<T> column) {
        return val(values.get(column), column.getDataType());
    }

    private static Optional<PromptRedaction> redaction(ResultRow row) {
        Optional<Instant> at = row.takeOptional(PROMPT_VERSIONS.REDACTED_AT);
        Optional<UUID> by = row.takeOptional(PROMPT_VERSIONS.REDACTED_BY);
        Optional<String> note = row.takeOptional(PROMPT_VERSIONS.REDACTION_NOTE);
        return at.map(moment -> new PromptRedaction(moment, by, note.orElseThrow()));
    }

    private static PromptVersion version(ResultRow row) {
        return new PromptVersion(
                row.take(PROMPT_VERSIONS.ID),
                row.take(PROMPT_VERSIONS.PROMPT_ID),
                row.take(PROMPT_VERSIONS.VERSION_NUMBER),
                row.take(PROMPT_VERSIONS.TEMPLATE_FORMAT),
                MessagesDocument.messages(row.takeWrittenJson(PROMPT_VERSIONS.MESSAGES)),
                row.takeWrittenJson(PROMPT_VERSIONS.TOOLS),
                row.takeOptionalWrittenJson(PROMPT_VERSIONS.RESPONSE_FORMAT),
                row.takeWrittenJson(PROMPT_VERSIONS.VARIABLES),
                row.takeWrittenJson(PROMPT_VERSIONS.MODEL_CONFIGURATION),
                row.takeTexts(PROMPT_VERSIONS.TAGS),
                row.takeOptional(PROMPT_VERSIONS.COMMIT_MESSAGE),
                row.take(PROMPT_VERSIONS.CONTENT_HASH),
                row.takeOptional(PROMPT_VERSIONS.CREATED_BY),
                row.take(PROMPT_VERSIONS.CREATED_AT),
                redaction(row));
    }
}
