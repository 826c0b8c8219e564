package io.promptforge.dao.internal.partition;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.val;

import io.promptforge.dao.internal.session.Session;
import java.time.YearMonth;
import java.util.Locale;
import java.util.Optional;
import org.jooq.impl.SQLDataType;

/** The monthly partitions of spans. */
public final class SpanPartitions {
    /** The name of the default partition, which has the spans of months without a partition. */
    public static final String DEFAULT = "spans_default";

    /** The beginning of the names of the monthly partitions. */
    public static final String PREFIX = "spans_";

    private SpanPartitions() {}

    /**
     * Whether spans of a month belong into a partition of their own: it is one of the last 10 years, for which history may be
     * imported, or at most the third ahead. Any other month comes from a wrong clock.
     *
     * @param month an expression of the month's first day
     */
    public static String needsPartition(String month) {
        return month + """
                 BETWEEN date_trunc('month', now() AT TIME ZONE 'UTC') - interval '10 years'
                    AND date_trunc('month', now() AT TIME ZONE 'UTC') + interval '3 months'""";
    }

    /** The name of a month's partition. */
    public static String nameOf(YearMonth month) {
        return String.format(Locale.ROOT, "spans_y%04dm%02d", month.getYear(), month.getMonthValue());
    }

    /**
     * Creates the partition of a month and moves its spans there from the default partition. Does nothing if the partition exists,
     * or if the month is too far from now to be real.
     *
     * @param session outside of a transaction
     * @return whether it was created; empty if a table that must be locked for a moment stayed locked
     */
    public static Optional<Boolean> create(Session session, YearMonth month) {
        return TableLockRetry.attempt(() -> session.run(dsl -> dsl.select(field(
                                "{0}({1}, 1)",
                                SQLDataType.INTEGER,
                                name(session.schema(), "create_span_partitions"),
                                val(month.atDay(1))))
                        .fetchSingle()
                        .value1()))
                .map(created -> created > 0);
    }
}
