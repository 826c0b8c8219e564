package io.promptforge.dao.maintenance;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.organization.OrganizationChanges;
import io.promptforge.dao.project.ProjectChanges;
import io.promptforge.dao.trace.NewSpan;
import io.promptforge.dao.trace.NewTrace;
import io.promptforge.schema.type.ExecutionStatus;
import io.promptforge.schema.type.SpanKind;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A database for one test, with an organization, a project, and traces of any age. */
final class KeptTraces {

    /** One moment for all: the months around it are those of the database's clock too. */
    @SuppressWarnings("TimeInStaticInitializer")
    static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.MICROS);

    final ClassDatabase database = ClassDatabase.migrated();
    final TestTenant tenant = database.newTenant();
    final UUID project = tenant.project().id();

    static Instant daysAgo(int days) {
        return NOW.minus(days, ChronoUnit.DAYS);
    }

    static YearMonth month(int ago) {
        return YearMonth.from(NOW.atOffset(ZoneOffset.UTC)).minusMonths(ago);
    }

    /** The first moment of the month that was so many months ago. */
    static Instant startOf(int monthsAgo) {
        return month(monthsAgo).atDay(1).atStartOfDay().toInstant(ZoneOffset.UTC);
    }

    static String partition(int monthsAgo) {
        YearMonth month = month(monthsAgo);
        return String.format(Locale.ROOT, "spans_y%04dm%02d", month.getYear(), month.getMonthValue());
    }

    static MaintenanceSettings settings() {
        return MaintenanceSettings.defaults().clock(Clock.fixed(NOW, ZoneOffset.UTC));
    }

    MaintenanceReport maintain() {
        return maintain(progress -> {});
    }

    MaintenanceReport maintain(Consumer<MaintenanceReport> progress) {
        return database.forge().maintenance().run(settings(), progress);
    }

    void organizationKeeps(@Nullable Integer days) {
        database.forge()
                .organizations()
                .update(tenant.organization().id(), OrganizationChanges.none().traceRetentionDays(days));
    }

    void projectKeeps(UUID id, @Nullable Integer days) {
        tenant.tenant().projects().update(id, ProjectChanges.none().traceRetentionDays(days));
    }

    /** A trace that began at the first of these moments, with a span at each. */
    UUID trace(Instant... spans) {
        return trace(tenant, project, spans);
    }

    /** A trace of another tenant or project, stored when it began. */
    UUID trace(TestTenant owner, UUID project, Instant... spans) {
        UUID id = UUID.randomUUID();
        List<NewSpan> steps = Arrays.stream(spans)
                .map(start -> NewSpan.of(UUID.randomUUID(), "call", SpanKind.LLM, ExecutionStatus.RUNNING, start))
                .toList();
        NewTrace trace = NewTrace.of(id, project, "greet", ExecutionStatus.RUNNING, spans[0])
                .spans(steps);
        // Inside a transaction, where months without a partition are left to the maintenance.
        // On a cluster, a partition that is made or dropped locks one node after the other: it may deadlock.
        owner.tenant().transaction(ClassDatabase.isCluster() ? 5 : 1, tx -> {
            tx.traces().record(trace);
            return id;
        });
        database.execute("UPDATE promptforge.traces SET created_at = started_at WHERE id = '%s'".formatted(id));
        return id;
    }

    /** Inserts traces of one span each without the library. */
    void traces(int count, Instant start) {
        database.execute("""
                INSERT INTO promptforge.traces (organization_id, id, project_id, name, status, started_at, created_at)
                SELECT '%1$s', gen_random_uuid(), '%2$s', 'many', 'success', '%3$s', '%3$s' FROM generate_series(1, %4$d)
                """.formatted(tenant.organization().id(), project, start, count));
        database.execute("""
                INSERT INTO promptforge.spans (organization_id, trace_id, id, started_at, name, kind, status)
                SELECT organization_id, id, id, started_at, 'call', 'llm', 'success' FROM promptforge.traces
                WHERE name = 'many' AND started_at = '%s'
                """.formatted(start));
        database.execute("ANALYZE promptforge.traces, promptforge.spans");
    }

    /** Creates an empty partition for that month. */
    void createPartition(int monthsAgo) {
        database.query("SELECT promptforge.create_span_partitions('%s', 1)"
                .formatted(month(monthsAgo).atDay(1)));
    }

    boolean isThere(UUID trace) {
        return tenant.tenant().traces().find(trace).isPresent();
    }

    int spans(UUID trace) {
        return count("spans WHERE trace_id = '" + trace + "'");
    }

    int count(String table) {
        return Integer.parseInt(
                database.query("SELECT count(*) FROM promptforge." + table).get(0));
    }

    List<String> partitions() {
        return database.query("SELECT relname FROM pg_class WHERE relispartition AND relkind = 'r' ORDER BY 1");
    }
}
