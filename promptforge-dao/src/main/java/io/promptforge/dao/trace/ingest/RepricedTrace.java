package io.promptforge.dao.trace.ingest;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;

/**
 * A trace of which a repricing changes a span.
 *
 * @param id its id
 * @param costBefore the total before, in US dollars
 * @param costAfter the total afterwards
 * @param spans the changed spans
 */
public record RepricedTrace(UUID id, BigDecimal costBefore, BigDecimal costAfter, List<RepricedSpan> spans) {}
