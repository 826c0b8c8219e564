package io.promptforge.dao.model;

import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.write.ColumnValues;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A model in a catalogue. Immutable and thread-safe; null for an optional field means that it has no value. A null or blank value is
 * refused with an {@link io.promptforge.dao.error.InvalidValueException} by the method that sets it; sizes and ranges are checked
 * when the catalogue is installed.
 */
public final class CatalogueModel extends Input<CatalogueModel> {
    private final ColumnValues values;
    private final ModelPrices prices;
    private final SortedMap<LocalDate, ModelPrices> laterPrices;

    private CatalogueModel(ColumnValues values, ModelPrices prices, SortedMap<LocalDate, ModelPrices> laterPrices) {
        super(List.of(values, prices, laterPrices));
        this.values = values;
        this.prices = prices;
        this.laterPrices = Collections.unmodifiableSortedMap(laterPrices);
    }

    /**
     * A model without capabilities and with unknown prices.
     *
     * @param providerModelId the name that the provider's API takes, which identifies the model in all editions
     * @param name the display name, 1 to 200 characters
     */
    public static CatalogueModel of(String providerModelId, String name) {
        return new CatalogueModel(
                        ColumnValues.none()
                                .with("provider_model_id", Check.text("provider_model_id", providerModelId))
                                .with("name", Check.text("name", name)),
                        ModelPrices.unknown(),
                        new TreeMap<>())
                .aliases(List.of())
                .capabilities(Set.of())
                .deprecated(false);
    }

    /** Sets the description, at most 4,000 characters. */
    public CatalogueModel description(@Nullable String text) {
        return with("description", text == null ? null : Check.text("description", text));
    }

    /**
     * Sets other names by which telemetry reports it, these and no others: at most 50. {@code *} stands for any characters, see
     * {@link ModelRepository#resolve}.
     */
    public CatalogueModel aliases(List<String> names) {
        return with("aliases", Check.texts("aliases", names));
    }

    /** Sets the capabilities, these and no others. */
    public CatalogueModel capabilities(Set<ModelCapability> capabilities) {
        return new CatalogueModel(ModelColumns.withCapabilities(values, capabilities), prices, laterPrices);
    }

    /** Sets the greatest number of input and output tokens together; null when it is unknown. */
    public CatalogueModel contextLength(@Nullable Integer tokens) {
        return with("context_length", tokens);
    }

    /** Sets the prices that hold before all {@linkplain #pricesFrom later ones}. */
    public CatalogueModel prices(ModelPrices prices) {
        return new CatalogueModel(values, Check.present("prices", prices), laterPrices);
    }

    /** Sets the prices that hold from this day (UTC) on, until others do. */
    public CatalogueModel pricesFrom(LocalDate day, ModelPrices prices) {
        SortedMap<LocalDate, ModelPrices> later = new TreeMap<>(laterPrices);
        later.put(Check.present("day", day), Check.present("prices", prices));
        return new CatalogueModel(values, this.prices, later);
    }

    /** Sets whether the provider has announced its end. */
    public CatalogueModel deprecated(boolean deprecated) {
        return with("deprecated", deprecated);
    }

    /** The name that the provider's API takes. */
    public String providerModelId() {
        return Objects.requireNonNull(values.get("provider_model_id"));
    }

    /** The display name. */
    public String name() {
        return Objects.requireNonNull(values.get("name"));
    }

    /** Other names by which telemetry reports it. */
    public List<String> aliases() {
        return Objects.requireNonNull(values.get("aliases"));
    }

    /** The description. */
    public Optional<String> description() {
        return Optional.ofNullable(values.get("description"));
    }

    /** The capabilities. */
    public Set<ModelCapability> capabilities() {
        return ModelColumns.capabilities(values);
    }

    /** The greatest number of input and output tokens together; empty when it is unknown. */
    public OptionalInt contextLength() {
        Integer tokens = values.get("context_length");
        return tokens == null ? OptionalInt.empty() : OptionalInt.of(tokens);
    }

    /** The prices that hold before all {@linkplain #laterPrices later ones}. */
    public ModelPrices prices() {
        return prices;
    }

    /** The prices that hold from a day (UTC) on, by that day. */
    public SortedMap<LocalDate, ModelPrices> laterPrices() {
        return laterPrices;
    }

    /** Whether the provider has announced its end. */
    public boolean deprecated() {
        return Boolean.TRUE.equals(values.get("deprecated"));
    }

    private CatalogueModel with(String column, @Nullable Object value) {
        return new CatalogueModel(values.withOptional(column, value), prices, laterPrices);
    }

    ColumnValues values() {
        return values;
    }

    @Override
    public String toString() {
        return "CatalogueModel[" + providerModelId() + "]";
    }
}
