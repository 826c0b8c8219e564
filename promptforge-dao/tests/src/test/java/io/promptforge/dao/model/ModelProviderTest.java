package io.promptforge.dao.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.TestDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.AlreadyExistsException;
import io.promptforge.dao.error.ConflictException;
import io.promptforge.dao.error.FieldException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.json.Json;
import io.promptforge.schema.type.ProviderType;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Edits of providers, the default one, and API keys. */
class ModelProviderTest {

    private static final TestDatabase DATABASE = TestDatabase.migrated();

    private final TestTenant fixture = DATABASE.newTenant();
    private final ModelRepository models = fixture.tenant().models();
    private final ModelProvider provider = models.createProvider(NewModelProvider.named("Ours", ProviderType.CUSTOM)
            .withDescription("In the cellar")
            .withBaseUrl("http://cellar.example.com")
            .withConfiguration(Json.parse("{\"rack\":1}")));

    @Test
    void anEditChangesWhatItNames() {
        ModelProvider edited = models.updateProvider(
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
        assertThat(models.findProvider(provider.id())).contains(edited);
    }

    @Test
    void anEditLeavesWhatItDoesNotName() {
        ModelProvider edited =
                models.updateProvider(provider.id(), ModelProviderChanges.none().description(null));

        assertThat(edited.description()).isEmpty();
        assertThat(edited)
                .usingRecursiveComparison()
                .ignoringFields("description", "updatedAt")
                .isEqualTo(provider);
        assertThat(models.updateProvider(
                                provider.id(), ModelProviderChanges.none().baseUrl(null))
                        .baseUrl())
                .isEmpty();
    }

    @Test
    void anEditOfWhatSomebodyElseChangedIsAConflict() {
        ModelProviderChanges edit = ModelProviderChanges.none().name("Mine").ifUnchangedSince(provider.updatedAt());
        models.updateProvider(provider.id(), edit);

        assertThatThrownBy(() -> models.updateProvider(provider.id(), edit)).isInstanceOf(ConflictException.class);
    }

    @Test
    void aTakenNameIsBlamed() {
        String taken = fixture.provider().name();

        assertThatThrownBy(() -> models.updateProvider(
                        provider.id(), ModelProviderChanges.none().name(taken)))
                .isInstanceOfSatisfying(
                        AlreadyExistsException.class, e -> assertThat(e.field()).isEqualTo("name"));
    }

    @Test
    void valuesThatAreNotAcceptedAreBlamed() {
        blames("name", () -> edit(ModelProviderChanges.none().name(" ")));
        blames("name", () -> edit(ModelProviderChanges.none().name("n".repeat(201))));
        blames("description", () -> edit(ModelProviderChanges.none().description("d".repeat(4001))));
        blames("description", () -> edit(ModelProviderChanges.none().description("\0")));
        blames("base_url", () -> edit(ModelProviderChanges.none().baseUrl("ftp://example.com")));
        blames("configuration", () -> edit(ModelProviderChanges.none().configuration(Json.emptyArray())));
        blames(
                "configuration",
                () -> models.createProvider(NewModelProvider.named("Bad", ProviderType.CUSTOM)
                        .withConfiguration(Json.parse("{\"a\":\"\\u0000\"}"))));
        assertThat(models.findProvider(provider.id())).contains(provider);
    }

    @Test
    void aProviderIsDeactivatedAndActivated() {
        assertThat(models.deactivateProvider(provider.id()).active()).isFalse();
        assertThat(models.activateProvider(provider.id()).active()).isTrue();
    }

    @Test
    void theDefaultMoves() {
        UUID other = fixture.provider().id();
        assertThat(models.findDefaultProvider()).isEmpty();

        models.setDefaultProvider(provider.id());
        ModelProvider now = models.setDefaultProvider(other);

        assertThat(now.isDefault()).isTrue();
        assertThat(models.findDefaultProvider()).contains(now);
        assertThat(models.findProvider(provider.id()).orElseThrow().isDefault()).isFalse();
        assertThat(models.setDefaultProvider(other).isDefault()).isTrue();
    }

    @Test
    void theDefaultIsCleared() {
        models.setDefaultProvider(provider.id());

        models.clearDefaultProvider();
        models.clearDefaultProvider();

        assertThat(models.findDefaultProvider()).isEmpty();
    }

    @Test
    void aDeactivatedProviderIsNoLongerTheDefault() {
        models.setDefaultProvider(provider.id());

        assertThat(models.deactivateProvider(provider.id()).isDefault()).isFalse();
        assertThat(models.activateProvider(provider.id()).isDefault()).isFalse();
        assertThat(models.findDefaultProvider()).isEmpty();
    }

    @Test
    void aDefaultThatIsNotActiveOrNotThereLeavesTheOldOne() {
        models.setDefaultProvider(provider.id());
        UUID inactive = models.deactivateProvider(fixture.provider().id()).id();

        blames("is_default", () -> models.setDefaultProvider(inactive));
        assertThatThrownBy(() -> models.setDefaultProvider(UUID.randomUUID())).isInstanceOf(NotFoundException.class);
        assertThat(models.findDefaultProvider()).map(ModelProvider::id).contains(provider.id());
    }

    @Test
    void anApiKeyComesBackAsItWasGivenAndIsSeenNowhereElse() {
        byte[] ciphertext = {0, 1, -1, 'k', 'e', 'y'};

        assertThat(provider.hasApiKey()).isFalse();
        models.setEncryptedApiKey(provider.id(), ciphertext);

        assertThat(models.findEncryptedApiKey(provider.id())).contains(ciphertext);
        assertThat(models.findProvider(provider.id()).orElseThrow().hasApiKey()).isTrue();
        assertThat(models.deactivateProvider(provider.id()).hasApiKey()).isTrue();

        models.clearEncryptedApiKey(provider.id());
        models.clearEncryptedApiKey(provider.id());

        assertThat(models.findEncryptedApiKey(provider.id())).isEmpty();
        assertThat(models.findProvider(provider.id()).orElseThrow().hasApiKey()).isFalse();
    }

    @Test
    void anApiKeyIsReplaced() {
        models.setEncryptedApiKey(provider.id(), new byte[] {1});
        models.setEncryptedApiKey(provider.id(), new byte[8192]);

        assertThat(models.findEncryptedApiKey(provider.id())).contains(new byte[8192]);
    }

    @Test
    void anApiKeyOfTheWrongSizeOrOfNobodyIsRefused() {
        blames("encrypted_api_key", () -> models.setEncryptedApiKey(provider.id(), new byte[0]));
        blames("encrypted_api_key", () -> models.setEncryptedApiKey(provider.id(), new byte[8193]));
        assertThatThrownBy(() -> models.setEncryptedApiKey(UUID.randomUUID(), new byte[1]))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> models.clearEncryptedApiKey(UUID.randomUUID())).isInstanceOf(NotFoundException.class);
    }

