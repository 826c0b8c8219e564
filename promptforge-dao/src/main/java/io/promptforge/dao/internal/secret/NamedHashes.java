package io.promptforge.dao.internal.secret;

import io.promptforge.dao.error.MissingSecretException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Keyed hashes by secrets that have names, so that each stored value names its own: new values are made with the last secret, and those of
 * the others are still read until they are replaced. Immutable and thread-safe.
 *
 * @param hashes in the order in which they were added
 */
public record NamedHashes(List<Named> hashes) {
    /** None. */
    public static NamedHashes none() {
        return new NamedHashes(List.of());
    }

    /** These and a newer one, instead of one with its name. */
    public NamedHashes with(String name, byte[] secret) {
        List<Named> all = new ArrayList<>(hashes);
        all.removeIf(each -> each.name().equals(name));
        all.add(new Named(name, KeyedHash.by(secret)));
        return new NamedHashes(List.copyOf(all));
    }

    /** The name of the newest one. */
    public Optional<String> newest() {
        return hashes.isEmpty()
                ? Optional.empty()
                : Optional.of(hashes.get(hashes.size() - 1).name());
    }

    /**
     * The one with this name.
     *
     * @throws MissingSecretException if there is none
     */
    public KeyedHash get(String name) {
        return hashes.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new MissingSecretException(name))
                .hash();
    }

    /**
     * One of them.
     *
     * @param name its name
     * @param hash the hash by it
     */
    public record Named(String name, KeyedHash hash) {}
}
