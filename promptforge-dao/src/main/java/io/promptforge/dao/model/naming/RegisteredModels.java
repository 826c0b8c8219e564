package io.promptforge.dao.model.naming;

import io.promptforge.dao.model.NameMatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All models of an organization, to find the one that a name means by the rule of
 * {@link io.promptforge.dao.model.ModelRepository#resolve}. Thread-safe.
 */
public final class RegisteredModels {
    /** How many results are kept; further ones are found anew each time. */
    private static final int MOST_RESULTS = 4_096;

    private final List<RegisteredModel> models;
    private final ModelsState state;
    private final Map<UUID, RegisteredModel> byId = new HashMap<>();
    private final Map<String, List<RegisteredModel>> byName = new HashMap<>();
    private final Map<String, List<RegisteredModel>> byAlias = new HashMap<>();
    private final Map<String, List<Spelt>> byBase = new HashMap<>();
    private final List<Pattern> patterns = new ArrayList<>();
    private final Map<Call, Optional<Found>> results = new ConcurrentHashMap<>();

    /** These models, which are all of the organization in this state. */
    public RegisteredModels(List<RegisteredModel> models, ModelsState state) {
        this.models = List.copyOf(models);
        this.state = state;
        models.forEach(this::add);
    }

    private void add(RegisteredModel model) {
        byId.put(model.id(), model);
        byName.computeIfAbsent(model.name(), key -> new ArrayList<>()).add(model);
        addSpelling(model.name(), model);
        for (String alias : model.aliases()) {
            if (NamePattern.isPattern(alias)) {
                patterns.add(new Pattern(new NamePattern(alias), model));
            } else {
                byAlias.computeIfAbsent(alias, key -> new ArrayList<>()).add(model);
                addSpelling(alias, model);
            }
        }
    }

    private void addSpelling(String name, RegisteredModel model) {
        ModelName spelt = ModelName.of(name);
        byBase.computeIfAbsent(spelt.base(), key -> new ArrayList<>())
                .add(new Spelt(spelt, name.toLowerCase(Locale.ROOT), model));
    }

    /** The state of the models in the database when they were read. */
    public ModelsState state() {
        return state;
    }

    int size() {
        return models.size();
    }

    /** The model with this id; null if there is none. */
    public @Nullable RegisteredModel find(UUID id) {
        return byId.get(id);
    }

    /** Whether a model may be meant by this name, though perhaps one of several. */
    public boolean knows(@Nullable String name) {
        return name != null && candidates(name) != null;
    }

    /** The model that a provider, which may be unknown, calls by this name; empty if there is none, or several with different prices. */
    public Optional<Found> resolve(String name, @Nullable String provider) {
        Call call = new Call(name, provider);
        Optional<Found> result = results.get(call);
        if (result == null) {
            Candidates candidates = candidates(name);
            result = candidates == null ? Optional.empty() : one(candidates, name, provider);
            if (results.size() < MOST_RESULTS) {
                results.put(call, result);
            }
        }
        return result;
    }

    private @Nullable Candidates candidates(String name) {
        Candidates found = candidatesAsNamed(name);
        String base = found == null ? ModelName.fineTuned(name) : null;
        Candidates ofBase = base == null ? null : candidatesAsNamed(ModelName.FINE_TUNING + base);
        ofBase = base == null || ofBase != null ? ofBase : candidatesAsNamed(base);
        return ofBase == null ? found : new Candidates(NameMatch.FINE_TUNED, ofBase.closeness());
    }

    private @Nullable Candidates candidatesAsNamed(String name) {
        Map<RegisteredModel, Integer> named = new LinkedHashMap<>();
        byName.getOrDefault(name, List.of()).forEach(model -> named.put(model, 0));
        if (!named.isEmpty()) {
            return new Candidates(NameMatch.NAME, named);
        }
        byAlias.getOrDefault(name, List.of()).forEach(model -> named.put(model, 0));
        if (!named.isEmpty()) {
            return new Candidates(NameMatch.ALIAS, named);
        }
        ModelName spelt = ModelName.of(name);
        String lower = name.strip().toLowerCase(Locale.ROOT);
        byBase.getOrDefault(spelt.base(), List.of()).stream()
                .filter(other -> other.name().agreesWith(spelt))
                .forEach(other -> named.merge(other.model(), other.closeness(spelt, lower), Math::max));
        boolean isSpelling = !named.isEmpty();
        patterns.stream()
                .filter(each -> !isSpelling || named.containsKey(each.model()))
                .filter(each -> each.pattern().matches(lower) || each.pattern().matches(spelt.text()))
                .forEach(each -> named.merge(each.model(), 1 + each.pattern().length(), Math::max));
        if (named.isEmpty()) {
            return null;
        }
        return new Candidates(isSpelling ? NameMatch.SPELLING : NameMatch.PATTERN, named);
    }

    private static Optional<Found> one(Candidates candidates, String name, @Nullable String provider) {
        Map<RegisteredModel, Integer> closeness = candidates.closeness();
        List<RegisteredModel> left = preferred(List.copyOf(closeness.keySet()), model -> !model.ofCatalogue());
        if (Providers.isSelfHosted(provider) || Providers.isSelfHosted(name)) {
            left = left.stream()
                    .filter(model -> !model.ofCatalogue() || model.isOfProvider(provider) || model.isOfProvider(name))
                    .toList();
        }
        int closest = left.stream()
                .mapToInt(model -> closeness.getOrDefault(model, 0))
                .max()
                .orElse(0);
        left = preferred(left, model -> closeness.getOrDefault(model, 0) == closest);
        left = preferred(left, model -> model.providerName().equalsIgnoreCase(provider));
        left = preferred(left, model -> model.isOfProvider(provider));
        left = preferred(left, model -> model.isOfProviderType(provider));
        int words = left.stream()
                .mapToInt(model -> model.wordsOfProvider(provider))
                .max()
                .orElse(0);
        left = preferred(left, model -> model.wordsOfProvider(provider) == words);
        left = preferred(left, model -> model.ofDefaultProvider() && model.active());
        if (provider == null) {
            String maker = Providers.ofModel(name);
            left = preferred(left, model -> model.isOfProvider(maker));
            left = preferred(left, model -> model.wordsOfProvider(maker) > 0);
        }
        List<RegisteredModel> last = left;
        return last.stream()
                .min(Comparator.comparing(model -> model.id().toString()))
                .filter(first -> last.stream().allMatch(model -> model.prices().isLike(first.prices())))
                .map(model -> new Found(
                        model, candidates.match(), model.isOfProvider(provider) || model.isOfProviderType(provider)));
    }

    /** The models that pass, or all of them if none passes. */
    private static List<RegisteredModel> preferred(List<RegisteredModel> models, Predicate<RegisteredModel> which) {
        List<RegisteredModel> some = models.stream().filter(which).toList();
        return some.isEmpty() ? models : some;
    }

    /**
     * The model that a name means.
     *
     * @param match what the name has in common with it
     * @param providerMatched whether the given provider is the model's
     */
    public record Found(RegisteredModel model, NameMatch match, boolean providerMatched) {}

    /**
     * Models that a name may mean.
     *
     * @param closeness how close each is, greater is closer
     */
    private record Candidates(NameMatch match, Map<RegisteredModel, Integer> closeness) {}

    /**
     * A spelling of a model.
     *
     * @param whole the name or alias in lower case
     */
    private record Spelt(ModelName name, String whole, RegisteredModel model) {
        int closeness(ModelName reported, String reportedWhole) {
            if (reportedWhole.endsWith(whole)) {
                return 1 + whole.length();
            }
            return name.isSameEdition(reported) ? 1 : 0;
        }
    }

    private record Pattern(NamePattern pattern, RegisteredModel model) {}

    private record Call(String name, @Nullable String provider) {}
}