    @Test
    void aProviderOfAnotherTenantIsNotThere() {
        ModelRepository theirs = DATABASE.newTenant().tenant().models();
        models.setEncryptedApiKey(provider.id(), new byte[] {1});
        models.setDefaultProvider(provider.id());
        ModelProvider before = models.findProvider(provider.id()).orElseThrow();

        isNotFound(() ->
                theirs.updateProvider(provider.id(), ModelProviderChanges.none().name("Stolen")));
        isNotFound(() -> theirs.updateProvider(provider.id(), ModelProviderChanges.none()));
        isNotFound(() -> theirs.deactivateProvider(provider.id()));
        isNotFound(() -> theirs.activateProvider(provider.id()));
        isNotFound(() -> theirs.setDefaultProvider(provider.id()));
        isNotFound(() -> theirs.setEncryptedApiKey(provider.id(), new byte[] {2}));
        isNotFound(() -> theirs.clearEncryptedApiKey(provider.id()));
        theirs.clearDefaultProvider();

        assertThat(theirs.findEncryptedApiKey(provider.id())).isEmpty();
        assertThat(theirs.findDefaultProvider()).isEmpty();
        assertThat(models.findProvider(provider.id())).contains(before);
        assertThat(models.findEncryptedApiKey(provider.id())).contains(new byte[] {1});
    }

    @Test
    void aFailureLeavesTheCallersTransactionUsable() {
        String taken = fixture.provider().name();

        fixture.tenant().transaction(tx -> {
            blames("name", () -> tx.models()
                    .updateProvider(provider.id(), ModelProviderChanges.none().name(taken)));
            blames("name", () -> tx.models().createProvider(NewModelProvider.named(taken, ProviderType.OPENAI)));
            isNotFound(() -> tx.models().setDefaultProvider(UUID.randomUUID()));
            blames("encrypted_api_key", () -> tx.models().setEncryptedApiKey(provider.id(), new byte[0]));
            return tx.models()
                    .updateProvider(provider.id(), ModelProviderChanges.none().name("After all"));
        });

        assertThat(models.findProviderByName("After all")).isPresent();
    }

    @Test
    void anEditDoesNotShowItsValues() {
        assertThat(ModelProviderChanges.none().baseUrl("https://user:secret@example.com"))
                .hasToString("Changes of [base_url]");
    }

    private void edit(ModelProviderChanges changes) {
        models.updateProvider(provider.id(), changes);
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
