package io.promptforge.dao.secret;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.dao.BeforeStatement;
import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.PromptForge;
import io.promptforge.dao.PromptForgeSettings;
import io.promptforge.dao.SealingProgress;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.AccessDeniedException;
import io.promptforge.dao.error.MissingSecretException;
import io.promptforge.dao.error.PromptForgeException;
import io.promptforge.dao.error.UnreadableSecretException;
import io.promptforge.dao.model.ModelProvider;
import io.promptforge.dao.model.ModelProviderFilter;
import io.promptforge.dao.model.ModelProviderRepository;
import io.promptforge.dao.page.PageRequest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The API keys of providers are stored so that only the host's master keys open them, and only in their own row. */
class SealedApiKeyTest {

    private static final Secret API_KEY = Secret.of("sk-0123456789abcdef");
    private static final String OLD = "2025=" + "A".repeat(43) + "=";
    private static final String NEW = "2026=" + "B".repeat(42) + "A=";
    private static final String OLD_NAME_WITH_ANOTHER_KEY = "2025=" + "C".repeat(42) + "A=";

    /** Of its own, because a rotation seals the secrets of all organizations. */
    private final ClassDatabase database = ClassDatabase.migrated();

    private final TestTenant fixture = database.newTenant();
    private final ModelProvider provider = fixture.provider();

    private PromptForge forge(String masterKeys) {
        return PromptForge.create(
                database.dataSource(), ClassDatabase.settings().masterKeys(MasterKeys.parse(masterKeys)));
    }

    private ModelProviderRepository providers(String masterKeys) {
        return forge(masterKeys).tenant(fixture.organization().id()).modelProviders();
    }

    private String stored(ModelProvider of) {
        return database.query("SELECT encode(encrypted_api_key, 'hex') FROM promptforge.model_providers WHERE id = '"
                        + of.id() + "'")
                .get(0);
    }

    private void store(ModelProvider of, String hex) {
        database.execute("UPDATE promptforge.model_providers SET masked_api_key = '…', encrypted_api_key = decode('"
                + hex + "', 'hex') WHERE id = '" + of.id() + "'");
    }

    @Test
    void listsAndTextsAreMasked() {
        ModelProvider stored = providers(OLD).setApiKey(provider.id(), API_KEY);

        assertThat(providers(OLD)
                        .list(ModelProviderFilter.all(), PageRequest.first())
                        .toString())
                .contains("…cdef")
                .doesNotContain("sk-0123");
        assertThat(stored + " " + API_KEY).doesNotContain("sk-0123");
        assertThat(Secret.of("fifteen letters").toString()).isEqualTo("…");
        assertThat(database.query("SELECT p::text FROM promptforge.model_providers p")
                        .toString())
                .doesNotContain("sk-0123", HexFormat.of().formatHex("sk-0123".getBytes(UTF_8)));
    }

    @Test
    void itOpensInItsOwnRowOnly() {
        ModelProvider other = fixture.provider();
        TestTenant strangers = database.newTenant();
        ModelProvider theirs = strangers.provider();
        providers(OLD).setApiKey(provider.id(), API_KEY);

        store(other, stored(provider));
        store(theirs, stored(provider));

        assertThatThrownBy(() -> providers(OLD).findApiKey(other.id()))
                .isInstanceOf(UnreadableSecretException.class)
                .hasMessageContaining(other.id().toString());
        assertThatThrownBy(() -> forge(OLD)
                        .tenant(strangers.organization().id())
                        .modelProviders()
                        .findApiKey(theirs.id()))
                .isInstanceOf(UnreadableSecretException.class);
    }

    @Test
    void noChangedByteIsAccepted() {
        providers(OLD).setApiKey(provider.id(), API_KEY);
        byte[] valid = HexFormat.of().parseHex(stored(provider));
        ModelProviderRepository reader = providers(OLD);

        for (int i = 0; i < valid.length; i++) {
            byte[] changed = valid.clone();
            changed[i] ^= 1;
            store(provider, HexFormat.of().formatHex(changed));
            assertThatThrownBy(() -> reader.findApiKey(provider.id()))
                    .as("byte " + i)
                    .isInstanceOfAny(UnreadableSecretException.class, MissingSecretException.class);
        }
        for (int length = 1; length < valid.length; length++) {
            store(provider, HexFormat.of().formatHex(valid, 0, length));
            assertThatThrownBy(() -> reader.findApiKey(provider.id())).isInstanceOf(PromptForgeException.class);
        }
    }

    @Test
    void aMissingOrWrongMasterKeyIsAnErrorAndReplacesNothing() {
        providers(OLD).setApiKey(provider.id(), API_KEY);
        String before = stored(provider);
        ModelProviderRepository without = PromptForge.create(
                        database.dataSource(), PromptForgeSettings.defaults().bcryptCost(4))
                .tenant(fixture.organization().id())
                .modelProviders();

        for (ModelProviderRepository lacking : List.of(without, providers(NEW))) {
            assertThatThrownBy(() -> lacking.findApiKey(provider.id())).isInstanceOf(MissingSecretException.class);
            assertThatThrownBy(() -> lacking.setApiKey(provider.id(), Secret.of("another")))
                    .isInstanceOf(MissingSecretException.class);
            assertThatThrownBy(lacking::resealApiKeys).isInstanceOf(MissingSecretException.class);
        }
        ModelProviderRepository wrong = providers(OLD_NAME_WITH_ANOTHER_KEY + "," + NEW);
        assertThatThrownBy(() -> wrong.findApiKey(provider.id())).isInstanceOf(UnreadableSecretException.class);
        assertThatThrownBy(() -> wrong.setApiKey(provider.id(), Secret.of("another")))
                .isInstanceOf(UnreadableSecretException.class);
        assertThatThrownBy(wrong::resealApiKeys).isInstanceOf(UnreadableSecretException.class);

        assertThat(stored(provider)).isEqualTo(before);
        assertThat(providers(OLD).findApiKey(provider.id())).contains(API_KEY);
        without.clearApiKey(provider.id());
        assertThat(providers(NEW).setApiKey(provider.id(), API_KEY).maskedApiKey())
                .isPresent();
    }

