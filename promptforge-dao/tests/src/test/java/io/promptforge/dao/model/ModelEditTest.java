package io.promptforge.dao.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.ConflictException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.json.Json;
import java.util.EnumSet;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ModelEditTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final ModelRepository models = fixture.tenant().models();
    private final AiModel model = models.create(NewAiModel.of(fixture.provider().id(), "GPT-4", "gpt-4")
            .description("The big one")
            .capabilities(Set.of(ModelCapability.STREAMING))
            .contextLength(8_192)
            .prices(ModelPrices.perMillion("30", "60", "15"))
            .defaultParameters(Json.parse("{\"top_p\":1}")));

    @Test
    void anEditChangesTheFieldsItSets() {
        AiModel edited = models.update(
                model.id(),
                AiModelChanges.none()
                        .name("GPT-4 Turbo")
                        .description("The fast one")
                        .capabilities(Set.of(ModelCapability.VISION, ModelCapability.FUNCTION_CALLING))
                        .contextLength(128_000)
                        .defaultParameters(Json.parse("{\"top_p\":0.5}"))
                        .active(false)
                        .deprecated(true));

        assertThat(edited.name()).isEqualTo("GPT-4 Turbo");
        assertThat(edited.description()).contains("The fast one");
        assertThat(edited.capabilities())
                .containsExactlyInAnyOrder(ModelCapability.VISION, ModelCapability.FUNCTION_CALLING);
        assertThat(edited.contextLength()).hasValue(128_000);
        assertThat(edited.defaultParameters()).isEqualTo(Json.parse("{\"top_p\":0.5}"));
        assertThat(edited.active()).isFalse();
        assertThat(edited.deprecated()).isTrue();
        assertThat(edited.updatedAt()).isAfter(model.updatedAt());
        assertThat(models.find(model.id())).contains(edited);
    }

    @Test
    void anEditKeepsOtherFieldsAndNullClearsAField() {
        AiModel edited = models.update(
                model.id(), AiModelChanges.none().description(null).contextLength(null));

        assertThat(edited.description()).isEmpty();
        assertThat(edited.contextLength()).isEmpty();
        assertThat(edited)
                .usingRecursiveComparison()
                .ignoringFields("description", "contextLength", "updatedAt")
                .isEqualTo(model);
    }

    @Test
    void anEmptyEditChangesNothing() {
        assertThat(models.update(model.id(), AiModelChanges.none())).isEqualTo(model);
    }

    @Test
    void anEditOfARowChangedSinceItWasReadIsAConflict() {
        AiModelChanges edit = AiModelChanges.none().name("Mine").ifUnchangedSince(model.updatedAt());
        models.update(model.id(), edit);

        assertThatThrownBy(() -> models.update(model.id(), edit)).isInstanceOf(ConflictException.class);
    }

    @Test
    void aModelIsDeprecatedAndStaysActive() {
        AiModel deprecated = models.update(model.id(), AiModelChanges.none().deprecated(true));

        assertThat(deprecated.deprecated()).isTrue();
        assertThat(deprecated.active()).isTrue();
        assertThat(models.update(model.id(), AiModelChanges.none().deprecated(false))
                        .deprecated())
                .isFalse();
    }

    @Test
    void aModelIsDeactivatedAndActivated() {
        assertThat(models.update(model.id(), AiModelChanges.none().active(false))
                        .active())
                .isFalse();
        assertThat(models.update(model.id(), AiModelChanges.none().active(true)).active())
                .isTrue();
    }

    @Test
    void aRefusedValueNamesItsField() {
        blames("name", () -> edit(AiModelChanges.none().name("\t")));
        blames("name", () -> edit(AiModelChanges.none().name("n".repeat(201))));
        blames("description", () -> edit(AiModelChanges.none().description("d".repeat(4001))));
        blames("context_length", () -> edit(AiModelChanges.none().contextLength(0)));
        blames("default_parameters", () -> edit(AiModelChanges.none().defaultParameters(Json.parse("1"))));
        assertThat(models.find(model.id())).contains(model);
    }

    @Test
    void anEditReplacesTheCapabilities() {
        AiModel created =
                models.create(NewAiModel.of(model.providerId(), "M", "m").capabilities(Set.of(ModelCapability.VISION)));

        assertThat(created.capabilities()).containsExactly(ModelCapability.VISION);
        assertThat(models.update(created.id(), AiModelChanges.none().capabilities(EnumSet.allOf(ModelCapability.class)))
                        .capabilities())
                .hasSize(3);
    }

    @Test
    void aModelOfAnotherTenantIsNotFound() {
        ModelRepository theirs = DATABASE.newTenant().tenant().models();

        isNotFound(() -> theirs.update(model.id(), AiModelChanges.none().name("Stolen")));
        isNotFound(() -> theirs.update(model.id(), AiModelChanges.none()));
        isNotFound(() -> theirs.update(model.id(), AiModelChanges.none().deprecated(true)));
        isNotFound(() -> theirs.update(model.id(), AiModelChanges.none().active(false)));
        isNotFound(() -> theirs.update(model.id(), AiModelChanges.none().active(true)));
        isNotFound(() -> models.update(UUID.randomUUID(), AiModelChanges.none().name("Unknown")));
        assertThat(models.find(model.id())).contains(model);
    }

    @Test
    void aFailureLeavesTheCallersTransactionUsable() {
        fixture.tenant().transaction(tx -> {
            blames("context_length", () -> tx.models()
                    .update(model.id(), AiModelChanges.none().contextLength(-1)));
            blames("context_length", () -> tx.models()
                    .create(NewAiModel.of(model.providerId(), "M", "m").contextLength(-1)));
            return tx.models().update(model.id(), AiModelChanges.none().deprecated(true));
        });

        assertThat(models.find(model.id()).orElseThrow().deprecated()).isTrue();
    }

    @Test
    void theTextOfAnEditHasNoValues() {
        assertThat(AiModelChanges.none().name("Secret plan")).hasToString("AiModelChanges[name]");
    }

    private void edit(AiModelChanges changes) {
        models.update(model.id(), changes);
    }

    private static void isNotFound(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(NotFoundException.class);
    }

    private static void blames(String field, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(InvalidValueException.class, e -> assertThat(e.field())
                .isEqualTo(field));
    }
}
