package io.promptforge.dao.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.promptforge.dao.AtOnce;
import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.AlreadyExistsException;
import io.promptforge.dao.error.ConflictException;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.error.NotFoundException;
import io.promptforge.dao.page.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The history of a model's prices. */
class PriceListTest {
    private static final ClassDatabase DATABASE = ClassDatabase.migrated();
    private static final Instant JANUARY = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant JUNE = Instant.parse("2026-06-01T00:00:00Z");
    private static final ModelPrices OLD = ModelPrices.perMillion("10", "30");
    private static final ModelPrices NEW = ModelPrices.perMillion("8", "24");

    private final TestTenant fixture = DATABASE.newTenant();
    private final ModelRepository models = fixture.tenant().models();
    private final AiModel model =
            models.create(NewAiModel.of(fixture.provider().id(), "GPT", "gpt").prices(OLD));

    @Test
    void theFirstPricesHoldForAllTime() {
        assertThat(history()).singleElement().satisfies(list -> {
            assertThat(list.validFrom()).isEqualTo(NewPriceList.ALWAYS);
            assertThat(list.prices()).isEqualTo(OLD);
            assertThat(list.ofCatalogue()).isFalse();
            assertThat(list.replacedAt()).isEmpty();
        });
    }

    @Test
    void aModelWithoutPricesHasNoList() {
        AiModel unpriced = models.create(NewAiModel.of(fixture.provider().id(), "Free", "free"));

        assertThat(unpriced.prices().isUnknown()).isTrue();
        assertThat(models.prices(unpriced.id(), PageRequest.first()).items()).isEmpty();
    }

    @Test
    void aModelShowsThePricesThatHoldNow() {
        models.setPrices(model.id(), NewPriceList.of(JANUARY, NEW));
        models.setPrices(model.id(), NewPriceList.of(Instant.now().plus(Duration.ofDays(1)), ModelPrices.unknown()));

        assertThat(models.find(model.id()).orElseThrow().prices()).isEqualTo(NEW);
        assertThat(models.list(ModelFilter.all(), ModelOrder.BY_NAME, PageRequest.first())
                        .items())
                .extracting(AiModel::prices)
                .containsExactly(NEW);
        assertThat(models.findAll(List.of(model.id())).values())
                .extracting(AiModel::prices)
                .containsExactly(NEW);
    }

    @Test
    void theListsOfAModelComeLatestFirst() {
        PriceList june = models.setPrices(model.id(), NewPriceList.of(JUNE, NEW).source("https://prices.example"));
        PriceList january = models.setPrices(model.id(), NewPriceList.of(JANUARY, ModelPrices.unknown()));

        assertThat(history()).startsWith(june, january).hasSize(3);
        assertThat(june.source()).contains("https://prices.example");
        assertThat(models.prices(model.id(), PageRequest.first(1)).next()).isPresent();
    }

    @Test
    void twoListsCannotBeginAtOneMoment() {
        models.setPrices(model.id(), NewPriceList.of(JANUARY, NEW));

        assertThatThrownBy(() -> models.setPrices(model.id(), NewPriceList.of(JANUARY, OLD)))
                .isInstanceOfSatisfying(
                        AlreadyExistsException.class, e -> assertThat(e.field()).isEqualTo("valid_from"));
    }

    @Test
    void aReplacedListIsKeptButHoldsNoMore() {
        PriceList wrong = models.setPrices(model.id(), NewPriceList.of(JANUARY, OLD));

        PriceList right =
                models.setPrices(model.id(), NewPriceList.of(JUNE, NEW).replacing(wrong.id()));

        assertThat(history()).element(0).isEqualTo(right);
        assertThat(history()).element(1).satisfies(list -> {
            assertThat(list.id()).isEqualTo(wrong.id());
            assertThat(list.prices()).isEqualTo(OLD);
            assertThat(list.replacedAt()).isPresent();
        });
        assertThat(models.find(model.id()).orElseThrow().prices()).isEqualTo(NEW);
    }

    @Test
    void aListIsReplacedOnce() {
        PriceList wrong = models.setPrices(model.id(), NewPriceList.of(JANUARY, OLD));
        NewPriceList correction = NewPriceList.of(JANUARY, NEW).replacing(wrong.id());
        models.setPrices(model.id(), correction);

        assertThatThrownBy(() -> models.setPrices(model.id(), correction))
                .isInstanceOfSatisfying(
                        ConflictException.class, e -> assertThat(e.id()).contains(wrong.id()));
    }

    @Test
    void aRefusedCorrectionReplacesNothing() {
        PriceList january = models.setPrices(model.id(), NewPriceList.of(JANUARY, OLD));
        models.setPrices(model.id(), NewPriceList.of(JUNE, OLD));
        List<PriceList> before = history();

        assertThatThrownBy(() ->
                        models.setPrices(model.id(), NewPriceList.of(JUNE, NEW).replacing(january.id())))
                .isInstanceOf(AlreadyExistsException.class);

        assertThat(history()).isEqualTo(before);
    }

    @Test
    void whatIsNotThereIsNamed() {
        AiModel other = models.create(
                NewAiModel.of(fixture.provider().id(), "Other", "other").prices(OLD));
        UUID listOfOther =
                models.prices(other.id(), PageRequest.first()).items().get(0).id();

        assertThatThrownBy(() -> models.setPrices(UUID.randomUUID(), NewPriceList.of(JUNE, NEW)))
                .isInstanceOfSatisfying(InvalidReferenceException.class, e -> assertThat(e.field())
                        .isEqualTo("model_id"));
        assertThatThrownBy(() ->
                        models.setPrices(model.id(), NewPriceList.of(JUNE, NEW).replacing(listOfOther)))
                .isInstanceOfSatisfying(
                        NotFoundException.class, e -> assertThat(e.id()).contains(listOfOther));
    }

    @Test
    void ofSixteenThreadsThatSetPricesOfOneMomentOneSucceeds() {
        List<Throwable> failures =
                AtOnce.get(16, n -> catchThrowable(() -> models.setPrices(model.id(), NewPriceList.of(JANUARY, NEW))));

        assertThat(failures).filteredOn(each -> each == null).hasSize(1);
        assertThat(failures).filteredOn(each -> each != null).hasOnlyElementsOfType(AlreadyExistsException.class);
        assertThat(holding()).isEqualTo(2);
    }

    @Test
    void ofSixteenThreadsThatCorrectOneListOneSucceeds() {
        PriceList wrong = models.setPrices(model.id(), NewPriceList.of(JANUARY, OLD));

        List<Throwable> failures = AtOnce.get(
                16,
                n -> catchThrowable(() -> models.setPrices(
                        model.id(), NewPriceList.of(JANUARY.plusSeconds(n), NEW).replacing(wrong.id()))));

        assertThat(failures).filteredOn(each -> each == null).hasSize(1);
        assertThat(failures).filteredOn(each -> each != null).hasOnlyElementsOfType(ConflictException.class);
        assertThat(holding()).isEqualTo(2);
    }

    private List<PriceList> history() {
        return models.prices(model.id(), PageRequest.first()).items();
    }

    private long holding() {
        return history().stream().filter(list -> list.replacedAt().isEmpty()).count();
    }
}
