package io.promptforge.dao.maintenance;

import static org.jooq.impl.DSL.name;

import io.promptforge.dao.internal.partition.SpanPartitions;
import io.promptforge.dao.internal.session.Session;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Creates the partitions of spans, and moves the spans of the default partition into them. */
final class JooqPartitions {
    private static final int MONTHS_BACK = 1;
    private static final int MONTHS_AHEAD = 3;

    private final Session session;
    private final Progress done;

    JooqPartitions(Session session, Progress done) {
        this.session = session;
        this.done = done;
    }

    void createAround(Instant now) {
        YearMonth thisMonth = YearMonth.from(now.atOffset(ZoneOffset.UTC));
        TreeSet<YearMonth> months = new TreeSet<>(spansWithoutPartition().keySet());
        for (int month = -MONTHS_BACK; month <= MONTHS_AHEAD; month++) {
            months.add(thisMonth.plusMonths(month));
        }
        months.forEach(this::create);
        done.withoutPartition(spansWithoutPartition());
    }

    /** Does nothing if the partition exists, or if the month is too far from the present for one. */
    private void create(YearMonth month) {
        SpanPartitions.create(session, month)
                .ifPresentOrElse(
                        created -> {
                            if (created) {
                                done.created(SpanPartitions.nameOf(month));
                            }
                        },
                        () -> done.inUse(SpanPartitions.nameOf(month)));
    }

    /** Collects statistics of all partitions together. For a role that may not, PostgreSQL skips it with a warning. */
    void analyze() {
        session.run(dsl -> dsl.execute("ANALYZE {0}", name(session.schema(), "spans")));
    }

    private SortedMap<YearMonth, Long> spansWithoutPartition() {
        SortedMap<YearMonth, Long> spans = new TreeMap<>();
        session.run(dsl -> dsl.resultQuery(
                                "SELECT month, spans FROM {0}()", name(session.schema(), "spans_without_partition"))
                        .fetch())
                .forEach(row -> spans.put(YearMonth.parse(row.get(0, String.class)), row.get(1, Long.class)));
        return spans;
    }
}
