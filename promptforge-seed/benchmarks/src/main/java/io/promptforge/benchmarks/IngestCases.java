package io.promptforge.benchmarks;

import io.promptforge.benchmarks.Case.Contender;
import io.promptforge.benchmarks.Case.Measure;
import io.promptforge.benchmarks.Case.Work;
import io.promptforge.dao.trace.NewTrace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Traces with their spans, in batches: new ones, by one or more writers, and ones that are all stored already. */
final class IngestCases {
    static final String OURS = "PromptForge";

    private static final List<Integer> BATCHES = List.of(10, 100, 1_000, 10_000);
    private static final List<Integer> WRITERS = List.of(1, 4);

    /** Small batches are written several times a round, so that a round is more than a moment. */
    private static final int LEAST_SPANS = 2_000;

    private final Workspace workspace;
    private final Writers writers;

    IngestCases(Workspace workspace, Writers writers) {
        this.workspace = workspace;
        this.writers = writers;
    }

    static String nameOfNew(int batch, int writers) {
        return "ingest " + Report.number(batch) + " spans, " + writers + (writers == 1 ? " writer" : " writers");
    }

    Stream<Case> ofNew() {
        return BATCHES.stream().flatMap(batch -> WRITERS.stream().map(count -> ofNew(batch, count)));
    }

    Stream<Case> replay() {
        return Stream.of(ofKnown(1_000));
    }

    private Case ofNew(int batch, int count) {
        List<UUID> written = Collections.synchronizedList(new ArrayList<>());
        List<Contender> contenders = new ArrayList<>();
        for (Rival rival : workspace.rivals()) {
            contenders.add(new Contender(
                    rival.name(), () -> round(batch, count, written, traces -> rival.write(RowMaker.tables(traces)))));
        }
        contenders.add(1, new Contender(OURS, () -> round(batch, count, written, this::record)));
        return new Case(nameOfNew(batch, count), Measure.RATE, contenders, () -> workspace.remove(written));
    }

    /** The same batch again and again. */
    private Case ofKnown(int batch) {
        List<TraceRow> traces = workspace.news().ofSpans(batch);
        workspace.write(traces);
        List<Contender> contenders = new ArrayList<>();
        for (Rival rival : workspace.rivals()) {
            contenders.add(new Contender(
                    rival.name(), () -> again(traces, known -> rival.write(RowMaker.tables(known), true, null))));
        }
        contenders.add(1, new Contender(OURS, () -> again(traces, this::record)));
        return new Case(
                "replay " + Report.number(batch) + " spans",
                Measure.RATE,
                contenders,
                () -> workspace.remove(ids(traces)));
    }

    private Work round(int batch, int count, List<UUID> written, Writing way) {
        int batches = Math.max(1, LEAST_SPANS / batch);
        List<List<List<TraceRow>>> byWriter = new ArrayList<>();
        for (int writer = 0; writer < count; writer++) {
            List<List<TraceRow>> own = new ArrayList<>();
            for (int i = 0; i < batches; i++) {
                own.add(workspace.news().ofSpans(batch));
            }
            own.forEach(traces -> written.addAll(ids(traces)));
            byWriter.add(own);
        }
        return () -> {
            writers.run(byWriter, own -> {
                for (List<TraceRow> traces : own) {
                    way.write(traces);
                }
            });
            return byWriter.stream()
                    .flatMap(List::stream)
                    .mapToLong(IngestCases::spans)
                    .sum();
        };
    }

    private static Work again(List<TraceRow> traces, Writing way) {
        return () -> {
            way.write(traces);
            return spans(traces);
        };
    }

    private void record(List<TraceRow> traces) {
        List<NewTrace> given = traces.stream().map(TraceRow::given).toList();
        workspace.tenant().traces().record(given);
    }

    private static List<UUID> ids(List<TraceRow> traces) {
        return traces.stream().map(trace -> trace.given().id()).toList();
    }

    private static long spans(List<TraceRow> traces) {
        return traces.stream().mapToLong(trace -> trace.spans().size()).sum();
    }

    private interface Writing {
        void write(List<TraceRow> traces) throws Exception;
    }
}
