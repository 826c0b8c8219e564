package io.promptforge.dao.prompt;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.PromptForge;
import io.promptforge.dao.RecordedStatements;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.page.PageRequest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Prompts and versions that are read by their ids, many at once. */
class PromptsByIdTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final PromptRepository prompts = fixture.tenant().prompts();
    private final UUID project = fixture.project().id();
    private final ResolvedPrompt one = fixture.prompt(project);
    private final ResolvedPrompt other = fixture.prompt(project);

    @Test
    void promptsAreReadInTheOrderOfTheIds() {
        UUID first = one.prompt().id();
        UUID second = other.prompt().id();

        assertThat(prompts.findAll(List.of(second, UUID.randomUUID(), first)))
                .containsExactly(entry(second, other.prompt()), entry(first, one.prompt()));
        assertThat(prompts.findAll(List.of(first, second)))
                .containsExactly(entry(first, one.prompt()), entry(second, other.prompt()));
    }

    @Test
    void versionsOfAnyPromptsAreReadInTheOrderOfTheIds() {
        PromptVersion second =
                prompts.commit(one.prompt().id(), NewPromptVersion.of("Second")).version();
        UUID first = one.version().id();
        UUID others = other.version().id();

        assertThat(prompts.findAllVersions(
                        List.of(others, second.id(), one.prompt().id(), first)))
                .containsExactly(
                        entry(others, other.version()), entry(second.id(), second), entry(first, one.version()));
    }

    @Test
    void currentVersionsAreReadByTheIdsOfTheirPrompts() {
        UUID first = one.prompt().id();
        UUID second = other.prompt().id();
        prompts.commit(second, NewPromptVersion.of("Newer, but not current"));
        PromptVersion current =
                prompts.commit(first, NewPromptVersion.of("Current")).version();
        prompts.commit(first, NewPromptVersion.of("Newer, but not current"));
        prompts.makeCurrent(first, 2);

        assertThat(prompts.currentVersions(
                        List.of(second, UUID.randomUUID(), other.version().id(), first)))
                .containsExactly(entry(second, other.version()), entry(first, current));
    }

    @Test
    void aPageOfPromptsWithTheirCurrentVersionsTakesTwoStatements() {
        for (int i = 0; i < 39; i++) {
            fixture.prompt(project);
        }
        RecordedStatements sent = new RecordedStatements(DATABASE.dataSource());
        PromptRepository recorded = PromptForge.create(sent.dataSource(), ClassDatabase.settings())
                .tenant(fixture.organization().id())
                .prompts();

        List<String> statements = sent.of(() -> {
            List<Prompt> page = recorded.list(PromptFilter.all(), PromptOrder.BY_NAME, PageRequest.first(41))
                    .items();
            Map<UUID, PromptVersion> versions =
                    recorded.currentVersions(page.stream().map(Prompt::id).toList());

            assertThat(page).hasSize(41);
            assertThat(page).allSatisfy(prompt -> assertThat(prompt.currentVersionId())
                    .contains(requireNonNull(versions.get(prompt.id())).id()));
        });

        assertThat(statements).hasSize(2);
    }
}
