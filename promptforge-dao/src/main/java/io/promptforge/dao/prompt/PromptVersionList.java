package io.promptforge.dao.prompt;

import static io.promptforge.schema.jooq.Tables.PROMPT_VERSIONS;

import io.promptforge.dao.internal.query.Conditions;
import io.promptforge.dao.internal.query.Criterion;
import io.promptforge.dao.internal.query.ListQuery;
import io.promptforge.dao.internal.query.SortOrder;
import java.util.UUID;

/** The lists of prompt versions: what each criterion of a filter is in SQL, and the orders. */
final class PromptVersionList {
    static final Criterion<UUID> PROMPT_ID = new Criterion<>("prompt_id");

    private static final Conditions CONDITIONS =
            Conditions.ofTenant(PROMPT_VERSIONS.ORGANIZATION_ID).equal(PROMPT_ID, PROMPT_VERSIONS.PROMPT_ID);

    static final SortOrder NEWEST_FIRST = SortOrder.descending(PROMPT_VERSIONS.VERSION_NUMBER);

    static final ListQuery<PromptVersion> LIST =
            new ListQuery<>("prompt_versions", PROMPT_VERSIONS, CONDITIONS, PromptVersionRows.VERSION);

    private PromptVersionList() {}
}
