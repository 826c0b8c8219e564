package io.promptforge.benchmarks;

import io.promptforge.benchmarks.Case.Contender;
import io.promptforge.benchmarks.Case.Measure;
import io.promptforge.dao.page.PageRequest;
import io.promptforge.dao.trace.TraceFilter;
import io.promptforge.dao.trace.TraceOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "growth",
        description =
                "Compares databases of one server and of clusters of Citus: ingest for many tenants, and what a tenant reads.",
        mixinStandardHelpOptions = true)
final class GrowthCommand implements Callable<Integer> {
    private static final int PAGE = 50;

    @Option(
            names = "--on",
            required = true,
            paramLabel = "NAME=URL",
            description =
                    "A database, as plain=jdbc:postgresql://host/database?user=...; repeated, the baseline first. Where the"
                            + " extension citus exists, the tables are distributed over its workers. The tables are dropped afterwards.")
    private Map<String, String> urls = new LinkedHashMap<>();

    @Option(names = "--tenants", defaultValue = "16", description = "Organizations. Default: ${DEFAULT-VALUE}.")
    private int tenants;

    @Option(
            names = "--spans",
            defaultValue = "200000",
            description = "How many spans are stored in each database before. Default: ${DEFAULT-VALUE}.")
    private int spans;

    @Option(
            names = "--writers",
            split = ",",
            defaultValue = "1,4",
            description = "How many threads write at the same time. Default: ${DEFAULT-VALUE}.")
    private List<Integer> writers = List.of();

    @Mixin
    private RoundOptions rounds = new RoundOptions();

    @Option(
            names = "--report",
            paramLabel = "FILE",
            defaultValue = "target/benchmark-growth.md",
            description = "A file for the tables. Default: ${DEFAULT-VALUE}.")
    private Path report = Path.of("benchmark-growth.md");

    @Override
    public Integer call() throws Exception {
        Map<String, GrowthSite> sites = new LinkedHashMap<>();
        try (ReportOutput output = ReportOutput.to(report)) {
            output.block("# Benchmark of growth\n\n" + Markdown.facts(MachineFacts.description()));
            for (Map.Entry<String, String> url : urls.entrySet()) {
                output.progress("Filling " + url.getKey());
                GrowthSite site = GrowthSite.open(url.getValue(), tenants, spans);
                sites.put(url.getKey(), site);
                output.block(url.getKey() + ":\n\n" + Markdown.facts(site.description()));
            }
            List<CaseOutcome> outcomes = new ArrayList<>();
            for (Case subject : cases(sites, writers)) {
                output.progress(subject.name());
                outcomes.add(rounds.harness().run(subject));
            }
            output.block(Markdown.of(outcomes));
        } finally {
            sites.values().forEach(GrowthSite::close);
        }
        return 0;
    }

    /** What is compared; each site is a contender. */
    static List<Case> cases(Map<String, GrowthSite> sites, List<Integer> writers) {
        List<Case> cases = new ArrayList<>();
        for (int threads : writers) {
            cases.add(of("ingest 100 spans, writers: " + threads, Measure.RATE, sites, site -> site.ingest(threads)));
        }
        cases.add(reads("list of " + PAGE + " traces", sites, tenant -> tenant.traces()
                .list(TraceFilter.all(), TraceOrder.NEWEST_FIRST, PageRequest.first(PAGE))));
        cases.add(reads("tree of 10 spans", sites, GrowthTenant::smallTree));
        cases.add(reads("tree of 300 spans", sites, GrowthTenant::largeTree));
        cases.add(reads("totals of all traces", sites, tenant -> tenant.traces().summary(TraceFilter.all())));
        return cases;
    }

    private static Case reads(String name, Map<String, GrowthSite> sites, GrowthSite.Read read) {
        return of(name, Measure.TIME, sites, site -> () -> site.readOfEach(read));
    }

    private static Case of(
            String name, Measure measure, Map<String, GrowthSite> sites, Function<GrowthSite, Case.Work> work) {
        List<Contender> contenders = new ArrayList<>();
        sites.forEach((site, database) -> contenders.add(new Contender(site, () -> work.apply(database))));
        return Case.of(name, measure, contenders, () -> {});
    }
}
