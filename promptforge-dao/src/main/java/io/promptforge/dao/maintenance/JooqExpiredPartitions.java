package io.promptforge.dao.maintenance;

import static io.promptforge.schema.jooq.Tables.EVALUATION_RESULTS;
import static io.promptforge.schema.jooq.Tables.ORGANIZATIONS;
import static io.promptforge.schema.jooq.Tables.POLICY_VIOLATIONS;
import static io.promptforge.schema.jooq.Tables.PROJECTS;
import static io.promptforge.schema.jooq.Tables.TRACES;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;
import static org.jooq.impl.DSL.val;

import io.promptforge.dao.internal.partition.TableLockRetry;
import io.promptforge.dao.internal.session.Session;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.QueryPart;
import org.jooq.impl.SQLDataType;

/** Drops the partitions of spans whose traces are all expired. */
final class JooqExpiredPartitions {
    /**
     * The partitions of past months that begin early enough for the shortest retention of any project.
     *
     * <ol start="0">
     *   <li>the schema
     *   <li>the projects
     *   <li>the organizations
     *   <li>the time
     *   <li>the start of this month
     * </ol>
     */
    private static final String CANDIDATES = """
            WITH partitions AS (
                SELECT c.relname AS name, regexp_match(pg_get_expr(c.relpartbound, c.oid), 'FROM \\(''(.*)''\\) TO \\(''(.*)''\\)') AS bounds
                FROM pg_namespace n
                JOIN pg_class spans ON spans.relnamespace = n.oid AND spans.relname = 'spans'
                JOIN pg_inherits i  ON i.inhparent = spans.oid
                JOIN pg_class c     ON c.oid = i.inhrelid
                WHERE n.nspname = {0}
            ),
            ranges AS (
                SELECT name, bounds[1]::timestamptz AS lower_bound, bounds[2]::timestamptz AS upper_bound FROM partitions
            ),
            shortest AS (
                SELECT min(coalesce(p.trace_retention_days, o.trace_retention_days)) AS days
                FROM {1} p JOIN {2} o ON o.id = p.organization_id
            )
            SELECT name, lower_bound, upper_bound FROM ranges, shortest
            WHERE upper_bound <= {4} AND lower_bound < {3} - make_interval(hours => 24 * days)
            ORDER BY lower_bound
            """;

    /**
     * Whether an unexpired trace started in the month of the partition and has spans in it. Most partitions that must stay have
     * one, and it is found quickly.
     *
     * <ol start="0">
     *   <li>the partition
     *   <li>the projects
     *   <li>the organizations
     *   <li>the traces
     *   <li>the time
     *   <li>the start of the partition
     *   <li>the end of the partition
     * </ol>
     */
    private static final String HAS_YOUNG_TRACES = """
            SELECT EXISTS (
                SELECT 1 FROM {1} p
                JOIN {2} o ON o.id = p.organization_id
                JOIN {3} t ON t.organization_id = p.organization_id AND t.project_id = p.id
                WHERE t.occurred_at >= {5} AND t.occurred_at < {6}
                AND CASE WHEN t.created_at - t.started_at > interval '1 day' THEN t.created_at ELSE t.occurred_at END
                    >= {4} - make_interval(hours => 24 * coalesce(p.trace_retention_days, o.trace_retention_days))
                AND EXISTS (SELECT 1 FROM {0} s WHERE s.organization_id = t.organization_id AND s.trace_id = t.id))
            """;

    /**
     * The number of spans of a partition, and of those whose trace must stay.
     *
     * <ol start="0">
     *   <li>the partition
     *   <li>the projects
     *   <li>the organizations
     *   <li>the traces
     *   <li>the time
     *   <li>the results of evaluations
     *   <li>the violations
     * </ol>
     */
    private static final String SPANS = """
            WITH expired AS (
                SELECT t.organization_id, t.id
                FROM {3} t
                JOIN {1} p ON p.organization_id = t.organization_id AND p.id = t.project_id
                JOIN {2} o ON o.id = t.organization_id
                WHERE CASE WHEN t.created_at - t.started_at > interval '1 day' THEN t.created_at ELSE t.occurred_at END
                    < {4} - make_interval(hours => 24 * coalesce(p.trace_retention_days, o.trace_retention_days))
                AND NOT EXISTS (SELECT 1 FROM {5} r WHERE r.organization_id = t.organization_id AND r.trace_id = t.id)
                AND NOT EXISTS (SELECT 1 FROM {6} v WHERE v.organization_id = t.organization_id AND v.trace_id = t.id
                                AND v.status IN ('open', 'acknowledged'))
            )
            SELECT count(*), count(*) FILTER (WHERE e.id IS NULL)
            FROM {0} s LEFT JOIN expired e ON e.organization_id = s.organization_id AND e.id = s.trace_id
            """;

