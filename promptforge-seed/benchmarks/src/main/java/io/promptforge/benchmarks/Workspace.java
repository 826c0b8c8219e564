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
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;

/** What the cases work with: a tenant with its rows, ours and the rivals. */
final class Workspace implements AutoCloseable {
    private static final Duration HISTORY = Duration.ofDays(90);
    private static final int SPANS_PER_TRACE = 10;
    private static final int LOADERS = 3;
    private static final int CHUNK = 200;
    private static final long NEWS = -1;

    private final Database database;
    private final Writers threads;
    private final PromptForge forge;
    private final HikariDataSource pool;
    private final Tenant tenant;
    private final UUID projectId;
    private final RowMaker rows;
    private final EntityManagerFactory hibernate;
    private final Jdbi jdbi;
    private final List<Rival> rivals;
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.HOURS);
    private final NewTraces news;
    private final StoredTraces traces;
    private final AtomicLong storedSpans = new AtomicLong();
    private final AtomicLong loads = new AtomicLong();

    Workspace(Database database, Writers threads) throws Exception {
        this.database = database;
        this.threads = threads;
        database.migrate();
        pool = database.pool(false);
        HikariDataSource rewriting = database.pool(true);
        forge = PromptForge.create(pool, PromptForgeSettings.defaults().schema(Database.SCHEMA));
        tenant = forge.tenant(forge.organizations()
                .create(NewOrganization.of("Benchmark", "benchmark"))
                .id());
        projectId = tenant.projects().create(NewProject.of("Benchmark")).id();
        rows = RowMaker.withModels(tenant, VolumeSpec.MODELS);
        hibernate = HibernateBatch.factory(rewriting);
        jdbi = Jdbi.create(rewriting).installPlugin(new PostgresPlugin());
        rivals = List.of(
                new RawCopy(pool),
                new JdbcBatch(rewriting),
                new HibernateBatch("Hibernate", HibernateBatch.factory(pool)),
                new HibernateBatch("Hibernate, rewriting", hibernate),
                new JdbiBatch(jdbi));
        news = new NewTraces(
                new VolumeTraces(VolumeSpec.of(List.of(projectId), now, now.plus(Duration.ofHours(1)), 1_000_000)
                        .withSeed(NEWS)),
                rows);
        traces = new StoredTraces(database, tenant.organizationId(), rivals.get(0));
        makePartitions(now.minus(HISTORY), 4);
        // With statistics of a few rows, the server checks foreign keys by the right index from now on.
        traces.write(news.ofSpans(1_000));
        database.execute("ANALYZE");
    }

    Database database() {
        return database;
    }

    /** Makes the partitions of so many months. */
    void makePartitions(Instant first, int months) {
        database.query("SELECT create_span_partitions('" + first + "', " + months + ")");
    }

    PromptForge forge() {
        return forge;
    }

    Tenant tenant() {
        return tenant;
    }

    UUID organizationId() {
        return tenant.organizationId();
    }

    UUID projectId() {
        return projectId;
    }

    DataSource dataSource() {
        return pool;
    }

    EntityManagerFactory hibernate() {
        return hibernate;
    }

    Jdbi jdbi() {
        return jdbi;
    }

    /** The others, COPY first. */
    List<Rival> rivals() {
        return rivals;
    }

    /** Traces that nobody has got yet, and that begin now. */
    NewTraces news() {
        return news;
    }

    StoredTraces traces() {
        return traces;
    }

    /** How many spans are stored, but for those that a case has written. */
    long storedSpans() {
        return storedSpans.get();
    }

    /** Writes spans until there are so many, all over the last months. */
    void fill(long spans) throws Exception {
        load(now.minus(HISTORY), now, spans - storedSpans.get());
    }

    /** Writes about so many spans, all over a time, by several connections. */
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
                        .mapToObj(index -> rows.row(some.trace(index)))
                        .toList());
            }
        });
        database.tidy();
    }

    /** Writes traces to stay. */
    void store(List<TraceRow> some) {
        traces.write(some);
        storedSpans.addAndGet(
                some.stream().mapToLong(trace -> trace.spans().size()).sum());
    }

    @Override
    public void close() {
        hibernate.close();
    }
}
