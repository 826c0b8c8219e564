package io.promptforge.benchmarks;

import io.promptforge.dao.trace.NewSpan;
import io.promptforge.dao.trace.NewTrace;
import io.promptforge.seed.volume.VolumeTraces;
import java.util.ArrayList;
import java.util.List;

/** Hands out the traces of generated volume data, each of them once. For one thread. */
final class TraceSupply {
    /** The number of traces that are skipped, because they are too long, before a batch stays short. */
    private static final int MOST_SKIPPED = 100;

    private final VolumeTraces traces;
    private final InsertMaker rows;
    private long next;

    TraceSupply(VolumeTraces traces, InsertMaker rows) {
        this.traces = traces;
        this.rows = rows;
    }

    /** Traces with this number of spans in all; longer traces are skipped. */
    List<TraceInsert> ofSpans(int spans) {
        List<TraceInsert> batch = new ArrayList<>();
        int missing = spans;
        for (int skipped = 0; missing > 0 && skipped < MOST_SKIPPED; next++) {
            if (traces.spans(next) <= missing) {
                missing -= traces.spans(next);
                batch.add(rows.row(traces.trace(next)));
            } else {
                skipped++;
            }
        }
        return batch;
    }

    /** The name of a trace that {@link #one} makes. */
    static String name(int spans) {
        return "trace of " + spans + " spans";
    }

    /** A trace of exactly this number of spans, taken from several traces. */
    TraceInsert one(int spans) {
        NewTrace first = traces.trace(next++);
        List<NewSpan> collected = new ArrayList<>(first.spans());
        while (collected.size() < spans) {
            collected.addAll(traces.trace(next++).spans());
        }
        return rows.row(NewTrace.of(
                        first.id(),
                        first.projectId(),
                        name(spans),
                        first.status(),
                        first.spans().get(0).startedAt())
                .spans(collected.subList(0, spans)));
    }
}
