package io.promptforge.dao.trace.ingest;

import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.model.naming.KnownModels;
import io.promptforge.dao.model.naming.ModelsState;
import io.promptforge.dao.model.naming.RegisteredModel;
import io.promptforge.dao.model.naming.RegisteredModels;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds the model that a span called, and so its cost, by the rule that {@link io.promptforge.dao.trace.TraceRepository} states. */
final class CalledModels {
    /** For spans that call no models, or of which all is known. */
    static final CalledModels NONE = new CalledModels(new RegisteredModels(List.of(), ModelsState.NONE), false);

    private final RegisteredModels models;
    private final boolean compared;

    private CalledModels(RegisteredModels models, boolean compared) {
        this.models = models;
        this.compared = compared;
    }

    /** The models that these spans may have called, read by the function if there are any. */
    static CalledModels by(
            Collection<SpanFields> spans, TenantSession session, Function<TenantSession, RegisteredModels> reader) {
        return spans.stream().anyMatch(CalledModels::calls) ? of(reader.apply(session)) : NONE;
    }

    /** These models. */
    static CalledModels of(RegisteredModels models) {
        return new CalledModels(models, true);
    }

    /** The same models as they are now in the database. */
    static CalledModels refreshed(TenantSession session) {
        return of(KnownModels.refresh(session));
    }

    /** What the models must be like when the spans are written; null if nothing depends on it. */
    @Nullable ModelsState state() {
        return compared ? models.state() : null;
    }

    /** The reported model id of a span, else the id of the model found by its name; null if none is found. */
    @Nullable UUID idFor(SpanFields span) {
        if (span.modelId != null) {
            return span.modelId;
        }
        RegisteredModel model = find(span);
        return model == null ? null : model.id();
    }

    /** The reported cost of a span, else the cost of its usage by the prices that held when it started; null if it is unknown. */
    @Nullable SpanPrice priceOf(SpanFields span) {
        if (span.cost != null) {
            return new SpanPrice(span.cost, null);
        }
        RegisteredModel model = SpanUsage.isReported(span) ? find(span) : null;
        return model == null ? null : SpanPrice.of(span, model.prices());
    }

    /** The model that the span called; null if it is not registered or ambiguous. */
    @Nullable RegisteredModel find(SpanFields span) {
        if (span.modelId != null) {
            return models.find(span.modelId);
        }
        String name = models.knows(span.responseModel) ? span.responseModel : span.requestModel;
        return name == null
                ? null
                : models.resolve(name, span.providerName)
                        .map(RegisteredModels.Found::model)
                        .orElse(null);
    }

    private static boolean calls(SpanFields span) {
        return span.modelId == null
                ? span.responseModel != null || span.requestModel != null
                : span.cost == null && SpanUsage.isReported(span);
    }
}
