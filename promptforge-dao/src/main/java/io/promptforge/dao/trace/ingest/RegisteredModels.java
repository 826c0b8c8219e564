package io.promptforge.dao.trace.ingest;

import java.math.BigDecimal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the model that a span called, and so its cost, by the rule that {@link TraceRepository} states. */
final class RegisteredModels {
    private final List<RegisteredModel> models;
    private final Map<UUID, RegisteredModel> byId = new HashMap<>();
    private final Map<String, List<RegisteredModel>> byName;

    RegisteredModels(List<RegisteredModel> models) {
        this.models = models;
        models.forEach(model -> byId.put(model.id(), model));
        byName = models.stream().collect(Collectors.groupingBy(RegisteredModel::name));
    }

    List<RegisteredModel> all() {
        return models;
    }

    /** The reported model id of a span, else the id of the model found by its name; null if none is found. */
    @Nullable UUID idFor(SpanFields span) {
        return span.modelId != null
                ? span.modelId
                : find(span).map(RegisteredModel::id).orElse(null);
    }

    /** The reported cost of a span, else the computed cost of its tokens; null if it is unknown. */
    @Nullable BigDecimal costOf(SpanFields span) {
        return span.cost != null
                ? span.cost
                : TraceLimits.dollars(
                        "cost",
                        find(span)
                                .flatMap(model -> SpanCost.of(span, model.prices()))
                                .orElse(null));
    }

    /** The model that the span called, if it is registered and unambiguous. */
    Optional<RegisteredModel> find(SpanFields span) {
        if (span.modelId != null) {
            return Optional.ofNullable(byId.get(span.modelId));
        }
        List<RegisteredModel> responding = named(span.responseModel);
        return one(responding.isEmpty() ? named(span.requestModel) : responding, span.providerName);
    }

    private List<RegisteredModel> named(@Nullable String name) {
        return name == null ? List.of() : byName.getOrDefault(name, List.of());
    }

    private static Optional<RegisteredModel> one(List<RegisteredModel> namesakes, @Nullable String provider) {
        List<RegisteredModel> left = namesakes;
        left = preferred(left, model -> model.providerName().equalsIgnoreCase(provider));
        left = preferred(left, model -> model.providerType().name().equalsIgnoreCase(provider));
        left = preferred(left, model -> model.ofDefaultProvider() && model.active());
        List<RegisteredModel> candidates = left;
        return candidates.stream()
                .min(Comparator.comparing(model -> model.id().toString()))
                .filter(first ->
                        candidates.stream().allMatch(model -> model.prices().equals(first.prices())));
    }

    /** The models that pass, or all of them if none passes. */
    private static List<RegisteredModel> preferred(List<RegisteredModel> models, Predicate<RegisteredModel> which) {
        List<RegisteredModel> some = models.stream().filter(which).toList();
        return some.isEmpty() ? models : some;
    }
}
