package io.promptforge.dao.prompt;

import static io.promptforge.schema.jooq.Tables.PROMPTS;

import io.promptforge.dao.internal.query.ResultRow;
import io.promptforge.dao.internal.query.RowReader;
import io.promptforge.dao.internal.query.Selection;

/** Maps rows to prompts. */
final class PromptRows {
    static final RowReader<Prompt> PROMPT = RowReader.of(
            Selection.of(
                    PROMPTS.ID,
                    PROMPTS.PROJECT_ID,
                    PROMPTS.NAME,
                    PROMPTS.DESCRIPTION,
                    PROMPTS.CATEGORY,
                    PROMPTS.STATUS,
                    PROMPTS.CURRENT_VERSION_ID,
                    PROMPTS.LATEST_VERSION_NUMBER,
                    PROMPTS.CREATED_BY,
                    PROMPTS.CREATED_AT,
                    PROMPTS.UPDATED_AT),
            PromptRows::prompt);

    private PromptRows() {}

    private static Prompt prompt(ResultRow row) {
        return new Prompt(
                row.take(PROMPTS.ID),
                row.take(PROMPTS.PROJECT_ID),
                row.take(PROMPTS.NAME),
                row.takeOptional(PROMPTS.DESCRIPTION),
                row.takeOptional(PROMPTS.CATEGORY),
                row.take(PROMPTS.STATUS),
                row.takeOptional(PROMPTS.CURRENT_VERSION_ID),
                row.take(PROMPTS.LATEST_VERSION_NUMBER),
                row.takeOptional(PROMPTS.CREATED_BY),
                row.take(PROMPTS.CREATED_AT),
                row.take(PROMPTS.UPDATED_AT));
    }
}
