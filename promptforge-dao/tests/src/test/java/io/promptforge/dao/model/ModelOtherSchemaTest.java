package io.promptforge.dao.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.PromptForge;
import io.promptforge.dao.organization.NewOrganization;
import io.promptforge.dao.page.Pages;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Models in a schema of another name. */
class ModelOtherSchemaTest {

    private static final ClassDatabase DATABASE = ClassDatabase.empty();

    @BeforeAll
    static void migrate() {
        DATABASE.migrateOtherSchema();
    }

    @Test
    void catalogueDefaultAndListsWorkInAnotherSchema() {
        PromptForge forge = PromptForge.create(
                DATABASE.dataSource(), ClassDatabase.settings().schema(ClassDatabase.OTHER_SCHEMA));
        UUID organization =
                forge.organizations().create(NewOrganization.of("Org", "org")).id();
        ModelRepository models = forge.tenant(organization).models();
        ModelProviderRepository providers = forge.tenant(organization).modelProviders();

        CatalogueResult first = models.installCatalogue(
                TestCatalogues.catalogue(TestCatalogues.provider("a", "A", TestCatalogues.model("m", "M", "1"))));
        CatalogueResult second = models.installCatalogue(
                TestCatalogues.catalogue(TestCatalogues.provider("a", "B", TestCatalogues.model("m", "M", "2"))));
        UUID provider = first.providers().added().get(0);

        assertThat(second.providers().updated()).containsExactly(provider);
        assertThat(second.models().updated()).isEqualTo(first.models().added());
        assertThat(providers.setDefault(provider).name()).isEqualTo("B");
        for (ModelOrder order : ModelOrder.values()) {
            assertThat(Pages.all(1, page -> models.list(ModelFilter.all().providerId(provider), order, page)))
                    .hasSize(1);
        }
        assertThat(Pages.all(1, page -> providers.list(ModelProviderFilter.all(), page)))
                .hasSize(1);
    }
}
