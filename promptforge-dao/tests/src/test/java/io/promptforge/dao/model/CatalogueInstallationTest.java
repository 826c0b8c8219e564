package io.promptforge.dao.model;

import static io.promptforge.dao.model.TestCatalogues.catalogue;
import static io.promptforge.dao.model.TestCatalogues.model;
import static io.promptforge.dao.model.TestCatalogues.provider;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.json.Json;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.page.Pages;
import io.promptforge.dao.secret.Secret;
import io.promptforge.schema.type.ProviderType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The rows that an installation adds, updates and keeps. */
class CatalogueInstallationTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private static final ModelCatalogue FIRST =
            catalogue(provider("acme", "Acme", model("m-1", "M 1", "0.50"), model("m-2", "M 2", "1")));

    private final TestTenant fixture = DATABASE.newTenant();
    private final ModelRepository models = fixture.tenant().models();
    private final ModelProviderRepository providers = fixture.tenant().modelProviders();

    @Test
    void theStandardCatalogueIsInstalledWhole() {
        ModelCatalogue standard = ModelCatalogue.standard();

        CatalogueResult result = models.installCatalogue(standard);

        assertThat(result.edition()).isEqualTo(standard.edition());
        assertThat(result.providers().added()).hasSameSizeAs(standard.providers());
        assertThat(result.models().added())
                .hasSize(standard.providers().stream()
                        .mapToInt(provider -> provider.models().size())
                        .sum());
        for (CatalogueProvider provider : standard.providers()) {
            ModelProvider installed = providers.findByName(provider.name()).orElseThrow();
            assertThat(installed.type()).isEqualTo(provider.type());
            assertThat(installed.description()).isEqualTo(provider.description());
            assertThat(installed.baseUrl()).isEqualTo(provider.baseUrl());
            assertThat(installed.active()).isTrue();
            assertThat(installed.isDefault()).isFalse();
            provider.models().forEach(model -> assertInstalled(installed.id(), model));
        }
    }

    private void assertInstalled(UUID provider, CatalogueModel model) {
        AiModel installed =
                models.findByProviderModelId(provider, model.providerModelId()).orElseThrow();
        assertThat(installed.name()).isEqualTo(model.name());
        assertThat(installed.description()).isEqualTo(model.description());
        assertThat(installed.capabilities()).isEqualTo(model.capabilities());
        assertThat(installed.contextLength()).isEqualTo(model.contextLength());
        assertThat(installed.prices())
                .usingRecursiveComparison()
                .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                .isEqualTo(model.prices());
        assertThat(installed.deprecated()).isEqualTo(model.deprecated());
        assertThat(installed.active()).isTrue();
        assertThat(installed.defaultParameters()).isEqualTo(Json.emptyObject());
    }

    @Test
    void installingTwiceChangesNothing() {
        models.installCatalogue(ModelCatalogue.standard());
        List<ModelProvider> providers = providers();
        List<AiModel> all = all();

        CatalogueResult again = models.installCatalogue(ModelCatalogue.standard());

        CatalogueResult.Effect none = new CatalogueResult.Effect(List.of(), List.of(), List.of());
        assertThat(again.providers()).isEqualTo(none);
        assertThat(again.models()).isEqualTo(none);
        assertThat(providers()).as("with their times of change").isEqualTo(providers);
        assertThat(all()).as("with their times of change").isEqualTo(all);
    }

    @Test
    void theScaleOfAPriceIsNoEdit() {
        models.installCatalogue(FIRST);
        List<AiModel> all = all();

        CatalogueResult result = models.installCatalogue(
                catalogue(provider("acme", "Acme", model("m-1", "M 1", "0.500000"), model("m-2", "M 2", "1.0"))));

        assertThat(result.models().updated()).isEmpty();
        assertThat(all()).isEqualTo(all);
    }

    @Test
    void aNewerEditionUpdatesUneditedValues() {
        models.installCatalogue(FIRST);
        AiModel before = find("m-1");
        CatalogueModel newer = CatalogueModel.of("m-1", "M 1, renewed")
                .description("new")
                .capabilities(Set.of(ModelCapability.VISION))
                .contextLength(9)
                .prices(ModelPrices.perMillion("0.25", "2", "0.1"))
                .deprecated(true);

        CatalogueResult result = models.installCatalogue(
                catalogue(provider("acme", "Acme", newer, model("m-2", "M 2", "1"), model("m-3", "M 3", "7"))));

        assertThat(result.models().updated()).containsExactly(before.id());
        assertThat(result.models().added()).containsExactly(find("m-3").id());
        assertThat(result.models().kept()).isEmpty();
        assertThat(find("m-1").id()).isEqualTo(before.id());
        assertThat(find("m-1").updatedAt()).isAfter(before.updatedAt());
        assertInstalled(before.providerId(), newer);
    }

    @Test
    void editedValuesStayAndTheOthersAreUpdated() {
        models.installCatalogue(FIRST);
        AiModel edited =
                models.update(find("m-1").id(), AiModelChanges.none().defaultParameters(Json.parse("{\"a\":1}")));
        models.update(edited.id(), AiModelChanges.none().active(false));
        models.setPrices(edited.id(), NewPriceList.of(Instant.now(), ModelPrices.perMillion("0.33", "2")));

        CatalogueResult result = models.installCatalogue(
                catalogue(provider("acme", "Acme", model("m-1", "M 1, renewed", "0.25"), model("m-2", "M 2", "1"))));

        AiModel updated = find("m-1");
        assertThat(updated.name()).isEqualTo("M 1, renewed");
        assertThat(updated.prices()).isEqualTo(ModelPrices.perMillion("0.33", "2"));
        assertThat(updated.defaultParameters()).isEqualTo(Json.parse("{\"a\":1}"));
        assertThat(updated.active()).isFalse();
        assertThat(result.models().updated()).containsExactly(edited.id());
        assertThat(result.models().kept()).containsExactly(edited.id());
    }

    @Test
    void anEditIsKeptByLaterEditionsUntilItIsTakenBack() {
        models.installCatalogue(FIRST);
        UUID id = find("m-1").id();
        models.update(id, AiModelChanges.none().name("Ours"));

        models.installCatalogue(catalogue(provider("acme", "Acme", model("m-1", "M 1b", "0.50"))));
        models.installCatalogue(catalogue(provider("acme", "Acme", model("m-1", "M 1c", "0.50"))));
        assertThat(find("m-1").name()).isEqualTo("Ours");

        models.update(id, AiModelChanges.none().name("M 1c"));
        models.installCatalogue(catalogue(provider("acme", "Acme", model("m-1", "M 1d", "0.50"))));
        assertThat(find("m-1").name()).isEqualTo("M 1d");
    }

    @Test
    void clearedValuesStayCleared() {
        models.installCatalogue(FIRST);
        models.setPrices(find("m-1").id(), NewPriceList.of(Instant.now(), ModelPrices.unknown()));

        models.installCatalogue(catalogue(provider("acme", "Acme", model("m-1", "M 1", "9"))));

        assertThat(find("m-1").prices()).isEqualTo(ModelPrices.unknown());
    }

    @Test
    void rowsMissingFromANewerEditionStay() {
        models.installCatalogue(FIRST);
        AiModel gone = find("m-2");

        models.installCatalogue(catalogue(provider("acme", "Acme", model("m-1", "M 1", "0.50"))));
        models.installCatalogue(catalogue(provider("other", "Other")));

        assertThat(models.find(gone.id())).contains(gone);
        assertThat(providers.findByName("Acme")).isPresent();
    }

    @Test
    void aProviderIsRecognisedByItsKeyWhateverItsName() {
        models.installCatalogue(FIRST);
        UUID id = providers.findByName("Acme").orElseThrow().id();
        providers.update(id, ModelProviderChanges.none().name("Our Acme"));

        CatalogueResult kept = models.installCatalogue(FIRST);
        assertThat(kept.providers().kept()).containsExactly(id);
        assertThat(providers.find(id).orElseThrow().name()).isEqualTo("Our Acme");

        providers.update(id, ModelProviderChanges.none().name("Acme"));
        CatalogueResult renamed = models.installCatalogue(catalogue(provider("acme", "Acme Inc")));
        assertThat(renamed.providers().updated()).containsExactly(id);
        assertThat(providers.find(id).orElseThrow().name()).isEqualTo("Acme Inc");
        assertThat(providers()).hasSize(1);
    }

    @Test
    void valuesThatNoCatalogueHasAreNeverChanged() {
        models.installCatalogue(FIRST);
        UUID acme = providers.findByName("Acme").orElseThrow().id();
        providers.setDefault(acme);
        providers.setApiKey(acme, Secret.of("sk-acme"));
        ModelProvider before =
                providers.update(acme, ModelProviderChanges.none().configuration(Json.parse("{\"region\":\"eu\"}")));

        CatalogueProvider newer = CatalogueProvider.of("acme", "Acme", ProviderType.OPENAI)
                .description("new")
                .baseUrl("https://acme.example.com");
        models.installCatalogue(catalogue(newer));

        ModelProvider after = providers.find(acme).orElseThrow();
        assertThat(after.type()).isEqualTo(ProviderType.OPENAI);
        assertThat(after.description()).contains("new");
        assertThat(after.baseUrl()).contains("https://acme.example.com");
        assertThat(after)
                .usingRecursiveComparison()
                .ignoringFields("type", "description", "baseUrl", "updatedAt")
                .isEqualTo(before);
        assertThat(providers.findApiKey(acme)).contains(Secret.of("sk-acme"));
    }

    @Test
    void anOwnProviderOfTheSameNameIsNotChangedButGetsTheModelsItLacks() {
        ModelProvider own = providers.create(NewModelProvider.of("Acme", ProviderType.HUGGINGFACE));
        AiModel ownModel = models.create(NewAiModel.of(own.id(), "Mine", "m-1"));

        CatalogueResult result = models.installCatalogue(FIRST);

        assertThat(providers.find(own.id())).contains(own);
        assertThat(models.find(ownModel.id())).contains(ownModel);
        assertThat(find("m-2").providerId()).isEqualTo(own.id());
        assertThat(result.providers()).isEqualTo(new CatalogueResult.Effect(List.of(), List.of(), List.of(own.id())));
        assertThat(result.models())
                .isEqualTo(new CatalogueResult.Effect(List.of(find("m-2").id()), List.of(), List.of(ownModel.id())));
    }

    @Test
    void aProviderOfTheCatalogueRenamedToAnothersNameIsNotTakenForIt() {
        models.installCatalogue(catalogue(provider("beta", "Beta")));
        UUID beta = providers.findByName("Beta").orElseThrow().id();
        providers.update(beta, ModelProviderChanges.none().name("Acme"));

        CatalogueResult result = models.installCatalogue(FIRST);

        assertThat(result.providers().added()).isEmpty();
        assertThat(result.models().added()).isEmpty();
        assertThat(providers()).extracting(ModelProvider::id).containsExactly(beta);
    }

    @Test
    void aNewNameThatIsTakenIsSetOnceItIsFree() {
        models.installCatalogue(FIRST);
        UUID acme = providers.findByName("Acme").orElseThrow().id();
        UUID own = providers
                .create(NewModelProvider.of("Acme Inc", ProviderType.CUSTOM))
                .id();
        ModelCatalogue renamed = catalogue(provider("acme", "Acme Inc", model("m-1", "M 1", "9")));

        models.installCatalogue(renamed);
        assertThat(providers.find(acme).orElseThrow().name()).isEqualTo("Acme");
        assertThat(find("m-1").prices().perMillion(UsageUnit.INPUT_TOKENS)).contains(new BigDecimal("9"));

        providers.update(own, ModelProviderChanges.none().name("Ours"));
        models.installCatalogue(renamed);
        assertThat(providers.find(acme).orElseThrow().name()).isEqualTo("Acme Inc");
    }

    @Test
    void modelsOfTheSameIdBelongToTheirProviders() {
        ModelCatalogue both = catalogue(
                provider("acme", "Acme", model("m-1", "Acme's", "1")),
                provider("beta", "Beta", model("m-1", "Beta's", "2")));

        models.installCatalogue(both);

        assertThat(all()).extracting(AiModel::name).containsExactlyInAnyOrder("Acme's", "Beta's");
        assertThat(models.installCatalogue(both).models().added()).isEmpty();
    }

    @Test
    void anEmptyCatalogueChangesNothing() {
        models.installCatalogue(catalogue());

        assertThat(providers()).isEmpty();
    }

    @Test
    void aRefusedValueInstallsNothingAndLeavesTheCallersTransactionUsable() {
        ModelCatalogue bad =
                catalogue(provider("acme", "Acme", model("m-1", "M 1", "1"), model("m-2", "n".repeat(201), "1")));

        fixture.tenant().transaction(tx -> {
            assertThatThrownBy(() -> tx.models().installCatalogue(bad))
                    .isInstanceOfSatisfying(InvalidValueException.class, e -> assertThat(e.field())
                            .isEqualTo("name"));
            return tx.modelProviders().create(NewModelProvider.of("Other", ProviderType.CUSTOM));
        });

        assertThat(providers()).extracting(ModelProvider::name).containsExactly("Other");
    }

    @Test
    void anUnknownOrganizationIsRefused() {
        ModelRepository nowhere = DATABASE.forge().tenant(UUID.randomUUID()).models();

        assertThatThrownBy(() -> nowhere.installCatalogue(FIRST))
                .isInstanceOfSatisfying(InvalidReferenceException.class, e -> assertThat(e.field())
                        .isEqualTo("organization_id"));
    }

    @Test
    void otherTenantsAreNotChanged() {
        ModelRepository theirs = DATABASE.newTenant().tenant().models();
        theirs.installCatalogue(FIRST);
        List<AiModel> before = theirs.list(ModelFilter.all(), ModelOrder.BY_NAME, PageRequest.first())
                .items();

        CatalogueResult mine = models.installCatalogue(catalogue(provider("acme", "Acme", model("m-1", "Mine", "5"))));

        assertThat(mine.providers().added()).hasSize(1);
        assertThat(theirs.list(ModelFilter.all(), ModelOrder.BY_NAME, PageRequest.first())
                        .items())
                .isEqualTo(before);
    }

    private AiModel find(String providerModelId) {
        return all().stream()
                .filter(model -> model.providerModelId().equals(providerModelId))
                .findFirst()
                .orElseThrow();
    }

    private List<AiModel> all() {
        return Pages.all(500, page -> models.list(ModelFilter.all(), ModelOrder.BY_PROVIDER, page));
    }

    private List<ModelProvider> providers() {
        return Pages.all(500, page -> providers.list(ModelProviderFilter.all(), page));
    }
}
