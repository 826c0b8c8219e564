package io.promptforge.benchmarks;

import io.promptforge.benchmarks.Case.Check;
import io.promptforge.benchmarks.Case.Contender;
import io.promptforge.benchmarks.Case.Measure;
import io.promptforge.benchmarks.Case.Work;
import io.promptforge.benchmarks.CaseFamily.Cases;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** New traces with their spans, in batches, written by one or more threads. */
record IngestCases(Workspace workspace) implements Cases {
    /** The least number of spans in a round: small batches are written several times. */
    private static final int LEAST_SPANS = 2_000;

    /** The rows a second to reach, as a share of COPY's, by the size of batch. */
    private static final Map<Integer, Double> TARGETS = Map.of(10, 1.0, 100, 0.95, 1_000, 0.9);

    static String name(int batch, int writers) {
        return "ingest " + Markdown.number(batch) + " spans, " + writers + (writers == 1 ? " writer" : " writers");
    }

    /** Requires that all contenders store equal rows; not part of each case, because deleting them again takes long. */
    @Override
    public void prepare() throws Exception {
        List<TraceInsert> batch = workspace.supply().ofSpans(workspace.scale().rows(1_000));
        List<Contender> contenders = workspace.traceWriters(false).stream()
                .map(writer -> new Contender(writer.name(), () -> {
                    workspace.traces().remove(TraceInsert.ids(batch));
                    return () -> write(writer, batch);
                }))
                .toList();
        Check.ofStates(contenders, () -> workspace.traces().fingerprints(TraceInsert.ids(batch)))
                .requireEqualResults();
        workspace.traces().remove(TraceInsert.ids(batch));
    }

    @Override
    public Stream<Case> cases() {
        return workspace.scale().batches().stream()
                .flatMap(batch -> workspace.scale().writers().stream().map(writers -> of(batch, writers)));
    }

    private Case of(int batch, int writers) {
        List<UUID> written = new ArrayList<>();
        List<Contender> contenders = workspace.traceWriters(false).stream()
                .map(writer -> new Contender(writer.name(), () -> {
                    if (written.size() > mostWritten() / 10) {
                        workspace.traces().remove(written);
                        written.clear();
                    }
                    return round(batch, writers, written, writer);
                }))
                .toList();
        Case all = Case.of(name(batch, writers), Measure.RATE, contenders, () -> {})
                .afterwards(() -> workspace.traces().remove(written));
        Double target = TARGETS.get(batch);
        return target == null ? all : all.promising("COPY", target);
    }

    /** The greatest number of spans that a case adds to the stored ones, approximately. */
    private long mostWritten() {
        return Math.max(200_000, workspace.storedSpans() / 20);
    }

    private Work round(int batch, int writers, List<UUID> written, TraceWriter writer) {
        int batches = workspace.scale().calls(Math.max(1, LEAST_SPANS / batch));
        List<List<List<TraceInsert>>> byThread = new ArrayList<>();
        for (int thread = 0; thread < writers; thread++) {
            List<List<TraceInsert>> own = new ArrayList<>();
            for (int i = 0; i < batches; i++) {
                own.add(workspace.supply().ofSpans(batch));
            }
            own.forEach(traces -> written.addAll(TraceInsert.ids(traces)));
            byThread.add(own);
        }
        return () -> {
            workspace.threads().run(byThread, own -> {
                for (List<TraceInsert> traces : own) {
                    writer.write(traces);
                }
            });
            return byThread.stream()
                    .flatMap(List::stream)
                    .mapToLong(TraceInsert::spans)
                    .sum();
        };
    }

    private static long write(TraceWriter writer, List<TraceInsert> traces) throws Exception {
        writer.write(traces);
        return TraceInsert.spans(traces);
    }
}
