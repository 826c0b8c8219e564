package io.promptforge.dao.model;

import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * What an installation of a catalogue changed.
 *
 * @param edition the edition of the catalogue
 * @param providers the changes of providers
 * @param models the changes of models
 */
public record CatalogueResult(LocalDate edition, Effect providers, Effect models) {
    /**
     * The changes of the rows of one kind. A row in none of the lists had the values of the catalogue already; one that the
     * organization edited in part may be both updated and kept.
     *
     * @param added the ids of the rows that were created
     * @param updated the ids of the rows with a value that was set to that of the catalogue
     * @param kept the ids of the rows with a value that differs from the catalogue, because the organization edited it or created the
     *     row itself
     */
    public record Effect(List<UUID> added, List<UUID> updated, List<UUID> kept) {
        /** Copies the lists. */
        public Effect {
            added = List.copyOf(added);
            updated = List.copyOf(updated);
            kept = List.copyOf(kept);
        }
    }
}
