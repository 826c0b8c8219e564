package io.promptforge.dao.trace;

/** Where the cost of a span comes from, or why it is unknown. */
public enum CostOrigin {
    /** The sender reported it. */
    REPORTED,
    /** It was calculated by a price list. */
    CALCULATED,
    /** Unknown: the span reports no usage. */
    NO_USAGE,
    /** Unknown: the span names no model that is registered, or one of several with different prices. */
    NO_MODEL,
    /** Unknown: the model had no prices when the span started. */
    NO_PRICES,
    /** Unknown: a price is missing for something that was used. */
    MISSING_PRICE,
    /** Unknown: the prices were set after the span was recorded. */
    NOT_YET_PRICED
}
