package io.promptforge.dao.model;

import static io.promptforge.schema.jooq.Tables.AI_MODELS;
import static io.promptforge.schema.jooq.Tables.MODEL_PROVIDERS;

import io.promptforge.dao.internal.query.Columns;
import io.promptforge.dao.internal.write.ColumnValues;
import io.promptforge.dao.json.Json;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private static final String KEY = "key";

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

    static Map<Field<?>, @Nullable Object> said(CatalogueProvider provider) {
        return said(PROVIDER_COLUMNS, provider.values());
    }

    static Map<Field<?>, @Nullable Object> said(CatalogueModel model) {
        return said(MODEL_COLUMNS, model.values());
    }

    /** The value of each column: null, or false for a flag, where the catalogue has none. */
    private static Map<Field<?>, @Nullable Object> said(List<Field<?>> columns, ColumnValues values) {
        Map<Field<?>, @Nullable Object> said = new LinkedHashMap<>();
        for (Field<?> column : columns) {
            Object value = values.get(column.getName());
            said.put(
                    column,
                    value == null && column.getType() == Boolean.class
                            ? false
                            : value instanceof List<?> texts ? texts.toArray(new String[0]) : value);
        }
        return said;
    }

    /** The values as {@code catalogue_entry} keeps them. */
    static Map<String, @Nullable Object> entry(Map<Field<?>, @Nullable Object> values) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        values.forEach((column, value) -> entry.put(column.getName(), stored(column, value)));
        return entry;
    }

    /** The values of a provider, with its key. */
    static Map<String, @Nullable Object> entry(String key, Map<Field<?>, @Nullable Object> values) {
        Map<String, @Nullable Object> entry = entry(values);
        entry.put(KEY, key);
        return entry;
    }

    /** The values of the last edition; null for a row that no catalogue installed. */
    static @Nullable Map<?, ?> remembered(@Nullable JSONB entry) {
        return entry == null ? null : (Map<?, ?>) Columns.json(entry).toJava();
    }

    /** Whether the catalogue's provider with this key was installed as this row. */
    static boolean hasKey(@Nullable JSONB entry, String key) {
        Map<?, ?> remembered = remembered(entry);
        return remembered != null && key.equals(remembered.get(KEY));
    }

    /** Whether the value of a column equals one of the JSON object, whatever the scale of numbers. */
    static boolean same(Field<?> column, @Nullable Object value, @Nullable Object remembered) {
        return Json.of(stored(column, value)).equals(Json.of(remembered));
    }

    /** Whether two values of a column are equal, whatever the scale of numbers. */
    static boolean equal(Field<?> column, @Nullable Object one, @Nullable Object other) {
        return same(column, one, stored(column, other));
    }

    @SuppressWarnings("unchecked")
    private static <T> @Nullable Object stored(Field<T> column, @Nullable Object value) {
        Object stored = value == null ? null : ((Converter<Object, T>) column.getConverter()).to((T) value);
        return stored instanceof Object[] texts ? Arrays.asList(texts) : stored;
    }
}
