package io.promptforge.dao.model;

import io.promptforge.dao.internal.check.Check;
import io.promptforge.dao.internal.write.ColumnValues;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The columns of the fields of a model that have several: its capabilities and its prices. */
final class ModelColumns {
    private static final String INPUT_PRICE = "input_price_per_million";
    private static final String OUTPUT_PRICE = "output_price_per_million";
    private static final String CACHED_INPUT_PRICE = "cached_input_price_per_million";

    private ModelColumns() {}

    static String of(ModelCapability capability) {
        return "supports_" + capability.name().toLowerCase(Locale.ROOT);
    }

    static ColumnValues withCapabilities(ColumnValues values, Set<ModelCapability> capabilities) {
        Check.present("capabilities", capabilities).forEach(capability -> Check.present("capabilities", capability));
        ColumnValues more = values;
        for (ModelCapability capability : ModelCapability.values()) {
            more = more.with(of(capability), capabilities.contains(capability));
        }
        return more;
    }

    static Set<ModelCapability> capabilities(ColumnValues values) {
        EnumSet<ModelCapability> capabilities = EnumSet.allOf(ModelCapability.class);
        capabilities.removeIf(capability -> !Boolean.TRUE.equals(values.get(of(capability))));
        return Set.copyOf(capabilities);
    }

    static ColumnValues withPrices(ColumnValues values, ModelPrices prices) {
        Check.present("prices", prices);
        return values.with(INPUT_PRICE, prices.input().orElse(null))
                .with(OUTPUT_PRICE, prices.output().orElse(null))
                .with(CACHED_INPUT_PRICE, prices.cachedInput().orElse(null));
    }

    static ModelPrices prices(ColumnValues values) {
        return ModelPrices.unknown()
                .input(values.get(INPUT_PRICE))
                .output(values.get(OUTPUT_PRICE))
                .cachedInput(values.get(CACHED_INPUT_PRICE));
    }
}
