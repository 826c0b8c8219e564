package io.promptforge.dao.model;

import io.promptforge.schema.type.ProviderType;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;

/** Small catalogues. */
final class TestCatalogues {

    private TestCatalogues() {}

    static ModelCatalogue catalogue(CatalogueProvider... providers) {
        return ModelCatalogue.of(LocalDate.of(2026, 1, 1), List.of(providers));
    }

    static CatalogueProvider provider(String key, String name, CatalogueModel... models) {
        return CatalogueProvider.of(key, name, ProviderType.CUSTOM).models(List.of(models));
    }

    static CatalogueModel model(String id, String name, String inputPrice) {
        return CatalogueModel.of(id, name)
                .capabilities(Set.of(ModelCapability.STREAMING))
                .prices(ModelPrices.perMillion(inputPrice, "2"));
    }
}
