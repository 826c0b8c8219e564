package io.promptforge.benchmarks;

import io.promptforge.dao.PromptForge;
import io.promptforge.dao.Tenant;
import io.promptforge.dao.organization.NewOrganization;
import io.promptforge.dao.project.NewProject;
import io.promptforge.dao.trace.NewSpan;
import io.promptforge.dao.trace.NewTrace;
import io.promptforge.dao.trace.TraceRepository;
import io.promptforge.dao.trace.TraceTree;
import io.promptforge.seed.volume.VolumeSpec;
import io.promptforge.seed.volume.VolumeTraces;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A tenant of a {@link GrowthSite}, with the traces that are recorded for it. Its traces are equal at all sites but for their ids. */
final class GrowthTenant {
    private static final int SMALL = 10;
    private static final int LARGE = 300;

    private final Tenant tenant;
    private final VolumeTraces supply;
    private final UUID small = UUID.randomUUID();
    private final UUID large = UUID.randomUUID();
    private long next;

    private GrowthTenant(Tenant tenant, VolumeTraces supply) {
        this.tenant = tenant;
        this.supply = supply;
    }

    static GrowthTenant create(PromptForge forge, int number, Instant now) {
        Tenant tenant = forge.tenant(forge.organizations()
                .create(NewOrganization.of("Tenant " + number, "tenant-" + number))
                .id());
        InsertMaker.withModels(tenant, VolumeSpec.MODELS);
        UUID project = tenant.projects().create(NewProject.of("Calls")).id();
        VolumeSpec spec = VolumeSpec.of(List.of(project), now.minus(Duration.ofHours(1)), now, 100_000);
        return new GrowthTenant(tenant, new VolumeTraces(spec.withSeed(number)));
    }

    TraceRepository traces() {
        return tenant.traces();
    }

    void storeTrees() {
        tenant.traces().record(List.of(trace(small, SMALL), trace(large, LARGE)));
    }

    TraceTree smallTree() {
        return tenant.traces().tree(small).orElseThrow();
    }

    TraceTree largeTree() {
        return tenant.traces().tree(large).orElseThrow();
    }

    /** Traces that were not recorded yet, with about this number of spans. */
    synchronized List<NewTrace> next(int spans) {
        List<NewTrace> traces = new ArrayList<>();
        for (int missing = spans; missing > 0; missing -= supply.spans(next++)) {
            traces.add(supply.trace(next));
        }
        return traces;
    }

    private NewTrace trace(UUID id, int spans) {
        List<NewSpan> collected = new ArrayList<>();
        NewTrace first = supply.trace(next);
        while (collected.size() < spans) {
            collected.addAll(supply.trace(next++).spans());
        }
        return NewTrace.of(
                        id,
                        first.projectId(),
                        "tree of " + spans,
                        first.status(),
                        first.spans().get(0).startedAt())
                .spans(collected.subList(0, spans));
    }
}
