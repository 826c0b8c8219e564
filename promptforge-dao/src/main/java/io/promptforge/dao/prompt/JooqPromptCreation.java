package io.promptforge.dao.prompt;

import static io.promptforge.dao.internal.write.RowArrays.given;
import static io.promptforge.schema.jooq.Tables.PROMPTS;

import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.internal.write.ColumnValues;
import io.promptforge.dao.internal.write.Ids;
import io.promptforge.dao.internal.write.ListInsert;
import io.promptforge.dao.internal.write.RowArrays;
import io.promptforge.schema.jooq.tables.records.PromptsRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Creates many prompts by three statements. */
final class JooqPromptCreation {
    private static final ListInsert<?, UUID> PROMPT_IDS =
            new ListInsert<>(PROMPTS, PromptRows.ID, UnaryOperator.identity());

    private JooqPromptCreation() {}

    static List<ResolvedPrompt> create(
            TenantSession session, List<NewPrompt> prompts, List<NewPromptVersion> firstVersions) {
        var pairs = ListInsert.pairs("prompts", prompts, "first_versions", firstVersions);
        ListInsert.each("first_versions", firstVersions, PromptVariables::checked);
        return ListInsert.store(session, "prompts", pairs, JooqPromptCreation::insert);
    }

    private static List<ResolvedPrompt> insert(TenantSession tx, List<Map.Entry<NewPrompt, NewPromptVersion>> pairs) {
        List<ColumnValues> prompts = new ArrayList<>();
        List<ColumnValues> versions = new ArrayList<>();
        for (Map.Entry<NewPrompt, NewPromptVersion> pair : pairs) {
            UUID id = Ids.next();
            prompts.add(pair.getKey().values().with("id", id).with("latest_version_number", 1));
            versions.add(JooqPromptVersions.row(id, 1, pair.getValue()));
        }
        PROMPT_IDS.insert(tx, prompts);
        List<PromptVersion> inserted = JooqPromptVersions.LIST.insert(tx, versions);
        Map<UUID, Prompt> serving = serve(tx, inserted);
        return inserted.stream()
                .map(version -> new ResolvedPrompt(Objects.requireNonNull(serving.get(version.promptId())), version))
                .toList();
    }

    /** Makes each version the current one of its prompt. */
    private static Map<UUID, Prompt> serve(TenantSession tx, List<PromptVersion> versions) {
        RowArrays<PromptsRecord> rows = new RowArrays<>(PROMPTS, List.of(PROMPTS.ID, PROMPTS.CURRENT_VERSION_ID));
        versions.forEach(version -> rows.add(List.of(version.promptId(), version.id())));
        return tx
                .run(dsl -> PromptRows.PROMPT.fetch(dsl.update(PROMPTS)
                        .set(PROMPTS.CURRENT_VERSION_ID, given(PROMPTS.CURRENT_VERSION_ID))
                        .from(rows.given())
                        .where(PROMPTS.ORGANIZATION_ID.eq(tx.organizationId()))
                        .and(PROMPTS.ID.eq(given(PROMPTS.ID)))
                        .returning(PromptRows.PROMPT.fields())))
                .stream()
                .collect(Collectors.toMap(Prompt::id, Function.identity()));
    }
}
