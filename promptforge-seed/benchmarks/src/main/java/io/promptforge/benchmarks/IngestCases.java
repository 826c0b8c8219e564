package io.promptforge.benchmarks;

import io.promptforge.benchmarks.Case.Contender;
import io.promptforge.benchmarks.Case.Measure;
import io.promptforge.benchmarks.Case.Work;
import io.promptforge.dao.trace.NewTrace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** Traces with their spans, in batches: new ones, by one or more writers, and ones that are all stored already. */
final class IngestCases {
    static final String OURS = "PromptForge";

    /** Small batches are written several times a round, so that a round is more than a moment. */
    private static final int LEAST_SPANS = 2_000;

    private final Workspace workspace;
    private final Writers threads;
    private final List<Integer> batches;
    private final List<Integer> writers;

    /** Batches of so many spans, each size by so many writers. */
    IngestCases(Workspace workspace, Writers threads, List<Integer> batches, List<Integer> writers) {
        this.workspace = workspace;
        this.threads = threads;
        this.batches = batches;
        this.writers = writers;
    }

    static String nameOfNew(int batch, int writers) {
        return "ingest " + Report.number(batch) + " spans, " + writers + (writers == 1 ? " writer" : " writers");
    }

    Stream<Case> ofNew() {
        return batches.stream().flatMap(batch -> writers.stream().map(count -> ofNew(batch, count)));
    }

    Stream<Case> replay() {
        return Stream.of(ofKnown(1_000));
    }

    /** Has all write the same traces, and makes sure that the same rows are there afterwards. */
    void requireSameRows() throws Exception {
        List<TraceRow> batch = workspace.news().ofSpans(1_000);
        workspace.traces().write(batch);
        List<String> expected = workspace.traces().fingerprints(ids(batch));
        for (Map.Entry<String, Writing> way : ways().entrySet()) {
            workspace.traces().remove(ids(batch));
            way.getValue().write(batch);
            List<String> written = workspace.traces().fingerprints(ids(batch));
            List<String> wrong = written.stream()
                    .filter(column -> !expected.contains(column))
                    .toList();
            if (!wrong.isEmpty()) {
                throw new IllegalStateException(way.getKey() + " writes other values than COPY in " + wrong);
            }
        }
        workspace.traces().remove(ids(batch));
    }

    /** The ways to write new traces, COPY first. */
    private Map<String, Writing> ways() {
        Map<String, Writing> ways = new LinkedHashMap<>();
        for (Rival rival : workspace.rivals()) {
            ways.put(rival.name(), traces -> rival.write(RowMaker.tables(traces)));
            ways.putIfAbsent(OURS, this::record);
        }
        return ways;
    }

    private Case ofNew(int batch, int count) {
        List<UUID> written = new ArrayList<>();
        List<Contender> contenders = new ArrayList<>();
        ways().forEach((name, way) -> contenders.add(new Contender(name, () -> {
            if (written.size() > mostWritten() / 10) {
                workspace.traces().remove(written);
                written.clear();
            }
            return round(batch, count, written, way);
        })));
        return new Case(nameOfNew(batch, count), Measure.RATE, contenders, () -> workspace
                .traces()
                .remove(written));
    }

    /** So many spans may be there beside those that are to be there, more or less. */
    private long mostWritten() {
        return Math.max(200_000, workspace.storedSpans() / 20);
    }

    /** The same batch again and again. */
    private Case ofKnown(int batch) {
        List<TraceRow> traces = workspace.news().ofSpans(batch);
        workspace.traces().write(traces);
        List<Contender> contenders = new ArrayList<>();
        for (Rival rival : workspace.rivals()) {
            contenders.add(new Contender(
                    rival.name(), () -> again(traces, known -> rival.write(RowMaker.tables(known), true, null))));
        }
        contenders.add(1, new Contender(OURS, () -> again(traces, this::record)));
        return new Case("replay " + Report.number(batch) + " spans", Measure.RATE, contenders, () -> workspace
                .traces()
                .remove(ids(traces)));
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
            threads.run(byWriter, own -> {
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
