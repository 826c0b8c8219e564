package io.promptforge.dao.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.PromptForge;
import io.promptforge.dao.Tenant;
import io.promptforge.dao.error.RetryableException;
import io.promptforge.dao.organization.NewOrganization;
import io.promptforge.dao.organization.Organization;
import io.promptforge.dao.project.NewProject;
import io.promptforge.dao.trace.NewSpan;
import io.promptforge.dao.trace.NewTrace;
import io.promptforge.dao.trace.TraceRepository;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;

/** Threads that store one trace after the other, each until it is acknowledged. */
final class TracesUnderWay implements AutoCloseable {
    static final int SPANS = 3;

    private static final Duration LONG = Duration.ofMinutes(2);

    private final TraceRepository traces;
    private final UUID project;
    private final Set<UUID> acknowledged = ConcurrentHashMap.newKeySet();
    private final Map<RetryableException.Reason, Integer> failures = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Future<?>> writers = new ArrayList<>();
    private volatile boolean ending;

    private TracesUnderWay(TraceRepository traces, UUID project) {
        this.traces = traces;
        this.project = project;
    }

    /** Starts the threads, in a new organization. */
    static TracesUnderWay start(DataSource dataSource, int writers) {
        PromptForge forge = PromptForge.create(dataSource);
        Organization organization = forge.organizations()
                .create(NewOrganization.of("Acme " + UUID.randomUUID(), "acme-" + UUID.randomUUID()));
        Tenant tenant = forge.tenant(organization.id());
        TracesUnderWay started = new TracesUnderWay(
                tenant.traces(),
                tenant.projects().create(NewProject.of("Answers")).id());
        for (int i = 0; i < writers; i++) {
            started.writers.add(started.threads.submit(started::write));
        }
        return started;
    }

    TraceRepository traces() {
        return traces;
    }

    NewTrace newTrace() {
        Instant now = Instant.now();
        List<NewSpan> spans = new ArrayList<>();
        for (int i = 0; i < SPANS; i++) {
            spans.add(NewSpan.of(
                    UUID.randomUUID(), "step " + i, SpanKind.TOOL, ExecutionStatus.SUCCESS, now.plusMillis(i)));
        }
        return NewTrace.of(UUID.randomUUID(), project, "answer", ExecutionStatus.SUCCESS, now)
                .spans(spans);
    }

    private void write() {
        while (!ending) {
            NewTrace trace = newTrace();
            while (!isStored(trace)) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
            }
        }
    }

    private boolean isStored(NewTrace trace) {
        try {
            traces.record(trace);
            acknowledged.add(trace.id());
            return true;
        } catch (RetryableException e) {
            failures.merge(e.reason(), 1, Integer::sum);
            return false;
        }
    }

    /** Waits until so many further traces are acknowledged. */
    void awaitMore(int number) {
        int target = acknowledged.size() + number;
        await(() -> acknowledged.size() >= target);
    }

    /** Waits until a call has failed. */
    void awaitFailure() {
        await(() -> !failures.isEmpty());
    }

    private void await(BooleanSupplier condition) {
        long end = System.nanoTime() + LONG.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - end).as("failures: %s", failures).isNegative();
            writers.forEach(writer ->
                    assertThat(writer.isDone()).as("a writer has failed").isFalse());
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }

    Set<UUID> acknowledged() {
        return acknowledged;
    }

    /** Lets each thread store its last trace; a failure that may not pass comes out. */
    Set<UUID> end() throws Exception {
        ending = true;
        for (Future<?> writer : writers) {
            writer.get(LONG.toSeconds(), TimeUnit.SECONDS);
        }
        return acknowledged;
    }

    Map<RetryableException.Reason, Integer> failures() {
        return failures;
    }

    /** The ids of the stored traces, each of which has all its spans, and says so. */
    static Set<UUID> storedWhole(DataSource dataSource) {
        assertThat(KillableServer.query(dataSource, """
                SELECT t.id FROM promptforge.traces t
                LEFT JOIN promptforge.spans s ON s.organization_id = t.organization_id AND s.trace_id = t.id
                GROUP BY t.organization_id, t.id
                HAVING count(s.id) <> %1$s OR t.span_count <> %1$s""".formatted(SPANS)))
                .as("traces without all their spans")
                .isEmpty();
        Set<UUID> stored = ConcurrentHashMap.newKeySet();
        KillableServer.query(dataSource, "SELECT id FROM promptforge.traces")
                .forEach(id -> stored.add(UUID.fromString(id)));
        return stored;
    }

    @Override
    public void close() {
        ending = true;
        threads.shutdownNow();
    }
}
