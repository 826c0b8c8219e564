package io.promptforge.dao.maintenance;

import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.table;

import io.promptforge.dao.internal.partition.SpanPartitions;
import io.promptforge.dao.internal.session.Session;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Makes the partitions of spans that should be there, and empties the default partition into them. */
final class JooqPartitions {
    private static final int MONTHS_BACK = 1;
    private static final int MONTHS_AHEAD = 3;

    /** Years of three digits, or of five, are nobody's months, but may be in the table. */
    private static final String SPANS_WITHOUT_PARTITION = """
            SELECT extract(year FROM started_at AT TIME ZONE 'UTC'), extract(month FROM started_at AT TIME ZONE 'UTC'), count(*)
            FROM {0}
            GROUP BY 1, 2
            """;

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

    /** Nothing happens where there is one, or where the function finds the month absurd. */
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

    private SortedMap<YearMonth, Long> spansWithoutPartition() {
        SortedMap<YearMonth, Long> spans = new TreeMap<>();
        session.run(dsl -> dsl.resultQuery(
                                SPANS_WITHOUT_PARTITION, table(name(session.schema(), SpanPartitions.DEFAULT)))
                        .fetch())
                .forEach(row -> spans.put(
                        YearMonth.of(row.get(0, Integer.class), row.get(1, Integer.class)), row.get(2, Long.class)));
        return spans;
    }
}
