package io.promptforge.dao.trace.ingest;

import static io.promptforge.schema.jooq.Tables.AI_MODELS;
import static io.promptforge.schema.jooq.Tables.MODEL_PROVIDERS;
import static org.jooq.impl.DSL.any;

import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.model.ModelPrices;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jooq.Record;

/** Reads the models that the spans of a batch may have called, by one statement. */
final class JooqRegisteredModels {
    private final Set<String> names = new LinkedHashSet<>();
    private final Set<UUID> ids = new LinkedHashSet<>();

    private JooqRegisteredModels() {}

    static RegisteredModels calledBy(TenantSession session, List<SpanFields> spans) {
        JooqRegisteredModels called = new JooqRegisteredModels();
        spans.forEach(called::add);
        return new RegisteredModels(called.isEmpty() ? List.of() : called.fetch(session));
    }

    private void add(SpanFields span) {
        if (span.modelId == null) {
            if (span.responseModel != null) {
                names.add(span.responseModel);
            }
            if (span.requestModel != null) {
                names.add(span.requestModel);
            }
        } else if (span.cost == null && SpanCost.hasTokens(span)) {
            ids.add(span.modelId);
        }
    }

    private boolean isEmpty() {
        return names.isEmpty() && ids.isEmpty();
    }

    private List<RegisteredModel> fetch(TenantSession session) {
        return session.run(dsl -> dsl.select(
                        AI_MODELS.ID,
                        AI_MODELS.PROVIDER_MODEL_ID,
                        AI_MODELS.ACTIVE,
                        AI_MODELS.INPUT_PRICE_PER_MILLION,
                        AI_MODELS.OUTPUT_PRICE_PER_MILLION,
                        AI_MODELS.CACHED_INPUT_PRICE_PER_MILLION,
                        MODEL_PROVIDERS.NAME,
                        MODEL_PROVIDERS.TYPE,
                        MODEL_PROVIDERS.IS_DEFAULT)
                .from(AI_MODELS)
                .join(MODEL_PROVIDERS)
                .on(MODEL_PROVIDERS.ORGANIZATION_ID.eq(AI_MODELS.ORGANIZATION_ID))
                .and(MODEL_PROVIDERS.ID.eq(AI_MODELS.PROVIDER_ID))
                .where(AI_MODELS.ORGANIZATION_ID.eq(session.organizationId()))
                .and(AI_MODELS
                        .PROVIDER_MODEL_ID
                        .eq(any(names.toArray(String[]::new)))
                        .or(AI_MODELS.ID.eq(any(ids.toArray(UUID[]::new)))))
                .fetch(JooqRegisteredModels::model));
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
                        .cachedInput(row.get(AI_MODELS.CACHED_INPUT_PRICE_PER_MILLION)));
    }
}
