package io.promptforge.dao.model;

import static io.promptforge.dao.model.TestCatalogues.catalogue;
import static io.promptforge.dao.model.TestCatalogues.model;
import static io.promptforge.dao.model.TestCatalogues.provider;
import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.PromptForge;
import io.promptforge.dao.RecordedStatements;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.AlreadyExistsException;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.page.Pages;
import io.promptforge.schema.type.ProviderType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Concurrent moves of the default, installations, and edits. */
class ModelConcurrencyTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();
    private static final int THREADS = 16;

    private final TestTenant fixture = DATABASE.newTenant();
    private final ModelRepository models = fixture.tenant().models();
    private final ModelProviderRepository providers = fixture.tenant().modelProviders();
    private final ExecutorService pool = Executors.newFixedThreadPool(THREADS);

    @AfterEach
    void stop() {
        pool.shutdownNow();
    }

    @Test
    void sixteenThreadsThatSetDifferentDefaultsLeaveExactlyOneAndNoError() throws Exception {
        List<UUID> ids = IntStream.range(0, THREADS)
                .mapToObj(n -> fixture.provider().id())
                .toList();

        for (int round = 0; round < 5; round++) {
            List<ModelProvider> set = atOnce(n -> providers.setDefault(ids.get(n)));

            assertThat(set).allMatch(ModelProvider::isDefault);
            assertThat(defaults()).isEqualTo(1);
        }
    }

    @Test
    void aDefaultCreatedConcurrentlyDoesNotFailTheMoveOfTheDefault() throws Exception {
        UUID moving = fixture.provider().id();

        for (int round = 0; round < 10; round++) {
            List<Boolean> done =
                    atOnce(n -> n % 2 == 0 ? providers.setDefault(moving).isDefault() : made());

            assertThat(done).hasSize(THREADS);
            assertThat(defaults()).isEqualTo(1);
            providers.clearDefault();
        }
    }

    /** False if there is a default already. */
    private boolean made() {
        try {
            return providers
                    .create(NewModelProvider.of(TestTenant.newName("new"), ProviderType.CUSTOM)
                            .isDefault(true))
                    .isDefault();
        } catch (AlreadyExistsException e) {
            assertThat(e.field()).isEqualTo("is_default");
            return false;
        }
    }

    @Test
    void sixteenConcurrentInstallationsSucceedAndLeaveOneSetOfRows() throws Exception {
        ModelCatalogue standard = ModelCatalogue.standard();
        int inCatalogue = standard.providers().stream()
                .mapToInt(each -> each.models().size())
                .sum();

        List<CatalogueResult> results = atOnce(n -> models.installCatalogue(standard));

        assertThat(results).extracting(each -> each.models().added().size()).containsOnlyOnce(inCatalogue);
        assertThat(results).extracting(each -> each.models().added().size()).containsOnly(0, inCatalogue);
        assertThat(providers
                        .list(ModelProviderFilter.all(), PageRequest.first())
                        .items())
                .hasSameSizeAs(standard.providers());
        assertThat(Pages.all(500, page -> models.list(ModelFilter.all(), ModelOrder.BY_NAME, page)))
                .hasSize(inCatalogue);
    }

    @Test
    void concurrentEditionsLeaveOneOfThemWhole() throws Exception {
        models.installCatalogue(edition(99));

        for (int round = 0; round < 5; round++) {
            atOnce(n -> models.installCatalogue(edition(n)));

            assertThat(models.list(ModelFilter.all(), ModelOrder.BY_NAME, PageRequest.first())
                            .items())
                    .hasSize(20)
                    .extracting(each ->
                            each.prices().perMillion(UsageUnit.INPUT_TOKENS).orElseThrow())
                    .containsOnly(models.list(ModelFilter.all(), ModelOrder.BY_NAME, PageRequest.first(1))
                            .items()
                            .get(0)
                            .prices()
                            .perMillion(UsageUnit.INPUT_TOKENS)
                            .orElseThrow());
        }
    }

    @Test
    void aConcurrentEditIsNotLost() throws Exception {
        models.installCatalogue(edition(0));
        AiModel model = models.list(ModelFilter.all(), ModelOrder.BY_NAME, PageRequest.first(1))
                .items()
                .get(0);

        for (int round = 1; round <= 10; round++) {
            ModelCatalogue edition = edition(round);
            AiModelChanges edit = AiModelChanges.none().description("edit " + round);
            atOnce(n -> n == 0 ? models.update(model.id(), edit) : models.installCatalogue(edition));

            assertThat(models.find(model.id()).orElseThrow().description()).contains("edit " + round);
        }
    }

    @Test
    void rowsThatAConcurrentTransactionCreatesAreNotTakenOver() throws Exception {
        CountDownLatch made = new CountDownLatch(1);
        CountDownLatch waiting = new CountDownLatch(1);
        Future<UUID> own = pool.submit(() -> fixture.tenant().transaction(tx -> {
            ModelProvider acme = tx.modelProviders().create(NewModelProvider.of("Acme", ProviderType.OPENAI));
            tx.models().create(NewAiModel.of(acme.id(), "Mine", "m-1"));
            made.countDown();
            await(waiting);
            return acme.id();
        }));
        await(made);
        Future<CatalogueResult> result = pool.submit(() -> models.installCatalogue(
                catalogue(provider("acme", "Acme", model("m-1", "M 1", "1"), model("m-2", "M 2", "1")))));
        untilATransactionWaitsForALock();
        waiting.countDown();

        assertThat(result.get().providers().added()).isEmpty();
        assertThat(result.get().providers().kept()).containsExactly(own.get());
        assertThat(models.list(ModelFilter.all().providerId(own.get()), ModelOrder.BY_PROVIDER, PageRequest.first())
                        .items())
                .extracting(AiModel::name)
                .containsExactly("Mine", "M 2");
    }

    @Test
    void anInstallationTakesAConstantNumberOfStatements() {
        RecordedStatements sent = new RecordedStatements(DATABASE.dataSource());
        ModelRepository watched = PromptForge.create(sent.dataSource(), ClassDatabase.settings())
                .tenant(fixture.organization().id())
                .models();

        int few = sent.of(() -> watched.installCatalogue(catalogue(provider("one", "One", model("m", "M", "1")))))
                .size();
        int many = sent.of(() -> watched.installCatalogue(ModelCatalogue.standard()))
                .size();
        watched.installCatalogue(edition(1));
        int updates = sent.of(() -> watched.installCatalogue(edition(2))).size();

        assertThat(few).isPositive();
        assertThat(many).isEqualTo(few);
        assertThat(updates).as("twenty updates").isLessThanOrEqualTo(few);
    }

    private static ModelCatalogue edition(int price) {
        return catalogue(provider(
                "acme",
                "Acme",
                IntStream.range(0, 20)
                        .mapToObj(n -> model("m-" + n, "M " + n, Integer.toString(price)))
                        .toArray(CatalogueModel[]::new)));
    }

    private long defaults() {
        return providers.list(ModelProviderFilter.all(), PageRequest.first(500)).items().stream()
                .filter(ModelProvider::isDefault)
                .count();
    }

    private interface Work<T> {
        T run(int thread) throws Exception;
    }

    /** Runs the work on all threads, which start together; what one of them throws is thrown. */
    private <T> List<T> atOnce(Work<? extends T> work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(THREADS);
        List<Callable<T>> calls = new ArrayList<>();
        for (int n = 0; n < THREADS; n++) {
            int thread = n;
            calls.add(() -> {
                start.await();
                return work.run(thread);
            });
        }
        List<T> results = new ArrayList<>();
        for (Future<T> done : pool.invokeAll(calls)) {
            results.add(done.get());
        }
        return results;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void untilATransactionWaitsForALock() {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(30));
        while (!DATABASE.isAnySessionWaiting()) {
            assertThat(Instant.now()).isBefore(deadline);
        }
    }
}
