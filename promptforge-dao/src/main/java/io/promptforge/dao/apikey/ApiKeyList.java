package io.promptforge.dao.apikey;

import static io.promptforge.schema.jooq.Tables.API_KEYS;

import io.promptforge.dao.internal.query.Conditions;
import io.promptforge.dao.internal.query.ListQuery;
import io.promptforge.dao.internal.query.SortOrder;

/** The lists of keys: what each criterion of a filter is in SQL, and the order. */
final class ApiKeyList {
    private static final Conditions CONDITIONS = Conditions.ofTenant(API_KEYS.ORGANIZATION_ID)
            .inlined(
                    ApiKeyFilter.REVOKED,
                    revoked -> revoked ? API_KEYS.REVOKED_AT.isNotNull() : API_KEYS.REVOKED_AT.isNull())
            .mentions(ApiKeyFilter.TEXT, API_KEYS.NAME);

    static final SortOrder BY_NAME = SortOrder.ascending(API_KEYS.NAME);

    static final ListQuery<ApiKey> LIST = new ListQuery<>("api_keys", API_KEYS, CONDITIONS, ApiKeyRows.KEY);

    private ApiKeyList() {}
}
