package io.promptforge.dao.model;

import static io.promptforge.schema.jooq.Tables.AI_MODELS;
import static io.promptforge.schema.jooq.Tables.MODEL_PROVIDERS;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.jsonbGetAttributeAsText;

import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.internal.query.RowsById;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.schema.jooq.tables.records.AiModelsRecord;
import io.promptforge.schema.jooq.tables.records.ModelProvidersRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
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

    /** The provider of each row that stands for one of the catalogue; a provider has none if the row of another one has its name. */
    private Map<UUID, CatalogueProvider> installProviders(CatalogueBatch<ModelProvidersRecord> batch) {
        Standing before = new Standing(providers());
        for (CatalogueProvider provider : catalogue.providers()) {
            if (before.rowOf(provider) == null) {
                List<@Nullable Object> says = said(provider);
                batch.add(List.of(), says, entry(provider, says));
            }
        }
        batch.insertMissing();
        Standing present = new Standing(providers());
        Map<UUID, CatalogueProvider> installed = new LinkedHashMap<>();
        for (CatalogueProvider provider : catalogue.providers()) {
            ModelProvidersRecord row = present.rowOf(provider);
            if (row != null) {
                installed.put(row.getId(), provider);
                List<@Nullable Object> says = present.withFreeName(said(provider), row);
                batch.merge(row, says, entry(provider, says));
            }
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

    private static List<@Nullable Object> said(CatalogueProvider provider) {
        return CatalogueRows.said(CatalogueRows.PROVIDER_COLUMNS, provider.values());
    }

    private static Map<String, @Nullable Object> entry(
            CatalogueProvider provider, List<? extends @Nullable Object> says) {
        Map<String, @Nullable Object> entry = CatalogueRows.entry(CatalogueRows.PROVIDER_COLUMNS, says);
        entry.put(CatalogueRows.KEY, provider.key());
        return entry;
    }

    /** Installs the models and then their prices, but not those of models that the organization created itself. */
    private void installModels(CatalogueBatch<AiModelsRecord> batch, Map<UUID, CatalogueProvider> installed) {
        Map<List<Object>, AiModelsRecord> present = new HashMap<>();
        for (AiModelsRecord row : models(installed.keySet())) {
            present.put(List.of(row.getProviderId(), row.getProviderModelId()), row);
        }
        Map<UUID, CatalogueModel> missing = new LinkedHashMap<>();
        Map<UUID, CatalogueModel> priced = new LinkedHashMap<>();
        installed.forEach((providerId, provider) -> {
            for (CatalogueModel model : provider.models()) {
                List<Object> identity = List.of(providerId, model.providerModelId());
                List<@Nullable Object> says = CatalogueRows.said(CatalogueRows.MODEL_COLUMNS, model.values());
                Map<String, @Nullable Object> entry = CatalogueRows.entry(CatalogueRows.MODEL_COLUMNS, says);
                AiModelsRecord row = present.get(identity);
                if (row == null) {
                    missing.put(batch.add(identity, says, entry), model);
                } else {
                    batch.merge(row, says, entry);
                    if (row.getCatalogueEntry() != null) {
                        priced.put(row.getId(), model);
                    }
                }
            }
        });
        batch.insertMissing();
        batch.updateChanged();
        missing.keySet().retainAll(batch.added());
        new JooqCataloguePrices(tx, catalogue.edition()).install(missing, priced, batch);
    }

    /** All models of these providers: by their names, each row would be compared with thousands. */
    private List<AiModelsRecord> models(Set<UUID> providers) {
        return tx.run(dsl -> dsl.selectFrom(AI_MODELS)
                .where(AI_MODELS.ORGANIZATION_ID.eq(tx.organizationId()))
                .and(AI_MODELS.PROVIDER_ID.in(RowsById.each(providers.toArray(UUID[]::new))))
                .orderBy(AI_MODELS.ID)
                .forNoKeyUpdate()
                .fetch());
    }

    /** The rows that stand for providers of the catalogue. */
    private static final class Standing {
        private final Map<Object, ModelProvidersRecord> byKey = new HashMap<>();
        private final Map<String, ModelProvidersRecord> ownByName = new HashMap<>();
        private final Map<String, UUID> names = new HashMap<>();

        Standing(List<ModelProvidersRecord> rows) {
            for (ModelProvidersRecord row : rows) {
                Map<?, ?> remembered = CatalogueRows.remembered(row.getCatalogueEntry());
                if (remembered == null) {
                    ownByName.put(row.getName(), row);
                } else {
                    byKey.put(remembered.get(CatalogueRows.KEY), row);
                }
                names.put(row.getName(), row.getId());
            }
        }

        /** The row with the provider's key, whatever its name is now, or else the organization's own row with that name. */
        @Nullable ModelProvidersRecord rowOf(CatalogueProvider provider) {
            ModelProvidersRecord row = byKey.get(provider.key());
            return row == null ? ownByName.get(provider.name()) : row;
        }

        /** The values with the name of the last edition, if another provider of the organization has the new one. */
        List<@Nullable Object> withFreeName(List<@Nullable Object> says, ModelProvidersRecord row) {
            int name = CatalogueRows.PROVIDER_COLUMNS.indexOf(MODEL_PROVIDERS.NAME);
            Map<?, ?> remembered = CatalogueRows.remembered(row.getCatalogueEntry());
            UUID holder = names.get(says.get(name));
            if (holder == null || holder.equals(row.getId()) || remembered == null) {
                return says;
            }
            List<@Nullable Object> free = new ArrayList<>(says);
            free.set(name, remembered.get(MODEL_PROVIDERS.NAME.getName()));
            return free;
        }
    }
}
