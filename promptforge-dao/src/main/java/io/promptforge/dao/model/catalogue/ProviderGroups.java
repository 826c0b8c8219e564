package io.promptforge.dao.model.catalogue;

import io.promptforge.dao.model.CatalogueModel;
import io.promptforge.dao.model.CatalogueProvider;
import io.promptforge.dao.model.ModelCatalogue;
import io.promptforge.schema.type.ProviderType;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The providers of a file with their models, in the order of the file. */
final class ProviderGroups {
    private final Map<String, Group> groups = new LinkedHashMap<>();

    /** The provider with this key, which is the first one that was asked for. */
    Group group(String key, String name, ProviderType type) {
        return groups.computeIfAbsent(key, each -> new Group(CatalogueProvider.of(key, name, type)));
    }

    CatalogueFile file(LocalDate edition, int entries, List<CatalogueProblem> problems) {
        List<CatalogueProvider> providers =
                groups.values().stream().map(Group::withModels).toList();
        return new CatalogueFile(ModelCatalogue.of(edition, providers), entries, problems);
    }

    /** A provider. */
    static final class Group {
        private final CatalogueProvider provider;
        private final Map<String, CatalogueModel> models = new LinkedHashMap<>();

        private Group(CatalogueProvider provider) {
            this.provider = provider;
        }

        boolean has(String providerModelId) {
            return models.containsKey(providerModelId);
        }

        void add(CatalogueModel model) {
            models.put(model.providerModelId(), model);
        }

        private CatalogueProvider withModels() {
            return provider.models(List.copyOf(models.values()));
        }
    }
}
