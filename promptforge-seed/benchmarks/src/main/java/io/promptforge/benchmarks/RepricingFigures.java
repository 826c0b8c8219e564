package io.promptforge.benchmarks;

import io.promptforge.dao.PromptForge;
import io.promptforge.dao.Tenant;
import io.promptforge.dao.model.AiModel;
import io.promptforge.dao.model.ModelFilter;
import io.promptforge.dao.model.ModelOrder;
import io.promptforge.dao.model.ModelPrices;
import io.promptforge.dao.model.NewPriceList;
import io.promptforge.dao.organization.NewOrganization;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.project.NewProject;
import io.promptforge.dao.repricing.Repricing;
import io.promptforge.dao.repricing.RepricingScope;
import io.promptforge.dao.trace.NewTrace;
import io.promptforge.seed.volume.VolumeSpec;
import io.promptforge.seed.volume.VolumeTraces;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * The repricing of all spans of a tenant of its own, after the price of each model has changed, beside recording them by one thread in
 * batches. The spans are changed once, so there are no rounds.
 *
 * @param database the database
 * @param forge its tenants
 */
record RepricingFigures(BenchmarkDatabase database, PromptForge forge) {
    private static final int BATCH = 1_000;
    private static final long MOST_TRACES = 1_000_000;

    /** A table of the steps, compared with the ingest. */
    String table(long spans) {
        Tenant tenant = forge.tenant(forge.organizations()
                .create(NewOrganization.of("Repricing", "repricing"))
                .id());
        TraceSupply supply = supply(tenant);
        long recorded = 0;
        long recording = 0;
        while (recorded < spans) {
            List<TraceInsert> batch = supply.ofSpans(BATCH);
            List<NewTrace> traces = batch.stream().map(TraceInsert::given).toList();
            recording += nanos(() -> tenant.traces().record(traces));
            recorded += TraceInsert.spans(batch);
        }
        database.tidy();
        Instant before = Instant.now().minus(Duration.ofDays(365));
        for (AiModel model : tenant.models()
                .list(ModelFilter.all(), ModelOrder.BY_NAME, PageRequest.first())
                .items()) {
            tenant.models().setPrices(model.id(), NewPriceList.of(before, ModelPrices.perMillion("3", "12")));
        }
        RepricingScope scope = RepricingScope.all();
        List<Repricing> done = new ArrayList<>();
        long previewing = nanos(() -> tenant.repricings().preview(scope));
        long repricing = nanos(() -> done.add(tenant.repricings().start(scope)));
        long undoing = nanos(() -> tenant.repricings().undo(done.get(0).id()));
        return Markdown.table(List.of(
                List.of("Step", "Spans", "Spans a second", "Ingest = 1"),
                line("ingest, 1 writer, batches of " + Markdown.number(BATCH), recorded, recording, recording),
                line("preview", recorded, previewing, recording),
                line("reprice, which changes " + Markdown.number(done.get(0).spans()), recorded, repricing, recording),
                line("undo", recorded, undoing, recording)));
    }

    private static TraceSupply supply(Tenant tenant) {
        UUID project = tenant.projects().create(NewProject.of("Repricing")).id();
        Instant now = Instant.now();
        VolumeSpec spec = VolumeSpec.of(List.of(project), now, now.plus(Duration.ofHours(1)), MOST_TRACES);
        return new TraceSupply(new VolumeTraces(spec), InsertMaker.withModels(tenant, VolumeSpec.MODELS));
    }

    private static List<String> line(String step, long spans, long nanos, long ingestNanos) {
        return List.of(
                step,
                Markdown.number(spans),
                Markdown.number(Math.round(spans * 1e9 / nanos)),
                String.format(Locale.ROOT, "%.2f", (double) ingestNanos / nanos));
    }

    private static long nanos(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return System.nanoTime() - start;
    }
}
