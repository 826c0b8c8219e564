package io.promptforge.dao.trace.ingest;

import static io.promptforge.schema.jooq.Tables.AI_MODELS;
import static io.promptforge.schema.jooq.Tables.MODEL_PROVIDERS;
import static org.jooq.impl.DSL.any;

import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.model.ModelPrices;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jooq.Record;
import org.jspecify.annotations.Nullable;

/**
 * Registered models in memory, by their names and ids, so that a batch need not read them first. They may have changed meanwhile: the
 * statement that writes checks that the ones it was priced by are still as they are here, see {@link NewRows}. Thread-safe.
 */
final class KnownModels {
    private static final int MOST_ENTRIES = 20_000;

    /** By organization and name or id; the least recently used come first. An empty list says that there is none. */
    private final Map<Key, List<RegisteredModel>> models = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, List<RegisteredModel>> eldest) {
            return size() > MOST_ENTRIES;
        }
    };

    /** The known models of these names and ids; reads them if one of the names and ids is not known. */
    static RegisteredModels get(TenantSession session, CalledModels called) {
        if (called.isEmpty()) {
            return new RegisteredModels(List.of());
        }
        KnownModels known = session.session().shared(KnownModels.class, KnownModels::new);
        List<RegisteredModel> found = known.find(session.organizationId(), called);
        return new RegisteredModels(found == null ? refresh(session, called) : found);
    }

    /** Reads the models of these names and ids. */
    static RegisteredModels read(TenantSession session, CalledModels called) {
        return new RegisteredModels(called.isEmpty() ? List.of() : fetch(session, called));
    }

    /** Reads them and keeps them, unless the present transaction may have changed them without having been committed. */
    static List<RegisteredModel> refresh(TenantSession session, CalledModels called) {
        List<RegisteredModel> found = fetch(session, called);
        if (session.isThreadSafe()) {
            session.session().shared(KnownModels.class, KnownModels::new).keep(session.organizationId(), called, found);
        }
        return found;
    }

    private synchronized @Nullable List<RegisteredModel> find(UUID organization, CalledModels called) {
        Set<RegisteredModel> found = new LinkedHashSet<>();
        for (Key key : Key.of(organization, called)) {
            List<RegisteredModel> some = models.get(key);
            if (some == null) {
                return null;
            }
            found.addAll(some);
        }
        return new ArrayList<>(found);
    }

    private synchronized void keep(UUID organization, CalledModels called, List<RegisteredModel> found) {
        Key.of(organization, called).forEach(key -> models.put(key, new ArrayList<>()));
        for (RegisteredModel model : found) {
            for (Object nameOrId : List.of(model.name(), model.id())) {
                List<RegisteredModel> some = models.get(new Key(organization, nameOrId));
                if (some != null
                        && (called.names().contains(nameOrId) || called.ids().contains(nameOrId))) {
                    some.add(model);
                }
            }
        }
    }

    private static List<RegisteredModel> fetch(TenantSession session, CalledModels called) {
        return session.run(dsl -> dsl.select(
                        AI_MODELS.ID,
                        AI_MODELS.PROVIDER_MODEL_ID,
                        AI_MODELS.ACTIVE,
                        AI_MODELS.INPUT_PRICE_PER_MILLION,
                        AI_MODELS.OUTPUT_PRICE_PER_MILLION,
                        AI_MODELS.CACHED_INPUT_PRICE_PER_MILLION,
                        AI_MODELS.UPDATED_AT,
                        MODEL_PROVIDERS.NAME,
                        MODEL_PROVIDERS.TYPE,
                        MODEL_PROVIDERS.IS_DEFAULT,
                        MODEL_PROVIDERS.UPDATED_AT)
                .from(AI_MODELS)
                .join(MODEL_PROVIDERS)
                .on(MODEL_PROVIDERS.ORGANIZATION_ID.eq(AI_MODELS.ORGANIZATION_ID))
                .and(MODEL_PROVIDERS.ID.eq(AI_MODELS.PROVIDER_ID))
                .where(AI_MODELS.ORGANIZATION_ID.eq(session.organizationId()))
                .and(AI_MODELS
                        .PROVIDER_MODEL_ID
                        .eq(any(called.names().toArray(String[]::new)))
                        .or(AI_MODELS.ID.eq(any(called.ids().toArray(UUID[]::new)))))
                .fetch(KnownModels::model));
    }

    private static RegisteredModel model(Record row) {
        return new RegisteredModel(
                row.get(AI_MODELS.ID),
                row.get(AI_MODELS.PROVIDER_MODEL_ID),
                row.get(AI_MODELS.ACTIVE),
                row.get(MODEL_PROVIDERS.NAME),
                row.get(MODEL_PROVIDERS.TYPE),
                row.get(MODEL_PROVIDERS.IS_DEFAULT),
                ModelPrices.unknown()
                        .input(row.get(AI_MODELS.INPUT_PRICE_PER_MILLION))
                        .output(row.get(AI_MODELS.OUTPUT_PRICE_PER_MILLION))
                        .cachedInput(row.get(AI_MODELS.CACHED_INPUT_PRICE_PER_MILLION)),
                row.get(AI_MODELS.UPDATED_AT),
                row.get(MODEL_PROVIDERS.UPDATED_AT));
    }

    /**
     * What a model is known by.
     *
     * @param nameOrId a text or a UUID
     */
    private record Key(UUID organization, Object nameOrId) {
        static List<Key> of(UUID organization, CalledModels called) {
            List<Key> keys = new ArrayList<>();
            called.names().forEach(name -> keys.add(new Key(organization, name)));
            called.ids().forEach(id -> keys.add(new Key(organization, id)));
            return keys;
        }
    }
}
