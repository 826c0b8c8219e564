package io.promptforge.dao.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.AlreadyExistsException;
import io.promptforge.dao.error.ConflictException;
import io.promptforge.dao.error.FieldException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.json.Json;
import io.promptforge.dao.secret.Secret;
import io.promptforge.schema.type.ProviderType;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Edits of providers, the default one, and API keys. */
class ModelProviderTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();
    private static final Secret API_KEY = Secret.of("sk-0123456789abcdef");

    private final TestTenant fixture = DATABASE.newTenant();
    private final ModelProviderRepository providers = fixture.tenant().modelProviders();
    private final ModelProvider provider = providers.create(NewModelProvider.of("Ours", ProviderType.CUSTOM)
            .description("In the cellar")
            .baseUrl("http://cellar.example.com")
            .configuration(Json.parse("{\"rack\":1}")));

    @Test
    void anEditChangesTheFieldsItSets() {
        ModelProvider edited = providers.update(
                provider.id(),
                ModelProviderChanges.none()
                        .name("Theirs")
                        .type(ProviderType.OPENAI)
                        .description("In the cloud")
                        .baseUrl("https://cloud.example.com")
                        .configuration(Json.parse("{\"region\":\"eu\"}"))
                        .active(false));

        assertThat(edited.name()).isEqualTo("Theirs");
        assertThat(edited.type()).isEqualTo(ProviderType.OPENAI);
        assertThat(edited.description()).contains("In the cloud");
        assertThat(edited.baseUrl()).contains("https://cloud.example.com");
        assertThat(edited.configuration()).isEqualTo(Json.parse("{\"region\":\"eu\"}"));
        assertThat(edited.active()).isFalse();
        assertThat(edited.createdAt()).isEqualTo(provider.createdAt());
        assertThat(edited.updatedAt()).isAfter(provider.updatedAt());
        assertThat(providers.find(provider.id())).contains(edited);
    }

    @Test
    void anEditKeepsOtherFields() {
        ModelProvider edited =
                providers.update(provider.id(), ModelProviderChanges.none().description(null));

        assertThat(edited.description()).isEmpty();
        assertThat(edited)
                .usingRecursiveComparison()
                .ignoringFields("description", "updatedAt")
                .isEqualTo(provider);
        assertThat(providers
                        .update(provider.id(), ModelProviderChanges.none().baseUrl(null))
                        .baseUrl())
                .isEmpty();
    }

    @Test
    void anEditOfARowChangedSinceItWasReadIsAConflict() {
        ModelProviderChanges edit = ModelProviderChanges.none().name("Mine").ifUnchangedSince(provider.updatedAt());
        providers.update(provider.id(), edit);

        assertThatThrownBy(() -> providers.update(provider.id(), edit)).isInstanceOf(ConflictException.class);
    }

    @Test
    void aTakenNameIsRefused() {
        String taken = fixture.provider().name();

        assertThatThrownBy(() -> providers.update(
                        provider.id(), ModelProviderChanges.none().name(taken)))
                .isInstanceOfSatisfying(
                        AlreadyExistsException.class, e -> assertThat(e.field()).isEqualTo("name"));
    }

    @Test
    void aRefusedValueNamesItsField() {
        blames("name", () -> edit(ModelProviderChanges.none().name(" ")));
        blames("name", () -> edit(ModelProviderChanges.none().name("n".repeat(201))));
        blames("description", () -> edit(ModelProviderChanges.none().description("d".repeat(4001))));
        blames("description", () -> edit(ModelProviderChanges.none().description("\0")));
        blames("base_url", () -> edit(ModelProviderChanges.none().baseUrl("ftp://example.com")));
        blames("configuration", () -> edit(ModelProviderChanges.none().configuration(Json.emptyArray())));
        assertThat(providers.find(provider.id())).contains(provider);
    }

    @Test
    void aProviderIsDeactivatedAndActivated() {
        assertThat(providers
                        .update(provider.id(), ModelProviderChanges.none().active(false))
                        .active())
                .isFalse();
        assertThat(providers
                        .update(provider.id(), ModelProviderChanges.none().active(true))
                        .active())
                .isTrue();
    }

    @Test
    void theDefaultMoves() {
        UUID other = fixture.provider().id();
        assertThat(providers.findDefault()).isEmpty();

        providers.setDefault(provider.id());
        ModelProvider now = providers.setDefault(other);

        assertThat(now.isDefault()).isTrue();
        assertThat(providers.findDefault()).contains(now);
        assertThat(providers.find(provider.id()).orElseThrow().isDefault()).isFalse();
        assertThat(providers.setDefault(other).isDefault()).isTrue();
    }

    @Test
    void theDefaultIsCleared() {
        providers.setDefault(provider.id());

        providers.clearDefault();
        providers.clearDefault();

        assertThat(providers.findDefault()).isEmpty();
    }

    @Test
    void aDeactivatedProviderIsNoLongerTheDefault() {
        providers.setDefault(provider.id());

        assertThat(providers
                        .update(provider.id(), ModelProviderChanges.none().active(false))
                        .isDefault())
                .isFalse();
        assertThat(providers
                        .update(provider.id(), ModelProviderChanges.none().active(true))
                        .isDefault())
                .isFalse();
        assertThat(providers.findDefault()).isEmpty();
    }

    @Test
    void anInactiveOrUnknownProviderDoesNotBecomeTheDefault() {
        providers.setDefault(provider.id());
        UUID inactive = providers
                .update(fixture.provider().id(), ModelProviderChanges.none().active(false))
                .id();

        blames("is_default", () -> providers.setDefault(inactive));
        assertThatThrownBy(() -> providers.setDefault(UUID.randomUUID())).isInstanceOf(NotFoundException.class);
        assertThat(providers.findDefault()).map(ModelProvider::id).contains(provider.id());
    }

    @Test
    void anApiKeyIsReturnedUnchangedAndOnlyByItsOwnMethod() {
        assertThat(provider.maskedApiKey()).isEmpty();
        assertThat(providers.setApiKey(provider.id(), API_KEY).maskedApiKey()).contains("…cdef");

        assertThat(providers.findApiKey(provider.id())).contains(API_KEY);
        assertThat(providers.find(provider.id()).orElseThrow().maskedApiKey()).contains("…cdef");
        assertThat(providers
                        .update(provider.id(), ModelProviderChanges.none().active(false))
                        .maskedApiKey())
                .contains("…cdef");

        providers.clearApiKey(provider.id());
        assertThat(providers.clearApiKey(provider.id()).maskedApiKey()).isEmpty();

        assertThat(providers.findApiKey(provider.id())).isEmpty();
        assertThat(providers.find(provider.id()).orElseThrow().maskedApiKey()).isEmpty();
    }

    @Test
    void anApiKeyIsReplaced() {
        Secret longest = Secret.of("x".repeat(4_088) + "\uD83D\uDE00\uD83D\uDE00");
        providers.setApiKey(provider.id(), API_KEY);
        providers.setApiKey(provider.id(), longest);

        assertThat(providers.findApiKey(provider.id())).contains(longest);
    }

    @Test
    void anApiKeyOfTheWrongSizeOrOfAnUnknownProviderIsRefused() {
        blames("secret", () -> Secret.of(" "));
        blames("api_key", () -> providers.setApiKey(provider.id(), Secret.of("x".repeat(4_097))));
        for (String bad : List.of("sk-\0", "sk-\uD800")) {
            blames("api_key", () -> providers.setApiKey(provider.id(), Secret.of(bad)));
        }
        assertThatThrownBy(() -> providers.setApiKey(UUID.randomUUID(), API_KEY))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> providers.clearApiKey(UUID.randomUUID())).isInstanceOf(NotFoundException.class);
    }

    @Test
    void aProviderOfAnotherTenantIsNotFound() {
        ModelProviderRepository theirProviders = DATABASE.newTenant().tenant().modelProviders();
        providers.setApiKey(provider.id(), API_KEY);
        providers.setDefault(provider.id());
        ModelProvider before = providers.find(provider.id()).orElseThrow();

        isNotFound(() ->
                theirProviders.update(provider.id(), ModelProviderChanges.none().name("Stolen")));
        isNotFound(() -> theirProviders.update(provider.id(), ModelProviderChanges.none()));
        isNotFound(() ->
                theirProviders.update(provider.id(), ModelProviderChanges.none().active(false)));
        isNotFound(() ->
                theirProviders.update(provider.id(), ModelProviderChanges.none().active(true)));
        isNotFound(() -> theirProviders.setDefault(provider.id()));
        isNotFound(() -> theirProviders.setApiKey(provider.id(), API_KEY));
        isNotFound(() -> theirProviders.clearApiKey(provider.id()));
        theirProviders.clearDefault();

        assertThat(theirProviders.findApiKey(provider.id())).isEmpty();
        assertThat(theirProviders.findDefault()).isEmpty();
        assertThat(providers.find(provider.id())).contains(before);
        assertThat(providers.findApiKey(provider.id())).contains(API_KEY);
    }

    @Test
    void aFailureLeavesTheCallersTransactionUsable() {
        String taken = fixture.provider().name();

        fixture.tenant().transaction(tx -> {
            blames("name", () -> tx.modelProviders()
                    .update(provider.id(), ModelProviderChanges.none().name(taken)));
            blames("name", () -> tx.modelProviders().create(NewModelProvider.of(taken, ProviderType.OPENAI)));
            isNotFound(() -> tx.modelProviders().setDefault(UUID.randomUUID()));
            blames("api_key", () -> tx.modelProviders().setApiKey(provider.id(), Secret.of("x".repeat(4_097))));
            return tx.modelProviders()
                    .update(provider.id(), ModelProviderChanges.none().name("After all"));
        });

        assertThat(providers.findByName("After all")).isPresent();
    }

    @Test
    void theTextOfAnEditHasNoValues() {
        assertThat(ModelProviderChanges.none().baseUrl("https://user:secret@example.com"))
                .hasToString("ModelProviderChanges[base_url]");
    }

    private void edit(ModelProviderChanges changes) {
        providers.update(provider.id(), changes);
    }

    private static void isNotFound(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(NotFoundException.class);
    }

    private static void blames(String field, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfAny(InvalidValueException.class, AlreadyExistsException.class)
                .isInstanceOfSatisfying(
                        FieldException.class, e -> assertThat(e.field()).isEqualTo(field));
    }
}
