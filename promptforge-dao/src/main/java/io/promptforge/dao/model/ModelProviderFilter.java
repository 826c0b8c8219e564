package io.promptforge.dao.model;

import io.promptforge.dao.internal.check.Check;
import io.promptforge.schema.type.ProviderType;
import java.util.Optional;

/**
 * Which providers of a tenant are wanted; all conditions together.
 *
 * @param type those that speak this API
 * @param active those that are active, or those that are not
 * @param text those with this text in the name or the description, in any letter case
 */
public record ModelProviderFilter(Optional<ProviderType> type, Optional<Boolean> active, Optional<String> text) {
    /** Checks that nothing is null. */
    public ModelProviderFilter {
        Check.present("type", type);
        Check.present("active", active);
        Check.present("text", text).ifPresent(part -> Check.optionalText("text", part));
    }

    /** All of them. */
    public static ModelProviderFilter all() {
        return new ModelProviderFilter(Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Those of them that speak this API. */
    public ModelProviderFilter withType(ProviderType wanted) {
        return new ModelProviderFilter(Optional.of(Check.present("type", wanted)), active, text);
    }

    /** Those of them that are active, or those that are not. */
    public ModelProviderFilter withActive(boolean wanted) {
        return new ModelProviderFilter(type, Optional.of(wanted), text);
    }

    /** Those of them with this text in the name or the description, in any letter case. */
    public ModelProviderFilter withText(String part) {
        return new ModelProviderFilter(type, active, Optional.of(Check.present("text", part)));
    }
}