    @Test
    void aRotationSealsWithTheNewestKeyAndGoesOnWhereItWasEnded() {
        List<TestTenant> tenants = List.of(fixture, database.newTenant(), database.newTenant());
        for (TestTenant tenant : tenants) {
            forge(OLD)
                    .tenant(tenant.organization().id())
                    .modelProviders()
                    .setApiKey(tenant.provider().id(), API_KEY);
        }
        PromptForge both = forge(OLD + "\n" + NEW);
        List<SealingProgress> reports = new ArrayList<>();

        assertThatThrownBy(() -> both.resealSecrets(done -> {
                    if (done.secretsSealed() == 1) {
                        throw new IllegalStateException("ended");
                    }
                }))
                .hasMessage("ended");
        SealingProgress rest = both.resealSecrets(reports::add);

        assertThat(rest.secretsSealed()).isEqualTo(tenants.size() - 1);
        assertThat(rest.organizationsDone()).isEqualTo(rest.organizations()).isEqualTo(reports.size());
        assertThat(both.resealSecrets(done -> {}).secretsSealed()).isZero();
        for (TestTenant tenant : tenants) {
            ModelProviderRepository rotated =
                    forge(NEW).tenant(tenant.organization().id()).modelProviders();
            assertThat(rotated.list(ModelProviderFilter.all(), PageRequest.first()).items().stream()
                            .flatMap(each -> rotated.findApiKey(each.id()).stream()))
                    .containsExactly(API_KEY);
        }
    }

    @Test
    void aRotationReachesAllOrganizationsWhenTheyAreMoreThanAPage() {
        database.execute(
                "INSERT INTO promptforge.organizations (id, name, slug)"
                        + " SELECT gen_random_uuid(), 'Organization ' || i, 'organization-' || i FROM generate_series(1, 500) i");

        SealingProgress done = forge(NEW).resealSecrets(progress -> {});

        assertThat(done.organizations()).isEqualTo(501);
        assertThat(done.organizationsDone()).isEqualTo(501);
    }

    @Test
    void keysAreReadAndSetDuringARotation() {
        providers(OLD).setApiKey(provider.id(), API_KEY);
        PromptForge both = forge(OLD + "," + NEW);
        PromptForge reversed = forge(NEW + "," + OLD);
        AtomicBoolean ended = new AtomicBoolean();
        CompletableFuture<Integer> reader = CompletableFuture.supplyAsync(() -> {
            int reads = 0;
            while (!ended.get() || reads == 0) {
                assertThat(both.tenant(fixture.organization().id())
                                .modelProviders()
                                .findApiKey(provider.id()))
                        .contains(API_KEY);
                reads++;
            }
            return reads;
        });

        for (int i = 0; i < 20; i++) {
            both.resealSecrets(done -> {});
            both.tenant(fixture.organization().id()).modelProviders().setApiKey(provider.id(), API_KEY);
            reversed.resealSecrets(done -> {});
        }
        ended.set(true);

        assertThat(reader.join()).isPositive();
    }

    @Test
    void aSecretIsLockedWhileItIsSealedAnew() {
        providers(OLD).setApiKey(provider.id(), API_KEY);
        List<String> unlocked = new ArrayList<>();
        BeforeStatement update = new BeforeStatement(
                database.dataSource(),
                "update \"promptforge\".\"model_providers\"",
                () -> unlocked.addAll(
                        database.query("SELECT id FROM promptforge.model_providers WHERE organization_id = '"
                                + fixture.organization().id() + "' AND id = '" + provider.id()
                                + "' FOR NO KEY UPDATE SKIP LOCKED")));

        int sealed = PromptForge.create(
                        update.dataSource(), ClassDatabase.settings().masterKeys(MasterKeys.parse(OLD + "," + NEW)))
                .tenant(fixture.organization().id())
                .modelProviders()
                .resealApiKeys();

        assertThat(sealed).isEqualTo(1);
        assertThat(update.wasSent()).isTrue();
        assertThat(unlocked).isEmpty();
    }

    @Test
    void aConfinedServiceSealsTheSecretsOfATenant() {
        providers(OLD).setApiKey(provider.id(), API_KEY);
        PromptForge confined = PromptForge.create(
                database.serviceDataSource(), ClassDatabase.settings().masterKeys(MasterKeys.parse(OLD + "," + NEW)));

        assertThatThrownBy(() -> confined.resealSecrets(done -> {})).isInstanceOf(AccessDeniedException.class);
        assertThat(confined.tenant(fixture.organization().id()).modelProviders().resealApiKeys())
                .isEqualTo(1);
        assertThat(providers(NEW).findApiKey(provider.id())).contains(API_KEY);
    }
}
