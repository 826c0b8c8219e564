package io.promptforge.dao.internal.query;

import io.promptforge.dao.json.Json;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jooq.JSON;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;

/** Between the values of the domain and those of jOOQ's records. */
public final class Columns {
    private Columns() {}

    /** A jsonb column's value. */
    public static JSONB jsonb(Json json) {
        return JSONB.valueOf(json.text());
    }

    /** A nullable jsonb column's value. */
    public static @Nullable JSONB jsonbOrNull(@Nullable Json json) {
        return json == null ? null : jsonb(json);
    }

    /** The value of a jsonb column that is not null: the only way in which a jsonb is read, since jOOQ's own fails for some. */
    public static Json json(JSONB jsonb) {
        return Json.parseStored(jsonb.data());
    }

    /** The value of a json column that is not null, as it was written. */
    public static Json json(JSON json) {
        return Json.parseStored(json.data());
    }

    /** The value of a nullable jsonb column. */
    public static Optional<Json> optionalJson(@Nullable JSONB jsonb) {
        return Optional.ofNullable(jsonb).map(Columns::json);
    }

    /** A number without the zeros that its column's scale adds: 0.030000000000 is 0.03, and 10 stays 10. */
    public static BigDecimal plain(BigDecimal number) {
        BigDecimal stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    /** The {@linkplain #plain plain number} of a nullable column. */
    public static Optional<BigDecimal> optionalPlain(@Nullable BigDecimal number) {
        return Optional.ofNullable(number).map(Columns::plain);
    }

    /** The value of a nullable bigint column. */
    public static OptionalLong optionalLong(@Nullable Long number) {
        return number == null ? OptionalLong.empty() : OptionalLong.of(number);
    }

    /** The value of a nullable integer column. */
    public static OptionalInt optionalInt(@Nullable Integer number) {
        return number == null ? OptionalInt.empty() : OptionalInt.of(number);
    }
}
