package io.promptforge.dao.prompt;

import static io.promptforge.schema.jooq.Tables.PROMPTS;

import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.internal.write.ColumnValues;
import io.promptforge.dao.internal.write.Ids;
import io.promptforge.dao.internal.write.ListInsert;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/** Creates any number of prompts by two statements. */
final class JooqPromptCreation {
    private static final ListInsert<?, Prompt> LIST = new ListInsert<>(PROMPTS, PromptRows.PROMPT, Prompt::id);

    private JooqPromptCreation() {}

    static List<ResolvedPrompt> create(
            TenantSession session, List<NewPrompt> prompts, List<NewPromptVersion> firstVersions) {
        var pairs = ListInsert.pairs("prompts", prompts, "first_versions", firstVersions);
        ListInsert.each("first_versions", firstVersions, PromptVariables::checked);
        return ListInsert.store(session, "prompts", pairs, JooqPromptCreation::insert);
    }

    /** Inserts prompts, which refer to their versions until the commit as if those were there. */
    static List<ResolvedPrompt> insert(TenantSession tx, List<Map.Entry<NewPrompt, NewPromptVersion>> pairs) {
        List<ColumnValues> promptRows = new ArrayList<>();
        List<ColumnValues> versionRows = new ArrayList<>();
        for (Map.Entry<NewPrompt, NewPromptVersion> pair : pairs) {
            UUID id = Ids.next();
            ColumnValues version = JooqPromptVersions.row(id, 1, pair.getValue());
            versionRows.add(version);
            promptRows.add(pair.getKey()
                    .values()
                    .with("id", id)
                    .with("latest_version_number", 1)
                    .with("current_version_id", version.get("id")));
        }
        List<Prompt> prompts = LIST.insert(tx, promptRows);
        List<PromptVersion> versions = JooqPromptVersions.LIST.insert(tx, versionRows);
        return IntStream.range(0, pairs.size())
                .mapToObj(i -> new ResolvedPrompt(prompts.get(i), versions.get(i)))
                .toList();
    }
}
