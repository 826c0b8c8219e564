package io.promptforge.dao.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.AlreadyExistsException;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.ProviderType;
import java.math.BigDecimal;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ModelRepositoryTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final ModelRepository models = fixture.tenant().models();
    private final ModelProviderRepository providers = fixture.tenant().modelProviders();

    @ParameterizedTest
    @EnumSource(ProviderType.class)
    void aProviderIsReadAsItWasWritten(ProviderType type) {
        ModelProvider created = providers.create(NewModelProvider.of("Ours", type)
                .description("In the cellar")
                .baseUrl("http://models.example.com/v1")
                .configuration(Json.parse("{\"region\":\"eu\"}"))
                .isDefault(true));

        assertThat(created.name()).isEqualTo("Ours");
        assertThat(created.type()).isEqualTo(type);
        assertThat(created.description()).contains("In the cellar");
        assertThat(created.baseUrl()).contains("http://models.example.com/v1");
        assertThat(created.configuration()).isEqualTo(Json.parse("{\"region\":\"eu\"}"));
        assertThat(created.isDefault()).isTrue();
        assertThat(created.active()).isTrue();
        assertThat(providers.find(created.id())).contains(created);
        assertThat(providers.findByName("Ours")).contains(created);
    }

    @Test
    void anUnknownProviderIsNotFound() {
        providers.create(NewModelProvider.of("Ours", ProviderType.CUSTOM));

        assertThat(providers.find(UUID.randomUUID())).isEmpty();
        assertThat(providers.findByName("ours")).isEmpty();
    }

    @Test
    void aTakenNameOfAProviderIsRefused() {
        NewModelProvider ours = NewModelProvider.of("Ours", ProviderType.CUSTOM);
        providers.create(ours);

        assertThatThrownBy(() -> providers.create(ours))
                .isInstanceOfSatisfying(
                        AlreadyExistsException.class, e -> assertThat(e.field()).isEqualTo("name"));
    }

    @Test
    void aSecondDefaultProviderIsRefusedButEveryTenantMayHaveOne() {
        providers.create(NewModelProvider.of("One", ProviderType.OPENAI).isDefault(true));

        assertThatThrownBy(() -> providers.create(
                        NewModelProvider.of("Two", ProviderType.OPENAI).isDefault(true)))
                .isInstanceOfSatisfying(
                        AlreadyExistsException.class, e -> assertThat(e.field()).isEqualTo("is_default"));
        assertThat(DATABASE.newTenant()
                        .tenant()
                        .modelProviders()
                        .create(NewModelProvider.of("One", ProviderType.OPENAI).isDefault(true))
                        .isDefault())
                .isTrue();
    }

    @Test
    void aProviderOfAnUnknownTenantIsRefused() {
        ModelProviderRepository nowhereProviders =
                DATABASE.forge().tenant(UUID.randomUUID()).modelProviders();

        assertThatThrownBy(() -> nowhereProviders.create(NewModelProvider.of("One", ProviderType.OPENAI)))
                .isInstanceOfSatisfying(InvalidReferenceException.class, e -> assertThat(e.field())
                        .isEqualTo("organization_id"));
    }

    @Test
    void aBaseUrlThatIsNotHttpIsRefused() {
        assertThatThrownBy(() -> providers.create(
                        NewModelProvider.of("One", ProviderType.OPENAI).baseUrl("file:///etc/passwd")))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("base_url"));
    }

    @Test
    void aModelIsReadAsItWasWritten() {
        UUID provider = fixture.provider().id();

        AiModel created = models.create(NewAiModel.of(provider, "GPT-4", "gpt-4-0125-preview")
                .description("The big one")
                .capabilities(Set.of(ModelCapability.STREAMING, ModelCapability.VISION))
                .contextLength(128_000)
                .prices(ModelPrices.perMillion("10", "0.030", "0.000000000001"))
                .defaultParameters(Json.parse("{\"top_p\":1}")));

        assertThat(created.providerId()).isEqualTo(provider);
        assertThat(created.name()).isEqualTo("GPT-4");
        assertThat(created.providerModelId()).isEqualTo("gpt-4-0125-preview");
        assertThat(created.description()).contains("The big one");
        assertThat(created.capabilities()).containsExactlyInAnyOrder(ModelCapability.STREAMING, ModelCapability.VISION);
        assertThat(created.contextLength()).hasValue(128_000);
        assertThat(created.prices().perMillion(UsageUnit.INPUT_TOKENS)).contains(new BigDecimal("10"));
        assertThat(created.prices().perMillion(UsageUnit.OUTPUT_TOKENS)).contains(new BigDecimal("0.03"));
        assertThat(created.prices().perMillion(UsageUnit.CACHED_INPUT_TOKENS))
                .contains(new BigDecimal("0.000000000001"));
        assertThat(created.defaultParameters()).isEqualTo(Json.parse("{\"top_p\":1}"));
        assertThat(created.active()).isTrue();
        assertThat(created.deprecated()).isFalse();
        assertThat(models.find(created.id())).contains(created);
        assertThat(models.findByProviderModelId(provider, "gpt-4-0125-preview")).contains(created);
    }

    @ParameterizedTest
    @EnumSource(ModelCapability.class)
    void eachCapabilityIsStoredByItself(ModelCapability capability) {
        UUID provider = fixture.provider().id();

        assertThat(models.create(NewAiModel.of(provider, "M", "m").capabilities(Set.of(capability)))
                        .capabilities())
                .containsExactly(capability);
    }

    @Test
    void unknownValuesOfAModelAreEmpty() {
        AiModel created = models.create(NewAiModel.of(fixture.provider().id(), "M", "m"));

        assertThat(created.contextLength()).isEmpty();
        assertThat(created.prices()).isEqualTo(ModelPrices.unknown());
        assertThat(created.capabilities()).isEmpty();
    }

    @Test
    void anUnknownModelIsNotFound() {
        AiModel model = fixture.model();

        assertThat(models.find(UUID.randomUUID())).isEmpty();
        assertThat(models.findByProviderModelId(model.providerId(), "unknown")).isEmpty();
        assertThat(models.findByProviderModelId(fixture.provider().id(), model.providerModelId()))
                .isEmpty();
    }

    @Test
    void aTakenModelIdIsRefusedButIsFreeAtAnotherProvider() {
        NewAiModel model = NewAiModel.of(fixture.provider().id(), "M", "m");
        models.create(model);

        assertThatThrownBy(() -> models.create(model))
                .isInstanceOfSatisfying(
                        AlreadyExistsException.class, e -> assertThat(e.field()).isEqualTo("provider_model_id"));
        assertThat(models.create(NewAiModel.of(fixture.provider().id(), "M", "m")))
                .isNotNull();
    }

    @Test
    void anUnknownProviderIsRefused() {
        assertThatThrownBy(() -> models.create(NewAiModel.of(UUID.randomUUID(), "M", "m")))
                .isInstanceOfSatisfying(InvalidReferenceException.class, e -> assertThat(e.field())
                        .isEqualTo("provider_id"));
    }

    @Test
    void aNegativePriceOrAnEmptyContextIsRefused() {
        NewAiModel model = NewAiModel.of(fixture.provider().id(), "M", "m");

        assertThatThrownBy(() -> models.create(model.prices(ModelPrices.perMillion("1", "-1"))))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("rates"));
        assertThatThrownBy(() -> models.create(model.contextLength(0)))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("context_length"));
    }

    @Test
    void aPriceOfAMillionForATokenIsRefused() {
        NewAiModel model = NewAiModel.of(fixture.provider().id(), "M", "m");

        assertThatThrownBy(() -> models.create(model.prices(ModelPrices.perMillion("1000000000000", "1"))))
                .isInstanceOf(InvalidValueException.class);
    }
}
