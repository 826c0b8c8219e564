/**
 * Stores records of traces and spans: groups the records of a batch, merges them with what is stored, derives totals and
 * descriptions, and writes. {@link io.promptforge.dao.trace.TraceRepository} states the rules. A column is added in one place:
 * the list {@code REPORTED} of {@link io.promptforge.dao.trace.ingest.TraceFields} or
 * {@link io.promptforge.dao.trace.ingest.SpanFields}. Not API.
 */
@org.jspecify.annotations.NullMarked
package io.promptforge.dao.trace.ingest;
