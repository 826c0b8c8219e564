package io.promptforge.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import io.promptforge.dao.PromptForge;
import io.promptforge.dao.PromptForgeSettings;
import io.promptforge.dao.Tenant;
import io.promptforge.dao.organization.NewOrganization;
import io.promptforge.dao.project.NewProject;
import io.promptforge.dao.trace.NewSpan;
import io.promptforge.dao.trace.NewTrace;
import jakarta.persistence.EntityManagerFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;

/** What the cases work with: a tenant with its rows, ours and the rivals. */
final class Workspace implements AutoCloseable {
    private static final Duration HISTORY = Duration.ofDays(90);
    private static final int FILL_TRACES = 1_000;

    private final Database database;
    private final HikariDataSource pool;
    private final Tenant tenant;
    private final UUID projectId;
    private final RowMaker rows;
    private final EntityManagerFactory hibernate;
    private final Jdbi jdbi;
    private final List<Rival> rivals;
    private final TraceSource history;
    private final TraceSource news;
    private final AtomicLong nextOld = new AtomicLong();
    private final AtomicLong nextNew = new AtomicLong();
    private long storedSpans;

    Workspace(Database database) {
        this.database = database;
        database.migrate();
        pool = database.pool(false);
        HikariDataSource rewriting = database.pool(true);
        PromptForge forge =
                PromptForge.create(pool, PromptForgeSettings.defaults().withSchema(Database.SCHEMA));
        tenant = forge.tenant(forge.organizations()
                .create(NewOrganization.of("Benchmark", "benchmark"))
                .id());
        projectId = tenant.projects().create(NewProject.named("Benchmark")).id();
        rows = RowMaker.withModels(tenant, SampleTraces.MODELS);
        hibernate = HibernateBatch.factory(rewriting);
        jdbi = Jdbi.create(rewriting).installPlugin(new PostgresPlugin());
        rivals = List.of(
                new RawCopy(pool),
                new JdbcBatch(rewriting),
                new HibernateBatch("Hibernate", HibernateBatch.factory(pool)),
                new HibernateBatch("Hibernate, rewriting", hibernate),
                new JdbiBatch(jdbi));
        Instant now = Instant.now().truncatedTo(ChronoUnit.HOURS);
        history = new SampleTraces(1, projectId, now.minus(HISTORY), HISTORY);
        news = new SampleTraces(2, projectId, now, Duration.ofHours(1));
        database.query("SELECT create_span_partitions('" + now.minus(HISTORY) + "', 4)");
    }

    Database database() {
        return database;
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

    RowMaker rows() {
        return rows;
    }

    /** Traces that nobody has got yet, and that begin now. */
    List<TraceRow> newTraces(int count) {
        List<TraceRow> traces = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            traces.add(rows.row(news.trace(nextNew.getAndIncrement())));
        }
        return traces;
    }

    /** A new trace of exactly so many spans: those of several traces. */
    NewTrace newTrace(int spans) {
        NewTrace first = news.trace(nextNew.getAndIncrement());
        List<NewSpan> collected = new ArrayList<>(first.spans());
        while (collected.size() < spans) {
            collected.addAll(news.trace(nextNew.getAndIncrement()).spans());
        }
        return NewTrace.builder(first.id(), projectId, "trace of " + spans + " spans", first.status(), Instant.now())
                .spans(collected.subList(0, spans))
                .build();
    }

    /** Writes spans of the last months until there are so many. */
    void fill(long spans) {
        while (storedSpans < spans) {
            List<TraceRow> traces = new ArrayList<>(FILL_TRACES);
            for (int i = 0; i < FILL_TRACES; i++) {
                traces.add(rows.row(history.trace(nextOld.getAndIncrement())));
            }
            store(traces);
        }
        database.tidy();
    }

    /** Writes traces to stay. */
    void store(List<TraceRow> traces) {
        write(traces);
        storedSpans += traces.stream().mapToLong(trace -> trace.spans().size()).sum();
    }

    /** Writes traces. */
    void write(List<TraceRow> traces) {
        try {
            rivals.get(0).write(RowMaker.tables(traces));
        } catch (Exception e) {
            throw new IllegalStateException("Traces could not be written: " + e.getMessage(), e);
        }
    }

    /** Takes traces away again. */
    void remove(List<UUID> traces) {
        for (int from = 0; from < traces.size(); from += FILL_TRACES) {
            String ids = String.join(
                    ",",
                    traces.subList(from, Math.min(from + FILL_TRACES, traces.size())).stream()
                            .map(UUID::toString)
                            .toList());
            String which = " WHERE organization_id = '" + organizationId() + "' AND ";
            database.execute(
                    "DELETE FROM spans" + which + "trace_id = ANY ('{" + ids + "}')",
                    "DELETE FROM traces" + which + "id = ANY ('{" + ids + "}')");
        }
        database.tidy();
    }

    @Override
    public void close() {
        hibernate.close();
    }
}
