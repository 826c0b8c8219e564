package io.promptforge.dao.model;

import static io.promptforge.schema.jooq.Tables.AI_MODELS;
import static io.promptforge.schema.jooq.Tables.MODEL_PROVIDERS;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.jsonbGetAttributeAsText;

import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.schema.jooq.tables.records.AiModelsRecord;
import io.promptforge.schema.jooq.tables.records.ModelProvidersRecord;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Field;
import org.jspecify.annotations.Nullable;

/**
 * One installation of a catalogue, inside a transaction. A lock on the organization runs installations one after the other, so
 * that no two add the same rows; locks on the rows keep edits from being overwritten between reading and writing.
 */
final class JooqCatalogueInstallation {
    private final TenantSession tx;
    private final ModelCatalogue catalogue;

    JooqCatalogueInstallation(TenantSession tx, ModelCatalogue catalogue) {
        this.tx = tx;
        this.catalogue = catalogue;
    }

    CatalogueResult run() {
        if (!JooqModelProviderRepository.lock(tx)) {
            throw new InvalidReferenceException(
                    "organization_id", "The organization does not exist.", "Create it first.", null);
        }
        CatalogueBatch<ModelProvidersRecord> providers =
                new CatalogueBatch<>(tx, MODEL_PROVIDERS, List.of(), CatalogueRows.PROVIDER_COLUMNS);
        Map<UUID, CatalogueProvider> installed = installProviders(providers);
        CatalogueBatch<AiModelsRecord> models = new CatalogueBatch<>(
                tx,
                AI_MODELS,
                List.of(AI_MODELS.PROVIDER_ID, AI_MODELS.PROVIDER_MODEL_ID),
                CatalogueRows.MODEL_COLUMNS);
        installModels(models, installed);
        return new CatalogueResult(catalogue.edition(), providers.effect(), models.effect());
    }

    /** The row of each provider of the catalogue; a provider has none if the row of another one has its name. */
    private Map<UUID, CatalogueProvider> installProviders(CatalogueBatch<ModelProvidersRecord> batch) {
        List<ModelProvidersRecord> before = providers();
        for (CatalogueProvider provider : catalogue.providers()) {
            if (standingFor(provider, before).isEmpty()) {
                Map<Field<?>, @Nullable Object> says = CatalogueRows.said(provider);
                batch.add(List.of(), says, CatalogueRows.entry(provider.key(), says));
            }
        }
        batch.insertMissing();
        List<ModelProvidersRecord> present = providers();
        Map<UUID, CatalogueProvider> installed = new LinkedHashMap<>();
        for (CatalogueProvider provider : catalogue.providers()) {
            standingFor(provider, present).ifPresent(row -> {
                installed.put(row.getId(), provider);
                Map<Field<?>, @Nullable Object> says = says(provider, row, present);
                batch.merge(row, says, CatalogueRows.entry(provider.key(), says));
            });
        }
        batch.updateChanged();
        return installed;
    }

    private List<ModelProvidersRecord> providers() {
        String[] keys =
                catalogue.providers().stream().map(CatalogueProvider::key).toArray(String[]::new);
        String[] names =
                catalogue.providers().stream().map(CatalogueProvider::name).toArray(String[]::new);
        return tx.run(dsl -> dsl.selectFrom(MODEL_PROVIDERS)
                .where(MODEL_PROVIDERS.ORGANIZATION_ID.eq(tx.organizationId()))
                .and(MODEL_PROVIDERS
                        .NAME
                        .eq(any(names))
                        .or(jsonbGetAttributeAsText(MODEL_PROVIDERS.CATALOGUE_ENTRY, "key")
                                .eq(any(keys))))
                .orderBy(MODEL_PROVIDERS.ID)
                .forNoKeyUpdate()
                .fetch());
    }

    /** The row with the provider's key, whatever its name is now, or else the organization's own row with that name. */
    private static Optional<ModelProvidersRecord> standingFor(
            CatalogueProvider provider, List<ModelProvidersRecord> rows) {
        return rows.stream()
                .filter(row -> CatalogueRows.hasKey(row.getCatalogueEntry(), provider.key()))
                .findFirst()
                .or(() -> rows.stream()
                        .filter(row ->
                                row.getCatalogueEntry() == null && row.getName().equals(provider.name()))
                        .findFirst());
    }

    /** The values of a provider, with the name of the last edition if another provider of the organization has the new one. */
    private static Map<Field<?>, @Nullable Object> says(
            CatalogueProvider provider, ModelProvidersRecord row, List<ModelProvidersRecord> present) {
        Map<Field<?>, @Nullable Object> says = CatalogueRows.said(provider);
        Map<?, ?> remembered = CatalogueRows.remembered(row.getCatalogueEntry());
        boolean taken = present.stream()
                .anyMatch(other ->
                        !other.getId().equals(row.getId()) && other.getName().equals(provider.name()));
        if (taken && remembered != null) {
            says.put(MODEL_PROVIDERS.NAME, remembered.get(MODEL_PROVIDERS.NAME.getName()));
        }
        return says;
    }

    private void installModels(CatalogueBatch<AiModelsRecord> batch, Map<UUID, CatalogueProvider> installed) {
        Map<List<Object>, AiModelsRecord> present = new HashMap<>();
        for (AiModelsRecord row : models(installed)) {
            present.put(List.of(row.getProviderId(), row.getProviderModelId()), row);
        }
        installed.forEach((providerId, provider) -> {
            for (CatalogueModel model : provider.models()) {
                List<Object> identity = List.of(providerId, model.providerModelId());
                Map<Field<?>, @Nullable Object> says = CatalogueRows.said(model);
                AiModelsRecord row = present.get(identity);
                if (row == null) {
                    batch.add(identity, says, CatalogueRows.entry(says));
                } else {
                    batch.merge(row, says, CatalogueRows.entry(says));
                }
            }
        });
        batch.insertMissing();
        batch.updateChanged();
        new JooqCataloguePrices(tx, catalogue.edition()).install(priced(installed), batch);
    }

    /** The models of the catalogue by the ids of their rows, without those that the organization created itself. */
    private Map<UUID, CatalogueModel> priced(Map<UUID, CatalogueProvider> installed) {
        Map<UUID, CatalogueModel> models = new LinkedHashMap<>();
        Map<List<Object>, CatalogueModel> said = new HashMap<>();
        installed.forEach((id, provider) ->
                provider.models().forEach(model -> said.put(List.of(id, model.providerModelId()), model)));
        for (AiModelsRecord row : models(installed)) {
            CatalogueModel model = said.get(List.of(row.getProviderId(), row.getProviderModelId()));
            if (model != null && row.getCatalogueEntry() != null) {
                models.put(row.getId(), model);
            }
        }
        return models;
    }

    private List<AiModelsRecord> models(Map<UUID, CatalogueProvider> installed) {
        UUID[] providers = installed.keySet().toArray(UUID[]::new);
        String[] models = installed.values().stream()
                .flatMap(provider -> provider.models().stream())
                .map(CatalogueModel::providerModelId)
                .distinct()
                .toArray(String[]::new);
        return tx.run(dsl -> dsl.selectFrom(AI_MODELS)
                .where(AI_MODELS.ORGANIZATION_ID.eq(tx.organizationId()))
                .and(AI_MODELS.PROVIDER_ID.eq(any(providers)))
                .and(AI_MODELS.PROVIDER_MODEL_ID.eq(any(models)))
                .orderBy(AI_MODELS.ID)
                .forNoKeyUpdate()
                .fetch());
    }
}
