package io.promptforge.dao.model;

import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.write.ColumnValues;
import io.promptforge.schema.type.ProviderType;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A model provider in a catalogue. Immutable and thread-safe; null for an optional field means that it has no value. A null or blank
 * value is refused with an {@link io.promptforge.dao.error.InvalidValueException} by the method that sets it; sizes are checked
 * when the catalogue is installed.
 */
public final class CatalogueProvider extends Input<CatalogueProvider> {
    private final String key;
    private final ColumnValues values;
    private final List<CatalogueModel> models;

    private CatalogueProvider(String key, ColumnValues values, List<CatalogueModel> models) {
        super(List.of(key, values, models));
        this.key = key;
        this.values = values;
        this.models = models;
    }

    /**
     * A provider without models.
     *
     * @param key identifies the provider in all editions, whatever its name is
     * @param name the display name, 1 to 200 characters
     * @param type the API that it speaks
     */
    public static CatalogueProvider of(String key, String name, ProviderType type) {
        return new CatalogueProvider(
                Check.text("key", key),
                ColumnValues.none().with("name", Check.text("name", name)).with("type", Check.present("type", type)),
                List.of());
    }

    /** Sets the description, at most 4,000 characters. */
    public CatalogueProvider description(@Nullable String text) {
        return with("description", text == null ? null : Check.text("description", text));
    }

    /** Sets the root of the API (http or https), at most 2,000 characters; null for the usual one of the type. */
    public CatalogueProvider baseUrl(@Nullable String url) {
        return with("base_url", url == null ? null : Check.text("base_url", url));
    }

    /** Sets the models, no two of them with one provider's model id. */
    public CatalogueProvider models(List<CatalogueModel> those) {
        List<CatalogueModel> copy = Check.list("models", those);
        ModelCatalogue.unique("provider_model_id", copy, CatalogueModel::providerModelId);
        return new CatalogueProvider(key, values, copy);
    }

    /** Identifies the provider in all editions. */
    public String key() {
        return key;
    }

    /** The display name. */
    public String name() {
        return Objects.requireNonNull(values.get("name"));
    }

    /** The API that it speaks. */
    public ProviderType type() {
        return Objects.requireNonNull(values.get("type"));
    }

    /** The description. */
    public Optional<String> description() {
        return Optional.ofNullable(values.get("description"));
    }

    /** The root of the API; empty for the usual one of the type. */
    public Optional<String> baseUrl() {
        return Optional.ofNullable(values.get("base_url"));
    }

    /** The models. */
    public List<CatalogueModel> models() {
        return models;
    }

    private CatalogueProvider with(String column, @Nullable Object value) {
        return new CatalogueProvider(key, values.withOptional(column, value), models);
    }

    ColumnValues values() {
        return values;
    }

    @Override
    public String toString() {
        return "CatalogueProvider[" + key + ", " + models.size() + " models]";
    }
}
