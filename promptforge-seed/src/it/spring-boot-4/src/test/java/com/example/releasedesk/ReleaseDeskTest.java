package com.example.releasedesk;

import static io.promptforge.dao.access.Right.DEPLOY_PROMPTS;
import static io.promptforge.dao.access.Right.READ;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.put;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import io.promptforge.dao.Tenant;
import io.promptforge.dao.apikey.NewApiKey;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.prompt.ChatMessage;
import io.promptforge.dao.prompt.Prompt;
import io.promptforge.dao.prompt.PromptDeployment;
import io.promptforge.dao.prompt.PromptMessage;
import io.promptforge.seed.fixture.Fixtures;
import io.promptforge.seed.junit.PromptForgeTest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

@SpringBootTest
@PromptForgeTest
class ReleaseDeskTest {
    private static final String PRODUCTION = "production";

    @Autowired
    private ReleaseDesk desk;

    private final Tenant tenant;
    private final Prompt prompt;

    ReleaseDeskTest(Tenant tenant, Fixtures fixtures) {
        this.tenant = tenant;
        prompt = fixtures.prompt().withVersions(2).create();
    }

    @Test
    void publishDeploysTheVersionAndWritesTheJournal() {
        desk.publish(tenant, prompt.id(), 2, PRODUCTION, "Friendlier");

        assertThat(live()).extracting(PromptDeployment::versionNumber).containsExactly(2);
        assertThat(journal()).extracting(JournalEntry::reason).containsExactly("Friendlier");
    }

    @Test
    void publishWritesNoJournalEntryForAnUnknownVersion() {
        assertThatThrownBy(() -> desk.publish(tenant, prompt.id(), 3, PRODUCTION, "Not written yet"))
                .isInstanceOf(NotFoundException.class);

        assertThat(journal()).isEmpty();
    }

    @Test
    void withdrawKeepsTheDeploymentIfTheJournalRefusesTheReason() {
        desk.publish(tenant, prompt.id(), 1, PRODUCTION, "First");

        assertThatThrownBy(() -> desk.withdraw(tenant, prompt.id(), PRODUCTION, " "))
                .isInstanceOf(DataIntegrityViolationException.class);

        assertThat(live()).extracting(PromptDeployment::versionNumber).containsExactly(1);
        assertThat(journal()).hasSize(1);
    }

    @Test
    void getReturnsTheMessagesThatPutPublished(@Autowired WebApplicationContext context) throws Exception {
        MockMvc http = MockMvcBuilders.webAppContextSetup(context).build();
        String key = tenant.apiKeys().create(NewApiKey.of("client", Set.of(READ, DEPLOY_PROMPTS))).text();
        List<ChatMessage> messages = tenant.prompts().findVersion(prompt.id(), 2).get()
                .render(Map.of("customer_name", "Ada", "topic", "a refund"));
        String path = "/projects/{project}/prompts/{name}/{environment}";

        http.perform(get(path, prompt.projectId(), prompt.name(), PRODUCTION).header("Authorization", "Bearer " + key))
                .andExpect(status().isNotFound());
        http.perform(put("/prompts/{prompt}/{environment}", prompt.id(), PRODUCTION)
                        .header("Authorization", "Bearer " + key)
                        .contentType(MediaType.APPLICATION_JSON)
                        .content("{\"version\": 2, \"reason\": \"Friendlier\"}"))
                .andExpect(status().isNoContent());
        http.perform(get(path, prompt.projectId(), prompt.name(), PRODUCTION)
                        .header("Authorization", "Bearer " + key)
                        .param("customer_name", "Ada")
                        .param("topic", "a refund"))
                .andExpect(status().isOk())
                .andExpect(content().string(PromptMessage.toJson(messages).text()));
    }

    private List<PromptDeployment> live() {
        return tenant.prompts().liveDeployments(prompt.id(), PageRequest.first()).items();
    }

    private List<JournalEntry> journal() {
        return desk.journal(tenant, prompt.id());
    }
}
