package io.promptforge.dao.trace;

import static io.promptforge.schema.jooq.Tables.SPANS;

import io.promptforge.dao.internal.query.ResultRow;
import io.promptforge.dao.internal.query.Selection;
import io.promptforge.dao.internal.session.TenantSession;
import io.promptforge.dao.model.CostLine;
import io.promptforge.dao.model.PriceList;
import io.promptforge.dao.model.ServiceTier;
import io.promptforge.dao.model.UsageUnit;
import io.promptforge.dao.model.naming.StoredPriceLists;
import io.promptforge.dao.trace.ingest.SpanFields;
import io.promptforge.dao.trace.ingest.SpanUsage;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Explains the cost of a span by what was stored with it.
 *
 * @param amount the stored cost
 */
record JooqSpanCost(
        @Nullable UUID modelId,
        @Nullable UUID priceId,
        Instant startedAt,
        Optional<BigDecimal> amount,
        boolean reported,
        Map<UsageUnit, BigDecimal> usage,
        ServiceTier tier) {
    private static final Selection FIELDS = Selection.of(
            SPANS.ID,
            SPANS.MODEL_ID,
            SPANS.PRICE_ID,
            SPANS.STARTED_AT,
            SPANS.COST,
            SPANS.COST_REPORTED,
            SPANS.INPUT_TOKENS,
            SPANS.OUTPUT_TOKENS,
            SPANS.CACHED_INPUT_TOKENS,
            SPANS.CACHE_CREATION_INPUT_TOKENS,
            SPANS.REASONING_OUTPUT_TOKENS,
            SPANS.USAGE,
            SPANS.SERVICE_TIER);

    /** The cost of a span; empty if there is no such span. */
    static Optional<SpanCost> of(TenantSession session, UUID traceId, UUID spanId) {
        return session.run(dsl -> FIELDS.fetchOptional(
                        dsl.select(FIELDS.fields())
                                .from(SPANS)
                                .where(SPANS.ORGANIZATION_ID.eq(session.organizationId()))
                                .and(SPANS.TRACE_ID.eq(traceId))
                                .and(SPANS.ID.eq(spanId)),
                        JooqSpanCost::read))
                .map(span -> span.explained(session));
    }

    private static JooqSpanCost read(ResultRow row) {
        SpanFields span = new SpanFields(row.take(SPANS.ID));
        UUID modelId = row.takeNullable(SPANS.MODEL_ID);
        UUID priceId = row.takeNullable(SPANS.PRICE_ID);
        Instant startedAt = row.take(SPANS.STARTED_AT);
        Optional<BigDecimal> amount = row.takeOptionalNumber(SPANS.COST);
        boolean reported = row.take(SPANS.COST_REPORTED);
        span.inputTokens = row.takeNullable(SPANS.INPUT_TOKENS);
        span.outputTokens = row.takeNullable(SPANS.OUTPUT_TOKENS);
        span.cachedInputTokens = row.takeNullable(SPANS.CACHED_INPUT_TOKENS);
        span.cacheCreationInputTokens = row.takeNullable(SPANS.CACHE_CREATION_INPUT_TOKENS);
        span.reasoningOutputTokens = row.takeNullable(SPANS.REASONING_OUTPUT_TOKENS);
        row.takeOptionalJson(SPANS.USAGE).ifPresent(usage -> span.usage = SpanUsage.read(usage));
        ServiceTier tier = ServiceTier.of(row.takeNullable(SPANS.SERVICE_TIER));
        return new JooqSpanCost(modelId, priceId, startedAt, amount, reported, SpanUsage.of(span), tier);
    }

    private SpanCost explained(TenantSession session) {
        if (reported) {
            return new SpanCost(amount, CostOrigin.REPORTED, Optional.empty(), List.of());
        }
        Optional<PriceList> list = priceId != null
                ? StoredPriceLists.find(session, priceId)
                : modelId == null ? Optional.empty() : StoredPriceLists.at(session, modelId, startedAt);
        List<CostLine> lines =
                list.map(found -> found.prices().lines(usage, tier)).orElse(List.of());
        return new SpanCost(amount, origin(list), list, lines);
    }

    private CostOrigin origin(Optional<PriceList> list) {
        if (amount.isPresent()) {
            return CostOrigin.CALCULATED;
        }
        if (usage.isEmpty()) {
            return CostOrigin.NO_USAGE;
        }
        if (modelId == null) {
            return CostOrigin.NO_MODEL;
        }
        if (list.isEmpty()) {
            return CostOrigin.NO_PRICES;
        }
        boolean complete = list.get().prices().cost(usage, tier).isPresent();
        return complete ? CostOrigin.NOT_YET_PRICED : CostOrigin.MISSING_PRICE;
    }
}
