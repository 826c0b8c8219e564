package io.promptforge.benchmarks;

import io.promptforge.benchmarks.Case.Check;
import io.promptforge.benchmarks.Case.Contender;
import io.promptforge.benchmarks.Case.Measure;
import io.promptforge.benchmarks.CaseFamily.Cases;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Traces with their spans that are stored already, written again. */
record ReplayCases(Workspace workspace) implements Cases {
    private static final int BATCH = 1_000;

    @Override
    public Stream<Case> cases() {
        return Stream.of(BATCH).map(this::of);
    }

    private Case of(int measured) {
        int batch = workspace.scale().rows(measured);
        List<TraceInsert> traces = workspace.supply().ofSpans(batch);
        List<UUID> ids = TraceInsert.ids(traces);
        store(traces);
        List<Contender> contenders = workspace.traceWriters(true).stream()
                .map(writer -> new Contender(writer.name(), () -> () -> {
                    writer.write(traces);
                    return TraceInsert.spans(traces);
                }))
                .toList();
        Check unchanged = Check.ofStates(contenders, () -> workspace.traces().fingerprints(ids));
        return Case.of("replay " + Markdown.number(batch) + " spans", Measure.RATE, contenders, unchanged)
                .promising("COPY", 1.2)
                .afterwards(() -> workspace.traces().remove(ids));
    }

    /** Stores them by PromptForge, which notes what makes it recognise them. */
    private void store(List<TraceInsert> traces) {
        workspace
                .tenant()
                .traces()
                .record(traces.stream().map(TraceInsert::given).toList());
    }
}
