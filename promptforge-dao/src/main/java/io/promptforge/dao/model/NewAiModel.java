package io.promptforge.dao.model;

import io.promptforge.dao.input.Input;
import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.write.ColumnValues;
import io.promptforge.dao.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A model to be created. Immutable and thread-safe; null for an optional field means that it has no value. A value that is not
 * accepted is refused with an {@link io.promptforge.dao.error.InvalidValueException} by the method that sets it, or by the
 * database.
 */
public final class NewAiModel extends Input<NewAiModel> {
    private final ColumnValues values;
    private final ModelPrices prices;

    private NewAiModel(ColumnValues values, ModelPrices prices) {
        super(prices.isUnknown() ? values : values.with("prices", prices));
        this.values = values;
        this.prices = prices;
    }

    /**
     * An active model without capabilities and with unknown prices.
     *
     * @param providerId the provider that runs it
     * @param name the display name, 1 to 200 characters
     * @param providerModelId the name that the provider's API takes, unique per provider, 1 to 200 characters
     */
    public static NewAiModel of(UUID providerId, String name, String providerModelId) {
        return new NewAiModel(
                ColumnValues.none()
                        .with("provider_id", Check.present("provider_id", providerId))
                        .with("name", Check.text("name", name))
                        .with("provider_model_id", Check.text("provider_model_id", providerModelId)),
                ModelPrices.unknown());
    }

    /** Sets the description, at most 4,000 characters. */
    public NewAiModel description(@Nullable String text) {
        return with("description", Check.optionalText("description", text));
    }

    /**
     * Sets other names by which telemetry reports it, these and no others: at most 50. {@code *} stands for any characters, see
     * {@link ModelRepository#resolve}.
     */
    public NewAiModel aliases(List<String> names) {
        return with("aliases", Check.texts("aliases", names));
    }

    /** Sets the capabilities, these and no others. */
    public NewAiModel capabilities(Set<ModelCapability> capabilities) {
        return new NewAiModel(ModelColumns.withCapabilities(values, capabilities), prices);
    }

    /** Sets the greatest number of input and output tokens together, at least 1; null when it is unknown. */
    public NewAiModel contextLength(@Nullable Integer tokens) {
        return with("context_length", tokens);
    }

    /** Sets the prices, which hold {@linkplain NewPriceList#always for all time} before those that are set later. */
    public NewAiModel prices(ModelPrices prices) {
        return new NewAiModel(values, Check.present("prices", prices));
    }

    /** Sets the request parameters where a prompt has none, a JSON object of at most 64 KiB. */
    public NewAiModel defaultParameters(Json object) {
        return with("default_parameters", Check.present("default_parameters", object));
    }

    private NewAiModel with(String column, @Nullable Object value) {
        return new NewAiModel(values.withOptional(column, value), prices);
    }

    ColumnValues values() {
        return values;
    }

    /** The first price list; empty if no price is known. */
    Optional<NewPriceList> priceList() {
        return prices.isUnknown() ? Optional.empty() : Optional.of(NewPriceList.always(prices));
    }
}
