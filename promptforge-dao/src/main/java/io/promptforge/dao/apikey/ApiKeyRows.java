package io.promptforge.dao.apikey;

import static io.promptforge.schema.jooq.Tables.API_KEYS;

import io.promptforge.dao.access.Right;
import io.promptforge.dao.internal.query.ResultRow;
import io.promptforge.dao.internal.query.RowReader;
import io.promptforge.dao.internal.query.Selection;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Maps rows to keys. */
final class ApiKeyRows {
    private static final Selection FIELDS = Selection.of(
            API_KEYS.ID,
            API_KEYS.NAME,
            API_KEYS.RIGHTS,
            API_KEYS.PROJECT_IDS,
            API_KEYS.EXPIRES_AT,
            API_KEYS.REVOKED_AT,
            API_KEYS.PREVIOUS_UNTIL,
            API_KEYS.LAST_USED_AT,
            API_KEYS.CREATED_BY,
            API_KEYS.CREATED_AT,
            API_KEYS.UPDATED_AT);

    static final RowReader<ApiKey> KEY = RowReader.of(FIELDS, ApiKeyRows::key);

    static final RowReader<StoredApiKey> STORED =
            RowReader.of(FIELDS.and(API_KEYS.HASH, API_KEYS.PREVIOUS_HASH), ApiKeyRows::stored);

    private ApiKeyRows() {}

    private static ApiKey key(ResultRow row) {
        return new ApiKey(
                row.take(API_KEYS.ID),
                row.take(API_KEYS.NAME),
                rights(row.take(API_KEYS.RIGHTS)),
                row.takeOptional(API_KEYS.PROJECT_IDS).map(ids -> Set.of(ids)),
                row.takeOptional(API_KEYS.EXPIRES_AT),
                row.takeOptional(API_KEYS.REVOKED_AT),
                row.takeOptional(API_KEYS.PREVIOUS_UNTIL),
                row.takeOptional(API_KEYS.LAST_USED_AT),
                row.takeOptional(API_KEYS.CREATED_BY),
                row.take(API_KEYS.CREATED_AT),
                row.take(API_KEYS.UPDATED_AT));
    }

    private static StoredApiKey stored(ResultRow row) {
        return new StoredApiKey(key(row), row.take(API_KEYS.HASH), row.takeOptional(API_KEYS.PREVIOUS_HASH));
    }

    private static Set<Right> rights(String[] words) {
        return Arrays.stream(words)
                .map(word -> Right.valueOf(word.toUpperCase(Locale.ROOT)))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** A right as it is stored. */
    static String word(Right right) {
        return right.name().toLowerCase(Locale.ROOT);
    }
}
