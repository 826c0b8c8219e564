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

    /**
     * Whether a span of the default partition belongs into a partition of its own: it started in the last 10 years, for which
     * history may be imported, or before the end of the third month ahead. A start in any other month comes from a wrong clock.
     */
    public static final String NEEDS_PARTITION = """
            started_at >= (date_trunc('month', now() AT TIME ZONE 'UTC') - interval '10 years') AT TIME ZONE 'UTC'
            AND started_at < (date_trunc('month', now() AT TIME ZONE 'UTC') + interval '4 months') AT TIME ZONE 'UTC'
            """;

    private SpanPartitions() {}

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
