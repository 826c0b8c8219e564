package io.promptforge.dao.model;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * What the installation of a catalogue did.
 *
 * @param edition the edition of the catalogue
 * @param providers what it did with the providers
 * @param models what it did with the models
 */
public record CatalogueResult(LocalDate edition, Effect providers, Effect models) {
    /**
     * What it did with the rows of one kind. One that is in none of the lists was as the catalogue says already; one that
     * the organization edited in part may be both updated and kept.
     *
     * @param added the ids of those that were not there
     * @param updated the ids of those in which it changed something
     * @param kept the ids of those in which something stays as it is, whatever the catalogue says, because the
     *     organization edited it, or made all of it itself
     */
    public record Effect(List<UUID> added, List<UUID> updated, List<UUID> kept) {
        /** Keeps copies of the lists. */
        public Effect {
            added = List.copyOf(added);
            updated = List.copyOf(updated);
            kept = List.copyOf(kept);
        }
    }
}
