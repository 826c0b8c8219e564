package io.promptforge.seed.volume;

import io.promptforge.dao.trace.NewTrace;
import java.util.Objects;
import java.util.UUID;

/**
 * Lifelike traces in any number, each identified by its index. A trace depends only on the spec and the index, so that threads can
 * share the work by dividing the indexes. Starts do not decrease with the index.
 *
 * <p>Traces are trees of depth 5 at most, of agents, chains, retrievals, tools and model calls; most are short, a few have
 * hundreds of spans, all have ended, and 3 in 100 failed. No model id is given, and mostly no cost: recording finds both by the
 * model's name, where the organization has registered it. In 30 of 100 traces agents repeat the usage of the calls below
 * them, in 8 the root was called by another service, in 5 the calls report their cost, and 2 are corrections.
 *
 * <p>Thread-safe and immutable; does not touch a database.
 */
public final class VolumeTraces {
    private final VolumeSpec spec;

    /** The traces of a spec. */
    public VolumeTraces(VolumeSpec spec) {
        this.spec = Objects.requireNonNull(spec);
    }

    /** The spec. */
    public VolumeSpec spec() {
        return spec;
    }

    /**
     * A trace with all its spans, parents before their children.
     *
     * @param index 0 or more; from {@link VolumeSpec#traces()} on it starts after {@link VolumeSpec#until()}
     */
    public NewTrace trace(long index) {
        return TraceTexts.write(plan(index), spec.seed(), index);
    }

    /** The number of spans of a trace; some thousand times cheaper than making the trace. */
    public int spans(long index) {
        return TracePlan.spans(spec, Objects.checkIndex(index, Long.MAX_VALUE));
    }

    /** The id of a trace; as cheap as {@link #spans}. */
    public UUID id(long index) {
        return TracePlan.id(spec, Objects.checkIndex(index, Long.MAX_VALUE));
    }

    TraceTraits traits(long index) {
        return TraceTraits.of(spec, index);
    }

    TracePlan plan(long index) {
        return TracePlan.of(spec, Objects.checkIndex(index, Long.MAX_VALUE));
    }
}
