package io.promptforge.seed.volume;

import io.promptforge.dao.json.Json;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What the organization keeps in its settings, so that a later load goes on with the same rows.
 *
 * @param from when the first trace starts, at the earliest
 * @param until when the last has started
 * @param spans how many spans that time holds
 */
record VolumeSettings(Instant from, Instant until, long spans) {
    private static final String MEMBER = "volume";

    /** The ones that an organization has; empty where it has none. */
    static Optional<VolumeSettings> read(Json settings) {
        if (settings.toJava() instanceof Map<?, ?> all
                && all.get(MEMBER) instanceof Map<?, ?> volume
                && volume.get("spans") instanceof Number spans) {
            return Optional.of(new VolumeSettings(
                    Instant.parse(String.valueOf(volume.get("from"))),
                    Instant.parse(String.valueOf(volume.get("until"))),
                    spans.longValue()));
        }
        return Optional.empty();
    }

    Json json() {
        return Json.of(Map.of(MEMBER, Map.of("from", from.toString(), "until", until.toString(), "spans", spans)));
    }

    @Override
    public String toString() {
        return spans + " spans from " + from + " until " + until;
    }
}
