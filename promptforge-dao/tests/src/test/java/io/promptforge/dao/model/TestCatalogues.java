package io.promptforge.dao.model;

import io.promptforge.schema.type.ProviderType;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Small catalogues. */
final class TestCatalogues {

    private TestCatalogues() {}

    static ModelCatalogue catalogue(CatalogueProvider... providers) {
        return new ModelCatalogue(LocalDate.of(2026, 1, 1), List.of(providers));
    }

    static CatalogueProvider provider(String key, String name, CatalogueModel... models) {
        return new CatalogueProvider(
                key, name, ProviderType.CUSTOM, Optional.empty(), Optional.empty(), List.of(models));
    }

    static CatalogueModel model(String id, String name, String inputPrice) {
        return new CatalogueModel(
                id,
                name,
                Optional.empty(),
                Set.of(ModelCapability.STREAMING),
                OptionalInt.empty(),
                ModelPrices.perMillion(inputPrice, "2"),
                false);
    }
}
