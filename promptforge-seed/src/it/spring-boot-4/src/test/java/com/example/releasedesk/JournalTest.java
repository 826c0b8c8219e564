package com.example.releasedesk;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.Tenant;
import io.promptforge.dao.prompt.Prompt;
import io.promptforge.seed.fixture.Fixtures;
import io.promptforge.seed.junit.PromptForgeTest;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;

@SpringBootTest
@PromptForgeTest
class JournalTest {
    @Test
    void listsTheEntriesOfOnePromptInTheOrderOfWriting(@Autowired Journal journal, Tenant tenant, Fixtures fixtures) {
        UUID organization = tenant.organizationId();
        Prompt greeting = fixtures.prompt().create();
        Prompt farewell = fixtures.prompt().create();

        journal.write(organization, greeting.id(), "production", 1, "First");
        journal.write(organization, farewell.id(), "production", 1, "Another's");
        journal.write(organization, greeting.id(), "production", null, "Rude");

        assertThat(journal.of(organization, greeting.id()))
                .extracting(JournalEntry::reason)
                .containsExactly("First", "Rude");
    }
}
