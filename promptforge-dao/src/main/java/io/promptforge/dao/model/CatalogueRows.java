package io.promptforge.dao.model;

import static io.promptforge.schema.jooq.Tables.AI_MODELS;
import static io.promptforge.schema.jooq.Tables.MODEL_PROVIDERS;

import io.promptforge.dao.internal.query.Columns;
import io.promptforge.dao.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Converter;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jspecify.annotations.Nullable;

/**
 * What a catalogue says, by column: the values of the columns that are the catalogue's as well as the organization's,
 * and the JSON object in which a row remembers them.
 */
final class CatalogueRows {
    /** Where a provider's entry has its key; no column of the table. */
    private static final String KEY = "key";

    static final List<Field<?>> PROVIDER_COLUMNS =
            List.of(MODEL_PROVIDERS.NAME, MODEL_PROVIDERS.TYPE, MODEL_PROVIDERS.DESCRIPTION, MODEL_PROVIDERS.BASE_URL);

    static final List<Field<?>> MODEL_COLUMNS = List.of(
            AI_MODELS.NAME,
            AI_MODELS.DESCRIPTION,
            AI_MODELS.SUPPORTS_STREAMING,
            AI_MODELS.SUPPORTS_FUNCTION_CALLING,
            AI_MODELS.SUPPORTS_VISION,
            AI_MODELS.CONTEXT_LENGTH,
            AI_MODELS.INPUT_PRICE_PER_MILLION,
            AI_MODELS.OUTPUT_PRICE_PER_MILLION,
            AI_MODELS.CACHED_INPUT_PRICE_PER_MILLION,
            AI_MODELS.DEPRECATED);

    private CatalogueRows() {}

    static Map<Field<?>, @Nullable Object> said(CatalogueProvider provider) {
        Map<Field<?>, @Nullable Object> values = new LinkedHashMap<>();
        values.put(MODEL_PROVIDERS.NAME, provider.name());
        values.put(MODEL_PROVIDERS.TYPE, provider.type());
        values.put(MODEL_PROVIDERS.DESCRIPTION, provider.description().orElse(null));
        values.put(MODEL_PROVIDERS.BASE_URL, provider.baseUrl().orElse(null));
        return values;
    }

    static Map<Field<?>, @Nullable Object> said(CatalogueModel model) {
        Map<Field<?>, @Nullable Object> values = new LinkedHashMap<>();
        values.put(AI_MODELS.NAME, model.name());
        values.put(AI_MODELS.DESCRIPTION, model.description().orElse(null));
        for (ModelCapability capability : ModelCapability.values()) {
            values.put(ModelRows.column(capability), model.capabilities().contains(capability));
        }
        values.put(
                AI_MODELS.CONTEXT_LENGTH,
                model.contextLength().isPresent() ? model.contextLength().getAsInt() : null);
        values.put(AI_MODELS.INPUT_PRICE_PER_MILLION, model.prices().input().orElse(null));
        values.put(AI_MODELS.OUTPUT_PRICE_PER_MILLION, model.prices().output().orElse(null));
        values.put(
                AI_MODELS.CACHED_INPUT_PRICE_PER_MILLION,
                model.prices().cachedInput().orElse(null));
        values.put(AI_MODELS.DEPRECATED, model.deprecated());
        return values;
    }

    /** The values as a row remembers them. */
    static Map<String, @Nullable Object> entry(Map<Field<?>, @Nullable Object> values) {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        values.forEach((column, value) -> entry.put(column.getName(), stored(column, value)));
        return entry;
    }

    /** The same of a provider, which is recognised by its key. */
    static Map<String, @Nullable Object> entry(String key, Map<Field<?>, @Nullable Object> values) {
        Map<String, @Nullable Object> entry = entry(values);
        entry.put(KEY, key);
        return entry;
    }

    /** What a row remembers; null when it did not come from a catalogue. */
    static @Nullable Map<?, ?> remembered(@Nullable JSONB entry) {
        return entry == null ? null : (Map<?, ?>) Columns.json(entry).toJava();
    }

    /** Whether a provider's row came from this key. */
    static boolean hasKey(@Nullable JSONB entry, String key) {
        Map<?, ?> remembered = remembered(entry);
        return remembered != null && key.equals(remembered.get(KEY));
    }

    /** Whether a column has this value, however its numbers are written. */
    static boolean same(Field<?> column, @Nullable Object value, @Nullable Object remembered) {
        return Json.of(stored(column, value)).equals(Json.of(remembered));
    }

    /** Whether two values of a column are one. */
    static boolean equal(Field<?> column, @Nullable Object one, @Nullable Object other) {
        return same(column, one, stored(column, other));
    }

    @SuppressWarnings("unchecked")
    private static <T> @Nullable Object stored(Field<T> column, @Nullable Object value) {
        return value == null ? null : ((Converter<Object, T>) column.getConverter()).to((T) value);
    }
}
