package io.promptforge.dao.maintenance;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Goes on from a given moment, whatever happens to the clock of the system. */
final class ElapsingClock extends Clock {
    private final Instant beginning;
    private final ZoneId zone;
    private final long start;

    private ElapsingClock(Instant beginning, ZoneId zone, long start) {
        this.beginning = beginning;
        this.zone = zone;
        this.start = start;
    }

    /** A clock that shows this time now. */
    static Clock from(Instant now) {
        return new ElapsingClock(now, ZoneOffset.UTC, System.nanoTime());
    }

    @Override
    public Instant instant() {
        return beginning.plusNanos(System.nanoTime() - start);
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new ElapsingClock(beginning, other, start);
    }
}
