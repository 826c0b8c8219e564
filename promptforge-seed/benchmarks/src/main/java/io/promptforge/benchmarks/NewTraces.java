package io.promptforge.benchmarks;

import io.promptforge.dao.trace.NewSpan;
import io.promptforge.dao.trace.NewTrace;
import io.promptforge.seed.volume.VolumeTraces;
import java.util.ArrayList;
import java.util.List;

/** Gives every trace of a volume to one taker only. */
final class NewTraces {
    /** So many traces are passed over where none fits in what a batch still lacks. */
    private static final int PATIENCE = 100;

    private final VolumeTraces traces;
    private final RowMaker rows;
    private long next;

    NewTraces(VolumeTraces traces, RowMaker rows) {
        this.traces = traces;
        this.rows = rows;
    }

    /** Traces of so many spans together; those that have too many for it are passed over. */
    List<TraceRow> ofSpans(int spans) {
        List<TraceRow> batch = new ArrayList<>();
        int missing = spans;
        for (int passedOver = 0; missing > 0 && passedOver < PATIENCE; next++) {
            if (traces.spans(next) <= missing) {
                missing -= traces.spans(next);
                batch.add(rows.row(traces.trace(next)));
            } else {
                passedOver++;
            }
        }
        return batch;
    }

    /** One trace of exactly so many spans: those of several traces. */
    TraceRow one(int spans) {
        NewTrace first = traces.trace(next++);
        List<NewSpan> collected = new ArrayList<>(first.spans());
        while (collected.size() < spans) {
            collected.addAll(traces.trace(next++).spans());
        }
        return rows.row(NewTrace.of(
                        first.id(),
                        first.projectId(),
                        "trace of " + spans + " spans",
                        first.status(),
                        first.spans().get(0).startedAt())
                .spans(collected.subList(0, spans)));
    }
}
