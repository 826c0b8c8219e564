package io.promptforge.dao.prompt;

import static io.promptforge.schema.jooq.Routines.promptContentHash;
import static io.promptforge.schema.jooq.Tables.PROMPTS;
import static io.promptforge.schema.jooq.Tables.PROMPT_VERSIONS;
import static org.jooq.impl.DSL.condition;
import static org.jooq.impl.DSL.val;

import io.promptforge.dao.internal.query.ResultRow;
import io.promptforge.dao.internal.query.RowReader;
import io.promptforge.dao.internal.query.Selection;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jspecify.annotations.Nullable;

/** Maps rows to versions of prompts, and compares their content. */
final class PromptVersionRows {
    static final RowReader<PromptVersion> VERSION = RowReader.of(
            Selection.of(
                    PROMPT_VERSIONS.ID,
                    PROMPT_VERSIONS.PROMPT_ID,
                    PROMPT_VERSIONS.VERSION_NUMBER,
                    PROMPT_VERSIONS.TEMPLATE,
                    PROMPT_VERSIONS.SYSTEM_MESSAGE,
                    PROMPT_VERSIONS.VARIABLES,
                    PROMPT_VERSIONS.MODEL_CONFIGURATION,
                    PROMPT_VERSIONS.TAGS,
                    PROMPT_VERSIONS.COMMIT_MESSAGE,
                    PROMPT_VERSIONS.CONTENT_HASH,
                    PROMPT_VERSIONS.CREATED_BY,
                    PROMPT_VERSIONS.CREATED_AT),
            PromptVersionRows::version);

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

    /** Compares content by the database's hash of it, and tags too, since a commit may change only them. */
    static Condition hasContentOf(NewPromptVersion version) {
        Map<Field<?>, @Nullable Object> values = version.values().of(PROMPT_VERSIONS);
        return PROMPT_VERSIONS
                .CONTENT_HASH
                .eq(promptContentHash(
                        value(values, PROMPT_VERSIONS.TEMPLATE),
                        value(values, PROMPT_VERSIONS.SYSTEM_MESSAGE),
                        value(values, PROMPT_VERSIONS.VARIABLES),
                        value(values, PROMPT_VERSIONS.MODEL_CONFIGURATION)))
                .and(condition("{0} @> {1} and {0} <@ {1}", PROMPT_VERSIONS.TAGS, value(values, PROMPT_VERSIONS.TAGS)));
    }

    private static <T> Field<T> value(Map<Field<?>, @Nullable Object> values, Field<T> column) {
        return val(values.get(column), column.getDataType());
    }

    private static PromptVersion version(ResultRow row) {
        return new PromptVersion(
                row.take(PROMPT_VERSIONS.ID),
                row.take(PROMPT_VERSIONS.PROMPT_ID),
                row.take(PROMPT_VERSIONS.VERSION_NUMBER),
                row.take(PROMPT_VERSIONS.TEMPLATE),
                row.takeOptional(PROMPT_VERSIONS.SYSTEM_MESSAGE),
                row.takeJson(PROMPT_VERSIONS.VARIABLES),
                row.takeJson(PROMPT_VERSIONS.MODEL_CONFIGURATION),
                row.takeTexts(PROMPT_VERSIONS.TAGS),
                row.takeOptional(PROMPT_VERSIONS.COMMIT_MESSAGE),
                row.take(PROMPT_VERSIONS.CONTENT_HASH),
                row.takeOptional(PROMPT_VERSIONS.CREATED_BY),
                row.take(PROMPT_VERSIONS.CREATED_AT));
    }
}
