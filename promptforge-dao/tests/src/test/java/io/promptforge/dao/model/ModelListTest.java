package io.promptforge.dao.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.page.Count;
import io.promptforge.dao.page.Counting;
import io.promptforge.dao.page.Page;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.page.Pages;
import io.promptforge.dao.secret.Secret;
import io.promptforge.schema.type.ProviderType;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModelListTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final ModelRepository models = fixture.tenant().models();
    private final ModelProviderRepository providers = fixture.tenant().modelProviders();
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
        models.update(id(one, "y"), AiModelChanges.none().active(false));
        models.update(id(two, "z"), AiModelChanges.none().deprecated(true));

        assertThat(ids(ModelFilter.all().providerId(two))).containsExactly("a-100%", "z");
        assertThat(ids(ModelFilter.all().active(false))).containsExactly("y");
        assertThat(ids(ModelFilter.all().active(true))).containsExactly("a-100%", "c", "z", "b");
        assertThat(ids(ModelFilter.all().deprecated(true))).containsExactly("z");
        assertThat(ids(ModelFilter.all().deprecated(false))).containsExactly("a-100%", "c", "y", "b");
        assertThat(ids(ModelFilter.all().capabilities(ModelCapability.VISION))).containsExactly("a-100%", "b");
        assertThat(ids(ModelFilter.all().capabilities(ModelCapability.VISION, ModelCapability.STREAMING)))
                .containsExactly("a-100%");
        assertThat(ids(ModelFilter.all().capabilities(ModelCapability.FUNCTION_CALLING)))
                .isEmpty();
        assertThat(ids(ModelFilter.all().text("SAM"))).containsExactly("z", "y", "b");
        assertThat(ids(ModelFilter.all().text("00%"))).containsExactly("a-100%");
        assertThat(ids(ModelFilter.all().text("%"))).containsExactly("a-100%");
        assertThat(ids(ModelFilter.all()
                        .providerId(one)
                        .active(true)
                        .deprecated(false)
                        .capabilities(ModelCapability.VISION)
                        .text("same")))
                .containsExactly("b");
        assertThat(ids(ModelFilter.all().providerId(UUID.randomUUID()))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(ModelOrder.class)
    void modelsAreCounted(ModelOrder order) {
        Page<AiModel> page = models.list(
                ModelFilter.all().providerId(one), order, PageRequest.first(1).counting(Counting.EXACT));

        assertThat(page.count()).contains(Count.exact(3));
    }

    @Test
    void aProviderOfAnotherTenantHasNoModelsHere() {
        assertThat(DATABASE.newTenant()
                        .tenant()
                        .models()
                        .list(ModelFilter.all().providerId(one), ModelOrder.BY_NAME, PageRequest.first())
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
                ModelFilter.all().providerId(one),
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
    void theOrderOfConditionsDoesNotMatter() {
        ModelFilter filter = ModelFilter.all().capabilities(ModelCapability.VISION, ModelCapability.STREAMING);

        assertThat(filter)
                .isEqualTo(ModelFilter.all()
                        .capabilities(ModelCapability.STREAMING, ModelCapability.VISION, ModelCapability.STREAMING));
        assertThat(filter.toString()).contains("capabilities=[STREAMING, VISION]");
    }

    @Test
    void providersAreListedByName() {
        for (String name : List.of("zulu", "beta", "alpha", "gamma")) {
            providers.create(NewModelProvider.of(name, ProviderType.CUSTOM));
        }
        ModelProviderFilter filter = ModelProviderFilter.all().type(ProviderType.CUSTOM);

        assertThat(Pages.all(1, page -> providers.list(filter, page)))
                .extracting(ModelProvider::name)
                .containsExactly("alpha", "beta", "gamma", "zulu");
    }

    @Test
    void providersAreFiltered() {
        UUID zulu = providers
                .create(NewModelProvider.of("Zulu", ProviderType.CUSTOM).description("In the cellar"))
                .id();
        providers.create(NewModelProvider.of("Alpha", ProviderType.GOOGLE));
        providers.update(zulu, ModelProviderChanges.none().active(false));
        providers.setApiKey(zulu, Secret.of("sk-zulu"));

        assertThat(names(ModelProviderFilter.all().type(ProviderType.GOOGLE))).containsExactly("Alpha");
        assertThat(names(ModelProviderFilter.all().active(false))).containsExactly("Zulu");
        assertThat(names(ModelProviderFilter.all().active(true))).hasSize(3).doesNotContain("Zulu");
        assertThat(names(ModelProviderFilter.all().text("ULU"))).containsExactly("Zulu");
        assertThat(names(ModelProviderFilter.all().text("cellar"))).containsExactly("Zulu");
        assertThat(names(ModelProviderFilter.all().text("_"))).isEmpty();
        assertThat(providers
                        .list(ModelProviderFilter.all().text("zulu"), PageRequest.first())
                        .items())
                .containsExactly(providers.find(zulu).orElseThrow());
    }

    @Test
    void providersAreCounted() {
        assertThat(providers
                        .list(ModelProviderFilter.all(), PageRequest.first(1).counting(Counting.EXACT))
                        .count())
                .contains(Count.exact(2));
    }

    @Test
    void aCursorOfAnotherListOfProvidersIsRefused() {
        String cursor = providers
                .list(ModelProviderFilter.all(), PageRequest.first(1))
                .next()
                .orElseThrow();

        refusesTheCursor(() -> providers.list(
                ModelProviderFilter.all().active(true), PageRequest.first(1).after(cursor)));
    }

    private void create(UUID provider, String name, String id, ModelCapability... capabilities) {
        models.create(NewAiModel.of(provider, name, id).capabilities(Set.of(capabilities)));
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
        return providers.list(filter, PageRequest.first()).items().stream()
                .map(ModelProvider::name)
                .toList();
    }

    private static void refusesTheCursor(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(InvalidValueException.class, e -> assertThat(e.field())
                .isEqualTo("cursor"));
    }
}
