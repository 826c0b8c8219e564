package io.promptforge.dao.internal.query;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jooq.Field;
import org.jooq.JSON;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;

/** The Java types that columns have before jOOQ's converters, and how JDBC gives them. */
enum StoredType {
    ID(UUID.class),
    TEXT(String.class),
    INTEGER(Integer.class),
    LONG(Long.class),
    DOUBLE(Double.class),
    BOOLEAN(Boolean.class),
    NUMBER(BigDecimal.class),
    INSTANT(Instant.class),
    DATE(LocalDate.class),
    DOCUMENT(JSONB.class),
    WRITTEN_DOCUMENT(JSON.class),
    BYTES(byte[].class),
    IDS(UUID[].class),
    TEXTS(String[].class);

    private static final List<StoredType> ALL = List.of(values());

    private final Class<?> type;

    StoredType(Class<?> type) {
        this.type = type;
    }

    static StoredType of(Field<?> field) {
        Class<?> stored = field.getConverter().fromType();
        for (StoredType candidate : ALL) {
            if (candidate.type == stored) {
                return candidate;
            }
        }
        throw new IllegalStateException("no way to read " + field);
    }

    /** The value in a place, counted from 1. One switch, not a lambda per type: a JVM that is not warm yet runs it faster. */
    @Nullable Object read(ResultSet row, int place) throws SQLException {
        return switch (this) {
            case ID -> row.getObject(place, UUID.class);
            case TEXT -> row.getString(place);
            case INTEGER -> orNull(row, row.getInt(place));
            case LONG -> orNull(row, row.getLong(place));
            case DOUBLE -> orNull(row, row.getDouble(place));
            case BOOLEAN -> orNull(row, row.getBoolean(place));
            case NUMBER -> row.getBigDecimal(place);
            case INSTANT -> instant(row.getObject(place, OffsetDateTime.class));
            case DATE -> row.getObject(place, LocalDate.class);
            case DOCUMENT -> JSONB.jsonbOrNull(row.getString(place));
            case WRITTEN_DOCUMENT -> JSON.jsonOrNull(row.getString(place));
            case BYTES -> row.getBytes(place);
            case IDS -> ids(row.getArray(place));
            case TEXTS -> texts(row.getArray(place));
        };
    }

    /** The text of a value in a cursor: a time as microseconds, since formatting one as a date takes longer than a short page. */
    String text(Object value) {
        return this == INSTANT
                ? Long.toString(ChronoUnit.MICROS.between(Instant.EPOCH, (Instant) value))
                : value.toString();
    }

    /**
     * Reads {@link #text} again, for the types that lists are sorted by.
     *
     * @throws RuntimeException if the text is not one of this type
     */
    Object parse(String text) {
        return switch (this) {
            case ID -> UUID.fromString(text);
            case TEXT -> text;
            case INTEGER -> Integer.valueOf(text);
            case LONG -> Long.valueOf(text);
            case NUMBER -> new BigDecimal(text);
            case INSTANT -> Instant.EPOCH.plus(Long.parseLong(text), ChronoUnit.MICROS);
            case DOUBLE, BOOLEAN, DATE, DOCUMENT, WRITTEN_DOCUMENT, BYTES, IDS, TEXTS ->
                throw new IllegalStateException("no list is sorted by " + this);
        };
    }

    private static @Nullable Object orNull(ResultSet row, Object value) throws SQLException {
        return row.wasNull() ? null : value;
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private static UUID @Nullable [] ids(@Nullable Array array) throws SQLException {
        return array == null ? null : (UUID[]) array.getArray();
    }

    private static String @Nullable [] texts(@Nullable Array array) throws SQLException {
        return array == null ? null : (String[]) array.getArray();
    }
}
