package io.promptforge.dao.model;

import io.promptforge.dao.internal.check.Check;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Which models of a tenant are wanted; all conditions together.
 *
 * @param providerId those of this provider
 * @param active those that are active, or those that are not
 * @param deprecated those whose end the provider has announced, or the others
 * @param capabilities those that can do all of this
 * @param text those with this text in the name or the provider's model id, in any letter case
 */
public record ModelFilter(
        Optional<UUID> providerId,
        Optional<Boolean> active,
        Optional<Boolean> deprecated,
        List<ModelCapability> capabilities,
        Optional<String> text) {
    /** Checks that nothing is null. The capabilities are sorted, so that equal filters read the same in every JVM. */
    public ModelFilter {
        Check.present("provider_id", providerId);
        Check.present("active", active);
        Check.present("deprecated", deprecated);
        capabilities = Check.choices("capability", capabilities);
        Check.present("text", text).ifPresent(part -> Check.optionalText("text", part));
    }

    /** All of them. */
    public static ModelFilter all() {
        return new ModelFilter(Optional.empty(), Optional.empty(), Optional.empty(), List.of(), Optional.empty());
    }

    /** Those of a provider. */
    public static ModelFilter ofProvider(UUID providerId) {
        return new ModelFilter(
                Optional.of(Check.present("provider_id", providerId)),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty());
    }

    /** Those of them that are active, or those that are not. */
    public ModelFilter withActive(boolean wanted) {
        return new ModelFilter(providerId, Optional.of(wanted), deprecated, capabilities, text);
    }

    /** Those of them whose end the provider has announced, or the others. */
    public ModelFilter withDeprecated(boolean wanted) {
        return new ModelFilter(providerId, active, Optional.of(wanted), capabilities, text);
    }

    /** Those of them that can do all of this, and perhaps more. */
    public ModelFilter withCapabilities(ModelCapability... wanted) {
        return new ModelFilter(
                providerId, active, deprecated, Arrays.asList(Check.present("capabilities", wanted)), text);
    }

    /** Those of them with this text in the name or the provider's model id, in any letter case. */
    public ModelFilter withText(String part) {
        return new ModelFilter(providerId, active, deprecated, capabilities, Optional.of(Check.present("text", part)));
    }
}
