package io.promptforge.seed.volume;

import io.promptforge.dao.json.Json;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of a load, kept in the settings of its organization so that a later load continues this one.
 *
 * @param from the earliest start of a trace
 * @param until the time before which the last trace starts
 * @param spans the number of spans in that time
 */
record VolumeSettings(Instant from, Instant until, long spans) {
    private static final String MEMBER = "volume";

    /** Reads them from the settings of an organization; empty if there are none. */
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
