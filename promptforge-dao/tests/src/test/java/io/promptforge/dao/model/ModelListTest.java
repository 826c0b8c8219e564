package io.promptforge.dao.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.TestDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.page.Count;
import io.promptforge.dao.page.Counting;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.page.Pages;
import io.promptforge.schema.type.ProviderType;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModelListTest {

    private static final TestDatabase DATABASE = TestDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final ModelRepository models = fixture.tenant().models();
    private final UUID one = fixture.provider().id();
    private final UUID two = fixture.provider().id();

    @BeforeEach
    void someModels() {
        create(two, "Same", "z");
        create(one, "Same", "y");
        create(one, "Same", "b", ModelCapability.VISION);
        create(two, "Alpha", "a-100%", ModelCapability.VISION, ModelCapability.STREAMING);
        create(one, "Beta", "c", ModelCapability.STREAMING);
        DATABASE.newTenant().model();
    }

    @Test
    void modelsAreListedByName() {
        List<AiModel> all = Pages.all(2, page -> models.list(ModelFilter.all(), ModelOrder.BY_NAME, page));

        assertThat(all)
                .extracting(AiModel::providerModelId)
                .as("equal names in the order of their making")
                .containsExactly("a-100%", "c", "z", "y", "b");
    }

    @Test
    void modelsAreListedByProvider() {
        List<AiModel> all = Pages.all(2, page -> models.list(ModelFilter.all(), ModelOrder.BY_PROVIDER, page));

        assertThat(all).extracting(AiModel::providerModelId).containsExactly("b", "c", "y", "a-100%", "z");
    }

    @Test
    void modelsAreFiltered() {
        models.deactivate(id(one, "y"));
        models.deprecate(id(two, "z"));

        assertThat(ids(ModelFilter.ofProvider(two))).containsExactly("a-100%", "z");
        assertThat(ids(ModelFilter.all().withActive(false))).containsExactly("y");
        assertThat(ids(ModelFilter.all().withActive(true))).containsExactly("a-100%", "c", "z", "b");
        assertThat(ids(ModelFilter.all().withDeprecated(true))).containsExactly("z");
        assertThat(ids(ModelFilter.all().withDeprecated(false))).containsExactly("a-100%", "c", "y", "b");
        assertThat(ids(ModelFilter.all().withCapabilities(ModelCapability.VISION)))
                .containsExactly("a-100%", "b");
        assertThat(ids(ModelFilter.all().withCapabilities(ModelCapability.VISION, ModelCapability.STREAMING)))
                .containsExactly("a-100%");
        assertThat(ids(ModelFilter.all().withCapabilities(ModelCapability.FUNCTION_CALLING)))
                .isEmpty();
        assertThat(ids(ModelFilter.all().withText("SAM"))).containsExactly("z", "y", "b");
        assertThat(ids(ModelFilter.all().withText("00%"))).containsExactly("a-100%");
        assertThat(ids(ModelFilter.all().withText("%"))).containsExactly("a-100%");
        assertThat(ids(ModelFilter.ofProvider(one)
                        .withActive(true)
                        .withDeprecated(false)
                        .withCapabilities(ModelCapability.VISION)
                        .withText("same")))
                .containsExactly("b");
        assertThat(ids(ModelFilter.ofProvider(UUID.randomUUID()))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(ModelOrder.class)
    void modelsAreCounted(ModelOrder order) {
        Page<AiModel> page = models.list(
                ModelFilter.ofProvider(one), order, PageRequest.first(1).counting(Counting.EXACT));

        assertThat(page.count()).contains(new Count(3, true));
    }

    @Test
    void aProviderOfAnotherTenantHasNoModelsHere() {
        assertThat(DATABASE.newTenant()
                        .tenant()
                        .models()
                        .list(ModelFilter.ofProvider(one), ModelOrder.BY_NAME, PageRequest.first())
                        .items())
                .isEmpty();
    }

    @Test
    void aCursorOfAnotherListOfModelsIsRefused() {
        String cursor = models.list(ModelFilter.all(), ModelOrder.BY_NAME, PageRequest.first(1))
                .next()
                .orElseThrow();

        refusesTheCursor(() -> models.list(
                ModelFilter.all(), ModelOrder.BY_PROVIDER, PageRequest.first(1).after(cursor)));
        refusesTheCursor(() -> models.list(
                ModelFilter.ofProvider(one),
                ModelOrder.BY_NAME,
                PageRequest.first(1).after(cursor)));
        refusesTheCursor(() -> DATABASE.newTenant()
                .tenant()
                .models()
                .list(
                        ModelFilter.all(),
                        ModelOrder.BY_NAME,
                        PageRequest.first(1).after(cursor)));
    }

    @Test
    void aFilterReadsTheSameHoweverItWasPutTogether() {
        ModelFilter filter = ModelFilter.all().withCapabilities(ModelCapability.VISION, ModelCapability.STREAMING);

        assertThat(filter)
                .isEqualTo(ModelFilter.all()
                        .withCapabilities(
                                ModelCapability.STREAMING, ModelCapability.VISION, ModelCapability.STREAMING));
        assertThat(filter.toString()).contains("capabilities=[STREAMING, VISION]");
    }

    @Test
    void providersAreListedByName() {
        for (String name : List.of("zulu", "beta", "alpha", "gamma")) {
            models.createProvider(NewModelProvider.named(name, ProviderType.CUSTOM));
        }
        ModelProviderFilter filter = ModelProviderFilter.all().withType(ProviderType.CUSTOM);

        assertThat(Pages.all(1, page -> models.listProviders(filter, page)))
                .extracting(ModelProvider::name)
                .containsExactly("alpha", "beta", "gamma", "zulu");
    }

    @Test
    void providersAreFiltered() {
        UUID zulu = models.createProvider(
                        NewModelProvider.named("Zulu", ProviderType.CUSTOM).withDescription("In the cellar"))
                .id();
        models.createProvider(NewModelProvider.named("Alpha", ProviderType.GOOGLE));
        models.deactivateProvider(zulu);
        models.setEncryptedApiKey(zulu, new byte[] {1});

        assertThat(names(ModelProviderFilter.all().withType(ProviderType.GOOGLE)))
                .containsExactly("Alpha");
        assertThat(names(ModelProviderFilter.all().withActive(false))).containsExactly("Zulu");
        assertThat(names(ModelProviderFilter.all().withActive(true))).hasSize(3).doesNotContain("Zulu");
        assertThat(names(ModelProviderFilter.all().withText("ULU"))).containsExactly("Zulu");
        assertThat(names(ModelProviderFilter.all().withText("cellar"))).containsExactly("Zulu");
        assertThat(names(ModelProviderFilter.all().withText("_"))).isEmpty();
        assertThat(models.listProviders(ModelProviderFilter.all().withText("zulu"), PageRequest.first())
                        .items())
                .containsExactly(models.findProvider(zulu).orElseThrow());
    }

    @Test
    void providersAreCounted() {
        assertThat(models.listProviders(
                                ModelProviderFilter.all(), PageRequest.first(1).counting(Counting.EXACT))
                        .count())
                .contains(new Count(2, true));
    }

    @Test
    void aCursorOfAnotherListOfProvidersIsRefused() {
        String cursor = models.listProviders(ModelProviderFilter.all(), PageRequest.first(1))
                .next()
                .orElseThrow();

        refusesTheCursor(() -> models.listProviders(
                ModelProviderFilter.all().withActive(true), PageRequest.first(1).after(cursor)));
    }

    private void create(UUID provider, String name, String id, ModelCapability... capabilities) {
        models.create(NewAiModel.of(provider, name, id).withCapabilities(capabilities));
    }

    private UUID id(UUID provider, String providerModelId) {
        return models.findByProviderModelId(provider, providerModelId)
                .orElseThrow()
                .id();
    }

    private List<String> ids(ModelFilter filter) {
        return Pages.all(2, page -> models.list(filter, ModelOrder.BY_NAME, page)).stream()
                .map(AiModel::providerModelId)
                .toList();
    }

    private List<String> names(ModelProviderFilter filter) {
        return models.listProviders(filter, PageRequest.first()).items().stream()
                .map(ModelProvider::name)
                .toList();
    }

    private static void refusesTheCursor(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(InvalidValueException.class, e -> assertThat(e.field())
                .isEqualTo("cursor"));
    }
}
