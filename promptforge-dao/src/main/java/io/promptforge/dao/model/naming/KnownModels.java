package io.promptforge.dao.model.naming;

import static io.promptforge.schema.jooq.Tables.AI_MODELS;
import static io.promptforge.schema.jooq.Tables.MODEL_PRICES;
import static io.promptforge.schema.jooq.Tables.MODEL_PROVIDERS;

import io.promptforge.dao.internal.query.Columns;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.model.ModelPrices;
import java.math.BigDecimal;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;

/**
 * The models of organizations in memory, so that a batch need not read them first. They may have changed meanwhile: the statement that
 * writes compares the {@link ModelsState}. Thread-safe.
 */
public final class KnownModels {
    private static final int MOST_MODELS = 50_000;
    private static final String OF_CATALOGUE = "of_catalogue";

    /** By organization; the least recently used come first. */
    private final Map<UUID, RegisteredModels> known = new LinkedHashMap<>(16, 0.75f, true);

    private int size;

    private KnownModels() {}

    /** The models as they are in memory, which may have changed meanwhile; reads them if they are not there. */
    public static RegisteredModels get(TenantSession session) {
        RegisteredModels found = of(session).find(session.organizationId());
        return found == null ? refresh(session) : found;
    }

    /** The models as they are in the database; reads them if they are not as in memory. */
    public static RegisteredModels current(TenantSession session) {
        RegisteredModels found = of(session).find(session.organizationId());
        return found != null && found.state().equals(state(session)) ? found : refresh(session);
    }

    /** Reads the models and keeps them, unless the present transaction may have changed them without having been committed. */
    public static RegisteredModels refresh(TenantSession session) {
        RegisteredModels found = fetch(session);
        if (session.isThreadSafe()) {
            of(session).keep(session.organizationId(), found);
        }
        return found;
    }

    private static KnownModels of(TenantSession session) {
        return session.session().shared(KnownModels.class, KnownModels::new);
    }

    private synchronized @Nullable RegisteredModels find(UUID organization) {
        return known.get(organization);
    }

    private synchronized void keep(UUID organization, RegisteredModels models) {
        RegisteredModels before = known.put(organization, models);
        size += weight(models) - (before == null ? 0 : weight(before));
        Iterator<RegisteredModels> eldest = known.values().iterator();
        while (size > MOST_MODELS && known.size() > 1) {
            size -= weight(eldest.next());
            eldest.remove();
        }
    }

    private static int weight(RegisteredModels models) {
        return models.size() + 1;
    }

    private static ModelsState state(TenantSession session) {
        return session.run(dsl -> {
            String schema = dsl.render(DSL.name(session.session().schema()));
            return dsl.resultQuery(
                            ModelsState.QUERY.replace("{schema}", schema),
                            session.organizationId(),
                            session.organizationId(),
                            session.organizationId())
                    .fetchSingle(row -> new ModelsState(row.get(0, Long.class), row.get(1, BigDecimal.class)));
        });
    }

    private static RegisteredModels fetch(TenantSession session) {
        // First, so that a change meanwhile makes it the state of before, which the next comparison refuses.
        ModelsState state = state(session);
        Map<UUID, PriceHistory> prices = prices(session);
        List<RegisteredModel> models = session.run(dsl -> dsl.select(
                        AI_MODELS.ID,
                        AI_MODELS.PROVIDER_MODEL_ID,
                        AI_MODELS.ALIASES,
                        AI_MODELS.ACTIVE,
                        AI_MODELS.CATALOGUE_ENTRY.isNotNull().as(OF_CATALOGUE),
                        MODEL_PROVIDERS.NAME,
                        MODEL_PROVIDERS.TYPE,
                        MODEL_PROVIDERS.IS_DEFAULT)
                .from(AI_MODELS)
                .join(MODEL_PROVIDERS)
                .on(MODEL_PROVIDERS.ORGANIZATION_ID.eq(AI_MODELS.ORGANIZATION_ID))
                .and(MODEL_PROVIDERS.ID.eq(AI_MODELS.PROVIDER_ID))
                .where(AI_MODELS.ORGANIZATION_ID.eq(session.organizationId()))
                .fetch(row -> model(row, prices.getOrDefault(row.get(AI_MODELS.ID), PriceHistory.NONE))));
        return new RegisteredModels(models, state);
    }

    private static Map<UUID, PriceHistory> prices(TenantSession session) {
        return session.run(dsl -> dsl
                .select(MODEL_PRICES.MODEL_ID, MODEL_PRICES.ID, MODEL_PRICES.VALID_FROM, MODEL_PRICES.RATES)
                .from(MODEL_PRICES)
                .where(MODEL_PRICES.ORGANIZATION_ID.eq(session.organizationId()))
                .and(MODEL_PRICES.REPLACED_AT.isNull())
                .orderBy(MODEL_PRICES.MODEL_ID, MODEL_PRICES.VALID_FROM)
                .fetchGroups(MODEL_PRICES.MODEL_ID, KnownModels::priceList)
                .entrySet()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, lists -> new PriceHistory(lists.getValue()))));
    }

    private static PriceHistory.Entry priceList(Record row) {
        return new PriceHistory.Entry(
                row.get(MODEL_PRICES.ID),
                row.get(MODEL_PRICES.VALID_FROM),
                ModelPrices.ofJson(Columns.json(row.get(MODEL_PRICES.RATES))));
    }

    private static RegisteredModel model(Record row, PriceHistory prices) {
        return new RegisteredModel(
                row.get(AI_MODELS.ID),
                row.get(AI_MODELS.PROVIDER_MODEL_ID),
                List.of(row.get(AI_MODELS.ALIASES)),
                row.get(AI_MODELS.ACTIVE),
                row.get(OF_CATALOGUE, Boolean.class),
                row.get(MODEL_PROVIDERS.NAME),
                row.get(MODEL_PROVIDERS.TYPE),
                row.get(MODEL_PROVIDERS.IS_DEFAULT),
                prices);
    }
}
