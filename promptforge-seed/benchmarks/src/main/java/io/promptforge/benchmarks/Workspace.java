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
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.postgres.PostgresPlugin;

/** What the cases work with: a tenant with its rows, ours and the rivals. */
final class Workspace implements AutoCloseable {
    private static final Duration HISTORY = Duration.ofDays(90);
    private static final int SPANS_PER_TRACE = 10;
    private static final int FILL_TRACES = 1_000;
    private static final long NEWS = -1;

    private final Database database;
    private final HikariDataSource pool;
    private final Tenant tenant;
    private final UUID projectId;
    private final RowMaker rows;
    private final EntityManagerFactory hibernate;
    private final Jdbi jdbi;
    private final List<Rival> rivals;
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.HOURS);
    private final NewTraces news;
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
    NewTraces news() {
        return news;
    }

    /** Writes spans until there are so many, all over the last months. */
    void fill(long spans) {
        long missing = Math.max(1, (spans - storedSpans) / SPANS_PER_TRACE);
        VolumeTraces history = new VolumeTraces(VolumeSpec.of(List.of(projectId), now.minus(HISTORY), now, missing)
                .withSeed(spans));
        for (long index = 0; storedSpans < spans; index += FILL_TRACES) {
            store(LongStream.range(index, index + FILL_TRACES)
                    .parallel()
                    .mapToObj(history::trace)
                    .map(rows::row)
                    .toList());
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
