package io.promptforge.dao.prompt;

import static io.promptforge.schema.jooq.Tables.PROMPTS;
import static io.promptforge.schema.jooq.Tables.PROMPT_VERSIONS;
import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.noCondition;
import static org.jooq.impl.DSL.selectOne;

import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.query.Keyset;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import java.util.List;
import org.jooq.Condition;

/** The list of prompts: what a filter and an order are in SQL. */
final class JooqPromptList {
    private final TenantSession session;

    JooqPromptList(TenantSession session) {
        this.session = session;
    }

    Page<Prompt> read(PromptFilter filter, PromptOrder order, PageRequest page) {
        Check.present("filter", filter);
        Check.present("order", order);
        Check.present("page", page);
        return session.run(dsl -> keyset(filter, order)
                .fetch(dsl, dsl.selectFrom(PROMPTS).where(passes(filter)), page, PromptRows::prompt));
    }

    private Keyset keyset(PromptFilter filter, PromptOrder order) {
        List<?> list = List.of("prompts", session.organizationId(), filter, order);
        return switch (order) {
            case BY_NAME -> Keyset.ascending(list, PROMPTS.NAME, PROMPTS.ID);
            case NEWEST_FIRST -> Keyset.descending(list, PROMPTS.CREATED_AT, PROMPTS.ID);
            case OLDEST_FIRST -> Keyset.ascending(list, PROMPTS.CREATED_AT, PROMPTS.ID);
            case RECENTLY_UPDATED_FIRST -> Keyset.descending(list, PROMPTS.UPDATED_AT, PROMPTS.ID);
        };
    }

    private Condition passes(PromptFilter filter) {
        Condition inStatus = filter.statuses().isEmpty() ? noCondition() : PROMPTS.STATUS.in(filter.statuses());
        return PROMPTS.ORGANIZATION_ID
                .eq(session.organizationId())
                .and(filter.projectId().map(PROMPTS.PROJECT_ID::eq).orElse(noCondition()))
                .and(inStatus)
                .and(filter.category().map(PROMPTS.CATEGORY::eq).orElse(noCondition()))
                .and(filter.tag().map(this::tagged).orElse(noCondition()))
                .and(filter.text().map(JooqPromptList::mentions).orElse(noCondition()));
    }

    private Condition tagged(String tag) {
        return exists(selectOne()
                .from(PROMPT_VERSIONS)
                .where(PROMPT_VERSIONS.ORGANIZATION_ID.eq(session.organizationId()))
                .and(PROMPT_VERSIONS.ID.eq(PROMPTS.CURRENT_VERSION_ID))
                .and(PROMPT_VERSIONS.TAGS.contains(new String[] {tag})));
    }

    private static Condition mentions(String text) {
        return PROMPTS.NAME.containsIgnoreCase(text).or(PROMPTS.DESCRIPTION.containsIgnoreCase(text));
    }
}
