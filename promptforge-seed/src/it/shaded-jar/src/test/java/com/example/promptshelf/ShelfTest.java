package com.example.promptshelf;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.Tenant;
import io.promptforge.dao.prompt.Prompt;
import io.promptforge.seed.fixture.Fixtures;
import io.promptforge.seed.junit.PromptForgeTest;
import org.junit.jupiter.api.Test;

@PromptForgeTest
class ShelfTest {
    @Test
    void getReturnsTheTemplateThatWasPutLast(Tenant tenant, Fixtures fixtures) {
        Prompt greeting = fixtures.prompt().named("Greeting").withVersions(3).deployedTo("production").create();
        Shelf shelf = new Shelf(tenant, greeting.projectId());

        assertThat(shelf.put("Greeting", "Hi {{customer}}!")).isEqualTo(4);

        assertThat(shelf.get("Greeting")).contains("Hi {{customer}}!");
    }

    @Test
    void getFindsNothingOfAnotherTenant(Tenant tenant, Fixtures fixtures) {
        Prompt others = fixtures.elsewhere().prompt().named("Greeting").deployedTo("production").create();

        assertThat(new Shelf(tenant, others.projectId()).get("Greeting")).isEmpty();
    }
}