    private static final Field<String> NAME = field(name("name"), SQLDataType.VARCHAR);
    private static final Field<Instant> START = field(name("lower_bound"), SQLDataType.INSTANT);
    private static final Field<Instant> END = field(name("upper_bound"), SQLDataType.INSTANT);

    private final Session session;
    private final Progress done;

    JooqExpiredPartitions(Session session, Progress done) {
        this.session = session;
        this.done = done;
    }

    /** Returns false if the time budget is used up. */
    boolean dropAll(Instant now) {
        for (Partition partition : candidates(now)) {
            if (done.isTimeUp()) {
                return false;
            }
            if (session.run(dsl -> isExpired(dsl, partition, now))) {
                drop(partition, now);
            }
        }
        return true;
    }

    private List<Partition> candidates(Instant now) {
        Instant thisMonth = YearMonth.from(now.atOffset(ZoneOffset.UTC))
                .atDay(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
        return session.run(dsl -> dsl.resultQuery(
                        CANDIDATES, val(session.schema()), PROJECTS, ORGANIZATIONS, val(now), val(thisMonth))
                .coerce(NAME, START, END)
                .fetch(row -> new Partition(
                        row.value1(), row.value2(), row.value3(), row.value3().equals(thisMonth))));
    }

    private boolean isExpired(DSLContext dsl, Partition partition, Instant now) {
        boolean hasYoungTraces = dsl.resultQuery(
                        HAS_YOUNG_TRACES,
                        spansOf(partition),
                        PROJECTS,
                        ORGANIZATIONS,
                        TRACES,
                        val(now),
                        val(partition.start()),
                        val(partition.end()))
                .coerce(field(name("has_young_traces"), SQLDataType.BOOLEAN))
                .fetchSingle()
                .value1();
        return !hasYoungTraces && spansIfExpired(dsl, partition, now).isPresent();
    }

    /** The number of spans; empty if one of them must stay. */
    private OptionalLong spansIfExpired(DSLContext dsl, Partition partition, Instant now) {
        return dsl.resultQuery(
                        SPANS,
                        spansOf(partition),
                        PROJECTS,
                        ORGANIZATIONS,
                        TRACES,
                        val(now),
                        EVALUATION_RESULTS,
                        POLICY_VIOLATIONS)
                .coerce(field(name("spans"), SQLDataType.BIGINT), field(name("staying"), SQLDataType.BIGINT))
                .fetchSingle(row -> row.value2() == 0 && (row.value1() > 0 || !partition.lastMonths())
                        ? OptionalLong.of(row.value1())
                        : OptionalLong.empty());
    }

    private void drop(Partition partition, Instant now) {
        Optional<OptionalLong> spans = TableLockRetry.attempt(
                () -> session.transaction(tx -> tx.run(dsl -> dropIfExpired(dsl, partition, now))));
        spans.ifPresentOrElse(
                dropped -> dropped.ifPresent(count -> done.dropped(partition.name(), count)),
                () -> done.inUse(partition.name()));
    }

    /** Asks again, while all tables that could give a span a reason to stay are locked against writers. */
    private OptionalLong dropIfExpired(DSLContext dsl, Partition partition, Instant now) {
        dsl.execute(TableLockRetry.SHORT_LOCK_TIMEOUT);
        // Else Citus counts the spans over several connections to a node, and drops no table after that.
        dsl.execute("SET LOCAL citus.multi_shard_modify_mode TO 'sequential'");
        dsl.execute(
                "LOCK TABLE {0}, {1}, {2}, {3}, {4} IN SHARE MODE",
                ORGANIZATIONS, PROJECTS, EVALUATION_RESULTS, POLICY_VIOLATIONS, spansOf(partition));
        OptionalLong spans = spansIfExpired(dsl, partition, now);
        if (spans.isPresent()) {
            dsl.dropTable(name(session.schema(), partition.name())).execute();
        }
        return spans;
    }

    private QueryPart spansOf(Partition partition) {
        return table(name(session.schema(), partition.name()));
    }

    /**
     * A partition of spans.
     *
     * @param name the table
     * @param start the earliest start of its spans
     * @param end the latest start of its spans, exclusive
     * @param lastMonths whether it is that of last month, which stays while it is empty: it would be created again for late spans
     */
    private record Partition(String name, Instant start, Instant end, boolean lastMonths) {}
}
