package io.promptforge.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import io.promptforge.benchmarks.Case.Work;
import io.promptforge.dao.PromptForge;
import io.promptforge.dao.PromptForgeSettings;
import io.promptforge.dao.trace.NewTrace;
import io.promptforge.schema.distribution.Distribution;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** One of the databases that are compared, on one server or distributed over the workers of a cluster, with its tenants. */
final class GrowthSite implements AutoCloseable {
    private static final int BATCH = 100;

    /** Enough that each of the writers meets each tenant. */
    private static final int BATCHES = 32;

    private static final int FILLED_BY = 1_000;

    private final BenchmarkDatabase database;
    private final String workers;
    private final List<GrowthTenant> tenants;
    private final WriterThreads threads = new WriterThreads();

    private GrowthSite(BenchmarkDatabase database, String workers, List<GrowthTenant> tenants) {
        this.database = database;
        this.workers = workers;
        this.tenants = tenants;
    }

    /** A read of a tenant. */
    interface Read {
        Object of(GrowthTenant tenant);
    }

    /** Creates the tables in a database, distributes them if it is one of a cluster, and fills them. */
    static GrowthSite open(String url, int tenants, int spans) {
        BenchmarkDatabase database = BenchmarkDatabase.at(url);
        database.migrate();
        HikariDataSource pool = database.pool(false);
        String workers = "none";
        if (!database.query("SELECT 1 FROM pg_extension WHERE extname = 'citus'")
                .isEmpty()) {
            Distribution.of(pool).schema(BenchmarkDatabase.SCHEMA).apply();
            workers = database.query("SELECT count(*) FROM pg_dist_node WHERE shouldhaveshards")
                    .get(0);
        }
        PromptForge forge =
                PromptForge.create(pool, PromptForgeSettings.defaults().schema(BenchmarkDatabase.SCHEMA));
        Instant now = Instant.now().truncatedTo(ChronoUnit.HOURS);
        List<GrowthTenant> made = IntStream.range(0, tenants)
                .mapToObj(number -> GrowthTenant.create(forge, number, now))
                .toList();
        made.forEach(tenant -> {
            tenant.storeTrees();
            for (long stored = 0; stored < spans / tenants; stored += FILLED_BY) {
                tenant.traces().record(tenant.next(FILLED_BY));
            }
        });
        database.tidy();
        return new GrowthSite(database, workers, made);
    }

    /** Batches for all tenants, spread over threads. */
    Work ingest(int writers) {
        List<List<Map.Entry<GrowthTenant, List<NewTrace>>>> byThread = Stream.generate(
                        () -> (List<Map.Entry<GrowthTenant, List<NewTrace>>>)
                                new ArrayList<Map.Entry<GrowthTenant, List<NewTrace>>>())
                .limit(writers)
                .toList();
        long spans = 0;
        for (int i = 0; i < BATCHES; i++) {
            GrowthTenant tenant = tenants.get(i % tenants.size());
            List<NewTrace> batch = tenant.next(BATCH);
            spans += batch.stream().mapToLong(trace -> trace.spans().size()).sum();
            byThread.get(i % writers).add(Map.entry(tenant, batch));
        }
        long all = spans;
        return () -> {
            threads.run(
                    byThread,
                    own -> own.forEach(batch -> batch.getKey().traces().record(batch.getValue())));
            return all;
        };
    }

    /** Reads of each tenant; returns the number of reads. */
    long readOfEach(Read read) {
        tenants.forEach(read::of);
        return tenants.size();
    }

    Map<String, String> description() {
        Map<String, String> facts = new LinkedHashMap<>(database.description());
        facts.put("Workers", workers);
        facts.put("Spans", database.query("SELECT count(*) FROM spans").get(0));
        return facts;
    }

    @Override
    public void close() {
        threads.close();
        database.close();
    }
}
