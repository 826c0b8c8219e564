package io.promptforge.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import io.promptforge.dao.PromptForge;
import io.promptforge.dao.PromptForgeSettings;
import io.promptforge.dao.Tenant;
import io.promptforge.dao.organization.NewOrganization;
import io.promptforge.dao.project.NewProject;
import io.promptforge.seed.volume.VolumeSpec;
import io.promptforge.seed.volume.VolumeTraces;
import jakarta.persistence.EntityManagerFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;

/**
 * The rows that the cases read and write, all of one tenant, and the ways to do so. What is expensive to make and not needed by
 * every case is made on first use.
 */
final class Workspace implements AutoCloseable {
    private static final Duration HISTORY = Duration.ofDays(90);
    private static final int SPANS_PER_TRACE = 10;
    private static final int LOADERS = 3;
    private static final int CHUNK = 200;
    private static final long SEED_OF_SUPPLY = -1;

    private final BenchmarkDatabase database;
    private final Scale scale;
    private final PromptForge forge;
    private final Tenant tenant;
    private final UUID projectId;
    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final WriterThreads threads = new WriterThreads();
    private final Lazy<Tenant> confined;
    private final Lazy<HikariDataSource> rewriting;
    private final Lazy<EntityManagerFactory> hibernate;
    private final Lazy<List<RowWriter>> rowWriters;
    private final Lazy<InsertMaker> inserts;
    private final Lazy<TraceSupply> supply;
    private final Lazy<TraceTables> traces;
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.HOURS);
    private final AtomicLong storedSpans = new AtomicLong();
    private final AtomicLong loads = new AtomicLong();

    private Workspace(
            BenchmarkDatabase database,
            Scale scale,
            HikariDataSource pool,
            PromptForge forge,
            UUID organizationId,
            UUID projectId) {
        this.database = database;
        this.scale = scale;
        this.pool = pool;
        this.forge = forge;
        this.tenant = forge.tenant(organizationId);
        this.projectId = projectId;
        jdbi = Jdbi.create(pool).installPlugin(new PostgresPlugin());
        confined = new Lazy<>(() -> forge(database.confinedPool()).tenant(organizationId));
        rewriting = new Lazy<>(() -> database.pool(true));
        hibernate = new Lazy<>(() -> HibernateBatch.factory(rewriting.get()));
        rowWriters = new Lazy<>(this::makeRowWriters);
        inserts = new Lazy<>(() -> InsertMaker.withModels(tenant, VolumeSpec.MODELS));
        supply = new Lazy<>(this::makeSupply);
        traces = new Lazy<>(
                () -> new TraceTables(database, organizationId, rowWriters().get(0)));
    }

    /** Migrates a database and creates the tenant. */
    static Workspace create(BenchmarkDatabase database, Scale scale) {
        database.migrate();
        HikariDataSource pool = database.pool(false);
        PromptForge forge = forge(pool);
        UUID organizationId = forge.organizations()
                .create(NewOrganization.of("Benchmark", "benchmark"))
                .id();
        UUID projectId = forge.tenant(organizationId)
                .projects()
                .create(NewProject.of("Benchmark"))
                .id();
        Workspace workspace = new Workspace(database, scale, pool, forge, organizationId, projectId);
        workspace.begin();
        return workspace;
    }

    /** The workspace that another JVM has created; for reading. */
    static Workspace existing(BenchmarkDatabase database, Scale scale) {
        HikariDataSource pool = database.pool(false);
        return new Workspace(
                database,
                scale,
                pool,
                forge(pool),
                UUID.fromString(database.query("SELECT id FROM organizations").get(0)),
                UUID.fromString(database.query("SELECT id FROM projects").get(0)));
    }

    private static PromptForge forge(DataSource dataSource) {
        return PromptForge.create(dataSource, PromptForgeSettings.defaults().schema(BenchmarkDatabase.SCHEMA));
    }

    /** Writes the first rows: with statistics, the server plans the checks of foreign keys for tables that have rows. */
    private void begin() {
        makePartitions(now.minus(HISTORY), 4);
        traces().write(supply().ofSpans(scale.rows(1_000)));
        database.execute("ANALYZE");
    }

    private List<RowWriter> makeRowWriters() {
        return List.of(
                new CopyBatch(pool),
                new JdbcBatch(rewriting.get()),
                new HibernateBatch("Hibernate", HibernateBatch.factory(pool)),
                new HibernateBatch("Hibernate, rewriting", hibernate()),
                new JdbiBatch(Jdbi.create(rewriting.get()).installPlugin(new PostgresPlugin())));
    }

    private TraceSupply makeSupply() {
        VolumeSpec spec = VolumeSpec.of(List.of(projectId), now, now.plus(Duration.ofHours(1)), 1_000_000);
        return new TraceSupply(new VolumeTraces(spec.withSeed(SEED_OF_SUPPLY)), inserts.get());
    }

    BenchmarkDatabase database() {
        return database;
    }

    Scale scale() {
        return scale;
    }

    WriterThreads threads() {
        return threads;
    }

    /** Creates the partitions of months. */
    void makePartitions(Instant first, int months) {
        database.query("SELECT create_span_partitions('" + first + "', " + months + ")");
    }

    PromptForge forge() {
        return forge;
    }

    Tenant tenant() {
        return tenant;
    }

    /** The tenant by connections of a role that row-level security confines to it. */
    Tenant confined() {
        return confined.get();
    }

    UUID organizationId() {
        return tenant.organizationId();
    }

    UUID projectId() {
        return projectId;
    }

    /** The connections of all ways to read, so that none of them has other plans on the server. */
    DataSource dataSource() {
        return pool;
    }

    EntityManagerFactory hibernate() {
        return hibernate.get();
    }

    Jdbi jdbi() {
        return jdbi;
    }

    /** The ways to write rows other than PromptForge, COPY first. */
    List<RowWriter> rowWriters() {
        return rowWriters.get();
    }

    /**
     * The ways to write traces: COPY, PromptForge, the others.
     *
     * @param known whether the traces may be stored already
     */
    List<TraceWriter> traceWriters(boolean known) {
        List<TraceWriter> writers = new ArrayList<>();
        for (RowWriter writer : rowWriters()) {
            writers.add(new TraceWriter(writer.name(), batch -> writer.write(InsertMaker.tables(batch), known, null)));
        }
        writers.add(1, writer(Case.PROMPTFORGE, tenant));
        writers.add(2, writer(Case.CONFINED, confined()));
        return writers;
    }

    private static TraceWriter writer(String name, Tenant tenant) {
        return new TraceWriter(name, batch -> tenant.traces()
                .record(batch.stream().map(TraceInsert::given).toList()));
    }

    /** Traces that are not stored and begin now. */
    TraceSupply supply() {
        return supply.get();
    }

    TraceTables traces() {
        return traces.get();
    }

    /** The number of stored spans, without those that a running case has written. */
    long storedSpans() {
        return storedSpans.get();
    }

    /** Writes spans, spread over the last months, until this number is stored. */
    void fill(long spans) throws Exception {
        load(now.minus(HISTORY), now, spans - storedSpans.get());
    }

    /** Writes about this number of spans, spread over a time, by several connections. */
    void load(Instant from, Instant until, long spans) throws Exception {
        VolumeTraces volume =
                new VolumeTraces(VolumeSpec.of(List.of(projectId), from, until, Math.max(1, spans / SPANS_PER_TRACE))
                        .withSeed(loads.incrementAndGet()));
        AtomicLong next = new AtomicLong();
        long enough = storedSpans.get() + spans;
        threads.run(Collections.nCopies(LOADERS, volume), some -> {
            while (storedSpans.get() < enough) {
                long first = next.getAndAdd(CHUNK);
                store(LongStream.range(first, first + CHUNK)
                        .mapToObj(index -> inserts.get().row(some.trace(index)))
                        .toList());
            }
        });
        database.tidy();
    }

    /** Writes traces that are not deleted again. */
    void store(List<TraceInsert> some) {
        traces().write(some);
        storedSpans.addAndGet(TraceInsert.spans(some));
    }

    @Override
    public void close() {
        threads.close();
    }
}
