package io.promptforge.dao.internal.query;

import io.promptforge.dao.json.Json;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jooq.Field;
import org.jooq.JSON;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;

/**
 * A row of a result, whose values are taken one after the other: by their places, since looking up each field of each of a
 * trace's thousands of rows takes longer than reading it.
 */
public final class ResultRow {
    private final Selection selection;
    private final ResultSet row;
    private int taken;

    /** The rows of a result, one at a time. */
    ResultRow(Selection selection, ResultSet row) {
        this.selection = selection;
        this.row = row;
    }

    void begin() {
        taken = 0;
    }

    /** Leaves values out, up to those behind another selection's. */
    public ResultRow behind(Selection before) {
        taken = before.fields().size();
        return this;
    }

    /** The value of the next field, which is never null. */
    public <T> T take(Field<T> next) {
        return Objects.requireNonNull(takeNullable(next), next::toString);
    }

    /** The value of the next field, which may be null. */
    public <T> Optional<T> takeOptional(Field<T> next) {
        return Optional.ofNullable(takeNullable(next));
    }

    /** The value of the next field, or null. */
    @SuppressWarnings("unchecked")
    public <T> @Nullable T takeNullable(Field<T> next) {
        return (T) selection.read(next, taken++, row);
    }

    /** The document of the next field, which is never null. */
    public Json takeJson(Field<JSONB> next) {
        return Columns.json(take(next));
    }

    /** The document of the next field, which may be null. */
    public Optional<Json> takeOptionalJson(Field<JSONB> next) {
        return Columns.optionalJson(takeNullable(next));
    }

    /** The document of the next field, which is never null, as it was written. */
    public Json takeWrittenJson(Field<JSON> next) {
        return Columns.json(take(next));
    }

    /** The document of the next field, which may be null, as it was written. */
    public Optional<Json> takeOptionalWrittenJson(Field<JSON> next) {
        return Optional.ofNullable(takeNullable(next)).map(Columns::json);
    }

    /** The number of the next field, which is never null, without trailing zeros: 0.0300 is 0.03, and 10 stays 10. */
    public BigDecimal takeNumber(Field<BigDecimal> next) {
        return Columns.plain(take(next));
    }

    /** The number of the next field, which may be null, without trailing zeros. */
    public Optional<BigDecimal> takeOptionalNumber(Field<BigDecimal> next) {
        return Columns.optionalPlain(takeNullable(next));
    }

    /** The number of the next field, which may be null. */
    public OptionalInt takeOptionalInt(Field<Integer> next) {
        return Columns.optionalInt(takeNullable(next));
    }

    /** The number of the next field, which may be null. */
    public OptionalLong takeOptionalLong(Field<Long> next) {
        return Columns.optionalLong(takeNullable(next));
    }

    /** The number of the next field, which may be null. */
    public OptionalDouble takeOptionalDouble(Field<Double> next) {
        Double number = takeNullable(next);
        return number == null ? OptionalDouble.empty() : OptionalDouble.of(number);
    }

    /** The texts of the next field; none if it is null. */
    public List<String> takeTexts(Field<String[]> next) {
        String[] texts = takeNullable(next);
        return texts == null ? List.of() : List.of(texts);
    }

    /** The value of a field, wherever it is. */
    @Nullable Object get(Field<?> field) {
        return selection.read(field, selection.indexOf(field), row);
    }
}
