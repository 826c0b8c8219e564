package com.example.releasedesk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.Tenant;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.prompt.ChatMessage;
import io.promptforge.dao.prompt.NewPromptVersion;
import io.promptforge.dao.prompt.Prompt;
import io.promptforge.dao.prompt.PromptDeployment;
import io.promptforge.dao.prompt.PromptMessage;
import io.promptforge.schema.type.TemplateFormat;
import io.promptforge.seed.fixture.Fixtures;
import io.promptforge.seed.junit.Provided;
import io.promptforge.seed.quarkus.PromptForgeTestResource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PromptForgeTestResource.class)
class ReleaseDeskTest {
    private static final String PRODUCTION = "production";

    @Inject
    ReleaseDesk desk;

    @Provided
    Tenant tenant;

    @Provided
    Fixtures fixtures;

    private UUID organization;
    private Prompt prompt;

    @BeforeEach
    void create() {
        organization = tenant.organizationId();
        prompt = fixtures.prompt().withVersions(2).create();
    }

    @Test
    void publishDeploysTheVersionAndWritesTheJournal() {
        desk.publish(organization, prompt.id(), 2, PRODUCTION, "Friendlier");

        assertThat(live()).extracting(PromptDeployment::versionNumber).containsExactly(2);
        assertThat(desk.live(organization, prompt.projectId(), prompt.name(), PRODUCTION)).isPresent();
        assertThat(journal()).extracting(JournalEntry::reason).containsExactly("Friendlier");
    }

    @Test
    void publishWritesNoJournalEntryForAnUnknownVersion() {
        assertThatThrownBy(() -> desk.publish(organization, prompt.id(), 3, PRODUCTION, "Not written yet"))
                .isInstanceOf(NotFoundException.class);

        assertThat(journal()).isEmpty();
    }

    @Test
    void withdrawKeepsTheDeploymentIfTheJournalRefusesTheReason() {
        desk.publish(organization, prompt.id(), 1, PRODUCTION, "First");

        assertThatThrownBy(() -> desk.withdraw(organization, prompt.id(), PRODUCTION, " "))
                .isInstanceOf(IllegalStateException.class);

        assertThat(live()).extracting(PromptDeployment::versionNumber).containsExactly(1);
        assertThat(journal()).hasSize(1);
    }

    @Test
    void aChatIsRenderedWithTheHistoryOfItsConversation() {
        NewPromptVersion chat = NewPromptVersion.of(
                        PromptMessage.system("Answer {{ name }}.{% if brief %} Be brief.{% endif %}"),
                        PromptMessage.placeholder("history"),
                        PromptMessage.user("{{ question }}"))
                .templateFormat(TemplateFormat.JINJA);
        int version = tenant.prompts().commit(prompt.id(), chat).version().versionNumber();
        desk.publish(organization, prompt.id(), version, PRODUCTION, "A chat");

        List<ChatMessage> messages = desk.live(organization, prompt.projectId(), prompt.name(), PRODUCTION)
                .orElseThrow()
                .render(
                        Map.of("name", "Ada", "brief", true, "question", "Why?"),
                        Map.of("history", List.of(PromptMessage.user("Hi"), PromptMessage.assistant("Hello"))));

        assertThat(messages)
                .containsExactly(
                        PromptMessage.system("Answer Ada. Be brief."),
                        PromptMessage.user("Hi"),
                        PromptMessage.assistant("Hello"),
                        PromptMessage.user("Why?"));
    }

    @Test
    void aTransactionOfTheHostThatIsRolledBackTakesBothWithIt() {
        QuarkusTransaction.begin();
        desk.publish(organization, prompt.id(), 1, PRODUCTION, "First");
        assertThat(live()).hasSize(1);
        QuarkusTransaction.rollback();

        assertThat(live()).isEmpty();
        assertThat(journal()).isEmpty();
    }

    private List<PromptDeployment> live() {
        return tenant.prompts().liveDeployments(prompt.id(), PageRequest.first()).items();
    }

    private List<JournalEntry> journal() {
        return desk.journal(organization, prompt.id());
    }
}
