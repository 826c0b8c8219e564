package io.promptforge.dao.model.naming;

import java.math.BigDecimal;

/**
 * Tells whether models or providers of an organization have changed: every change sets the time of a row, adds one or removes one.
 * A sum, not the last time, because a transaction that began earlier may commit later.
 *
 * @param count how many models there are
 * @param seconds the sum of the times of the last change of each model and of its provider, in seconds since 1970
 */
public record ModelsState(long count, BigDecimal seconds) {
    /** Of no models. */
    public static final ModelsState NONE = new ModelsState(0, BigDecimal.ZERO);

    /** Selects both figures; its parameter is the organization. */
    public static final String QUERY = """
            SELECT count(*) AS count,
                coalesce(sum(extract(epoch FROM m.updated_at) + extract(epoch FROM p.updated_at)), 0) AS seconds
            FROM {schema}.ai_models AS m
            JOIN {schema}.model_providers AS p ON p.organization_id = m.organization_id AND p.id = m.provider_id
            WHERE m.organization_id = ?
            """;

    /** Leaves out the zeros at the end, so that equal sums are equal. */
    public ModelsState {
        seconds = seconds.stripTrailingZeros();
    }
}
