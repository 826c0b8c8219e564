package io.promptforge.dao.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.schema.type.ProviderType;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The history of prices that editions of a catalogue leave. */
class CataloguePricesTest {
    private static final ClassDatabase DATABASE = ClassDatabase.migrated();
    private static final LocalDate MARCH = LocalDate.of(2024, 3, 1);
    private static final LocalDate JUNE = LocalDate.of(2024, 6, 1);
    private static final LocalDate SEPTEMBER = LocalDate.of(2024, 9, 1);
    private static final LocalDate FAR = LocalDate.of(2100, 1, 1);
    private static final Instant ALWAYS = NewPriceList.ALWAYS;

    private final TestTenant fixture = DATABASE.newTenant();
    private final ModelRepository models = fixture.tenant().models();

    @Test
    void thePricesOfTheFirstEditionHoldForAllTime() {
        install(JUNE, model("1"));

        assertThat(holding()).isEqualTo(Map.of(ALWAYS, "1"));
    }

    @Test
    void aNewerEditionSetsPricesFromItsDayOnWhereTheyDiffer() {
        install(MARCH, model("1"));
        install(JUNE, model("1"));
        CatalogueResult result = install(SEPTEMBER, model("2"));

        assertThat(holding()).isEqualTo(Map.of(ALWAYS, "1", at(SEPTEMBER), "2"));
        assertThat(result.models().updated()).containsExactly(theModel().id());
        assertThat(lists().get(0).source()).contains("catalogue 2024-09-01");
        assertThat(lists().get(0).ofCatalogue()).isTrue();
    }

    @Test
    void aCorrectedEditionReplacesWhatItSaid() {
        install(MARCH, model("1"));
        install(JUNE, model("2"));
        install(JUNE, model("3"));

        assertThat(holding()).isEqualTo(Map.of(ALWAYS, "1", at(JUNE), "3"));
        assertThat(lists())
                .filteredOn(list -> list.replacedAt().isPresent())
                .extracting(list -> usd(list.prices()))
                .containsExactly("2");
    }

    @Test
    void pricesThatAreUnknownInANewerEditionEndThoseBefore() {
        install(MARCH, model("1"));
        install(JUNE, CatalogueModel.of("m", "M"));

        assertThat(holding()).isEqualTo(Map.of(ALWAYS, "1", at(JUNE), "unknown"));
    }

    @Test
    void aModelGetsItsFirstPricesForAllTimeWhateverTheEditionIs() {
        install(MARCH, CatalogueModel.of("m", "M"));
        install(JUNE, model("1"));

        assertThat(holding()).isEqualTo(Map.of(ALWAYS, "1"));
    }

    @Test
    void laterPricesHoldFromTheirDayOn() {
        CatalogueModel model = model("3").pricesFrom(MARCH, prices("2")).pricesFrom(FAR, prices("1"));

        install(JUNE, model);
        assertThat(holding()).isEqualTo(Map.of(ALWAYS, "3", at(MARCH), "2", at(FAR), "1"));
        assertThat(usd(theModel().prices())).isEqualTo("2");

        assertThat(install(JUNE, model).models())
                .isEqualTo(new CatalogueResult.Effect(List.of(), List.of(), List.of()));
        install(SEPTEMBER, model);
        assertThat(holding()).hasSize(3);
    }

    @Test
    void laterPricesThatANewerEditionNoLongerHasNeverHold() {
        install(MARCH, model("3").pricesFrom(FAR, prices("1")));
        install(JUNE, model("3"));

        assertThat(holding()).isEqualTo(Map.of(ALWAYS, "3"));
    }

    @Test
    void anOlderEditionSetsPricesForTheTimeBeforeANewerOne() {
        install(MARCH, model("1"));
        install(SEPTEMBER, model("3"));
        install(JUNE, model("2"));

        assertThat(holding()).isEqualTo(Map.of(ALWAYS, "1", at(JUNE), "2", at(SEPTEMBER), "3"));
    }

    @Test
    void pricesOfTheOrganizationStayWithTheTimeInWhichTheyHold() {
        install(MARCH, model("3"));
        models.setPrices(theModel().id(), NewPriceList.of(at(JUNE), prices("9")));

        CatalogueResult result = install(SEPTEMBER, model("2").pricesFrom(FAR, prices("1")));

        assertThat(holding()).isEqualTo(Map.of(ALWAYS, "3", at(JUNE), "9"));
        assertThat(result.models().kept()).containsExactly(theModel().id());
        assertThat(result.models().updated()).isEmpty();
    }

    @Test
    void pricesOfTheOrganizationThatBeginLaterEndThoseOfTheCatalogue() {
        install(MARCH, model("3"));
        models.setPrices(theModel().id(), NewPriceList.of(at(FAR), prices("9")));

        CatalogueResult result = install(JUNE, model("2"));

        assertThat(holding()).isEqualTo(Map.of(ALWAYS, "3", at(JUNE), "2", at(FAR), "9"));
        assertThat(result.models().kept()).containsExactly(theModel().id());
    }

    private CatalogueResult install(LocalDate edition, CatalogueModel model) {
        return models.installCatalogue(ModelCatalogue.of(
                edition,
                List.of(CatalogueProvider.of("acme", "Acme", ProviderType.CUSTOM)
                        .models(List.of(model)))));
    }

    private AiModel theModel() {
        return models.list(ModelFilter.all(), ModelOrder.BY_NAME, PageRequest.first())
                .items()
                .get(0);
    }

    private List<PriceList> lists() {
        return models.prices(theModel().id(), PageRequest.first()).items();
    }

    /** The price of a million input tokens, by the moment from which on it holds. */
    private Map<Instant, String> holding() {
        Map<Instant, String> holding = new LinkedHashMap<>();
        lists().stream()
                .filter(list -> list.replacedAt().isEmpty())
                .sorted(Comparator.comparing(PriceList::validFrom))
                .forEach(list -> holding.put(list.validFrom(), usd(list.prices())));
        return holding;
    }

    private static String usd(ModelPrices prices) {
        return prices.perMillion(UsageUnit.INPUT_TOKENS)
                .map(usd -> usd.stripTrailingZeros().toPlainString())
                .orElse("unknown");
    }

    private static CatalogueModel model(String usd) {
        return CatalogueModel.of("m", "M").prices(prices(usd));
    }

    private static ModelPrices prices(String usd) {
        return ModelPrices.unknown().perMillion(UsageUnit.INPUT_TOKENS, usd);
    }

    private static Instant at(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
