package io.promptforge.dao.model.naming;

import java.math.BigDecimal;

/**
 * Tells whether models, providers or prices of an organization have changed: every change sets the time of a row, adds one or removes one.
 * A sum, not the last time, because a transaction that began earlier may commit later.
 *
 * @param count how many models, providers and price lists there are
 * @param changed the sum of the times of their last changes, in microseconds since 1970
 */
public record ModelsState(long count, BigDecimal changed) {
    /** Of no models. */
    public static final ModelsState NONE = new ModelsState(0, BigDecimal.ZERO);

    /** Selects both figures; its parameters are the organization, three times. Whole numbers, which are faster to sum. */
    public static final String QUERY = """
            SELECT count(*) AS count, coalesce(sum(changed), 0) AS changed
            FROM (
                SELECT CAST(date_part('epoch', updated_at) * 1000000 AS bigint) AS changed
                FROM {schema}.ai_models WHERE organization_id = ?
                UNION ALL
                SELECT CAST(date_part('epoch', updated_at) * 1000000 AS bigint)
                FROM {schema}.model_providers WHERE organization_id = ?
                UNION ALL
                SELECT CAST(date_part('epoch', updated_at) * 1000000 AS bigint)
                FROM {schema}.model_prices WHERE organization_id = ?) AS r
            """;
}
