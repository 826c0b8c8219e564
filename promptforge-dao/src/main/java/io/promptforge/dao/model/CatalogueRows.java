package io.promptforge.dao.model;

import static io.promptforge.schema.jooq.Tables.AI_MODELS;
import static io.promptforge.schema.jooq.Tables.MODEL_PROVIDERS;

import io.promptforge.dao.internal.query.Columns;
import io.promptforge.dao.internal.write.ColumnValues;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jooq.Converter;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;

/**
 * The values of a catalogue by column, for the columns that both catalogue and organization set, and the JSON object of the column
 * {@code catalogue_entry} that keeps the values of the last edition.
 */
final class CatalogueRows {
    /** The member with the key of a provider, which is no column of the table. */
    static final String KEY = "key";

    static final List<Field<?>> PROVIDER_COLUMNS =
            List.of(MODEL_PROVIDERS.NAME, MODEL_PROVIDERS.TYPE, MODEL_PROVIDERS.DESCRIPTION, MODEL_PROVIDERS.BASE_URL);

    static final List<Field<?>> MODEL_COLUMNS = List.of(
            AI_MODELS.NAME,
            AI_MODELS.ALIASES,
            AI_MODELS.DESCRIPTION,
            AI_MODELS.SUPPORTS_STREAMING,
            AI_MODELS.SUPPORTS_FUNCTION_CALLING,
            AI_MODELS.SUPPORTS_VISION,
            AI_MODELS.CONTEXT_LENGTH,
            AI_MODELS.DEPRECATED);

    private CatalogueRows() {}

    /** The value of each column in this order: null, or false for a flag, where the catalogue has none. */
    static List<@Nullable Object> said(List<Field<?>> columns, ColumnValues values) {
        return columns.stream()
                .<@Nullable Object>map(column -> {
                    Object value = values.get(column.getName());
                    return value == null && column.getType() == Boolean.class
                            ? false
                            : value instanceof List<?> texts ? texts.toArray(new String[0]) : value;
                })
                .toList();
    }

    /** The values as {@code catalogue_entry} keeps them, by the names of the columns. */
    static Map<String, @Nullable Object> entry(List<Field<?>> columns, List<? extends @Nullable Object> values) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        for (int i = 0; i < columns.size(); i++) {
            entry.put(columns.get(i).getName(), stored(columns.get(i), values.get(i)));
        }
        return entry;
    }

    /** The values of the last edition; null for a row that no catalogue installed. */
    static @Nullable Map<?, ?> remembered(@Nullable JSONB entry) {
        return entry == null ? null : (Map<?, ?>) Columns.json(entry).toJava();
    }

    /** Whether two entries have the same values. */
    static boolean sameEntries(Map<?, ?> one, Map<?, ?> other) {
        return one.keySet().equals(other.keySet())
                && one.entrySet().stream().allMatch(each -> same(each.getValue(), other.get(each.getKey())));
    }

    /** Whether two values of entries are equal, whatever kind of number they are. */
    static boolean same(@Nullable Object one, @Nullable Object other) {
        if (one instanceof Number number && other instanceof Number otherNumber) {
            return new BigDecimal(number.toString()).compareTo(new BigDecimal(otherNumber.toString())) == 0;
        }
        return Objects.equals(one, other);
    }

    /** A value of a column as an entry has it. */
    @SuppressWarnings("unchecked")
    static <T> @Nullable Object stored(Field<T> column, @Nullable Object value) {
        Object stored = value == null ? null : ((Converter<Object, T>) column.getConverter()).to((T) value);
        return stored instanceof Object[] texts ? Arrays.asList(texts) : stored;
    }
}
