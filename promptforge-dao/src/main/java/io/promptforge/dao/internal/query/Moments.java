package io.promptforge.dao.internal.query;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.val;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jooq.Field;

/** Points in time as parameters. */
public final class Moments {
    private Moments() {}

    /**
     * A time for a CASE or COALESCE of an update. Made by IMMUTABLE functions, unlike the cast of a text, since Citus takes no others
     * there. Days and the rest apart, since PostgreSQL multiplies an interval by a floating-point number.
     *
     * @param column whose type it has
     */
    public static Field<Instant> immutable(Instant at, Field<Instant> column) {
        Instant day = at.truncatedTo(ChronoUnit.DAYS);
        return field(
                "((timestamp '1970-01-01' + {0} * interval '1 day' + {1} * interval '1 microsecond') AT TIME ZONE 'UTC')",
                column.getDataType(),
                val(ChronoUnit.DAYS.between(Instant.EPOCH, day)),
                val(ChronoUnit.MICROS.between(day, at)));
    }
}
