package io.promptforge.dao.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.PromptForge;
import io.promptforge.dao.Tenant;
import io.promptforge.dao.organization.NewOrganization;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.project.NewProject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The tables and the function that compares content may lie in a schema of any name. */
class PromptOtherSchemaTest {

    private static final ClassDatabase DATABASE = ClassDatabase.empty();

    @Test
    void promptsLiveInASchemaOfAnyName() {
        DATABASE.migrateOtherSchema();
        PromptForge forge = PromptForge.create(
                DATABASE.dataSource(), ClassDatabase.settings().schema(ClassDatabase.OTHER_SCHEMA));
        Tenant tenant = forge.tenant(
                forge.organizations().create(NewOrganization.of("O", "o")).id());
        UUID project = tenant.projects().create(NewProject.of("p")).id();
        PromptRepository prompts = tenant.prompts();
        UUID id = prompts.create(NewPrompt.of(project, "Greeting"), NewPromptVersion.of("Hello"))
                .prompt()
                .id();

        Commit second = prompts.commit(id, NewPromptVersion.of("Hi").tags("t"));
        assertThat(prompts.commit(id, NewPromptVersion.of("Hi").tags("t")))
                .isEqualTo(new Commit(second.version(), false, List.of()));
        prompts.makeCurrent(id, 2);
        prompts.deploy(id, 1, "production", null);
        prompts.deploy(id, 2, "production", null);

        assertThat(prompts.resolve(project, "Greeting", "production")
                        .orElseThrow()
                        .version())
                .isEqualTo(second.version());
        assertThat(prompts.list(PromptFilter.all().tag("t"), PromptOrder.BY_NAME, PageRequest.first())
                        .items())
                .hasSize(1);
        assertThat(prompts.deploymentHistory(id, PageRequest.first()).items()).hasSize(2);
        prompts.delete(id);
        assertThat(prompts.find(id)).isEmpty();
    }
}
