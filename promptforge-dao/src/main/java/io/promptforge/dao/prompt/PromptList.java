package io.promptforge.dao.prompt;

import static io.promptforge.schema.jooq.Tables.PROMPTS;
import static io.promptforge.schema.jooq.Tables.PROMPT_VERSIONS;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.selectOne;

import io.promptforge.dao.internal.query.Conditions;
import io.promptforge.dao.internal.query.ListQuery;
import io.promptforge.dao.internal.query.SortOrder;
import io.promptforge.dao.internal.query.SortOrders;
import java.util.Map;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.SQLDataType;

/** The lists of prompts: what each criterion of a filter is in SQL, and the orders. */
final class PromptList {
    private static final Conditions CONDITIONS = Conditions.ofTenant(PROMPTS.ORGANIZATION_ID)
            .equal(PromptFilter.PROJECT_ID, PROMPTS.PROJECT_ID)
            .equal(PromptFilter.CATEGORY, PROMPTS.CATEGORY)
            .anyOf(PromptFilter.STATUS, PROMPTS.STATUS)
            .where(PromptFilter.TAG, SQLDataType.VARCHAR, PromptList::tagged)
            .mentions(PromptFilter.TEXT, PROMPTS.NAME, PROMPTS.DESCRIPTION);

    static final SortOrders<PromptOrder> ORDERS = new SortOrders<>(
            PromptOrder.class,
            Map.of(
                    PromptOrder.BY_NAME, SortOrder.ascending(PROMPTS.NAME, PROMPTS.ID),
                    PromptOrder.NEWEST_FIRST, SortOrder.descending(PROMPTS.CREATED_AT, PROMPTS.ID),
                    PromptOrder.OLDEST_FIRST, SortOrder.ascending(PROMPTS.CREATED_AT, PROMPTS.ID),
                    PromptOrder.RECENTLY_UPDATED_FIRST, SortOrder.descending(PROMPTS.UPDATED_AT, PROMPTS.ID)));

    static final ListQuery<Prompt> LIST = new ListQuery<>("prompts", PROMPTS, CONDITIONS, PromptRows.PROMPT);

    private PromptList() {}

    private static Condition tagged(Field<UUID> tenant, Field<String> tag) {
        return exists(selectOne()
                .from(PROMPT_VERSIONS)
                .where(PROMPT_VERSIONS.ORGANIZATION_ID.eq(tenant))
                .and(PROMPT_VERSIONS.ID.eq(PROMPTS.CURRENT_VERSION_ID))
                .and(tag.eq(any(PROMPT_VERSIONS.TAGS))));
    }
}
