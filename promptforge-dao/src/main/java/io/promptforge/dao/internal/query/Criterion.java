package io.promptforge.dao.internal.query;

/**
 * One thing that a filter can ask for.
 *
 * @param name the field it is about, for messages; unique in its filter
 * @param <T> the type of the value
 */
@SuppressWarnings("UnusedTypeParameter") // of the values in Criteria
public record Criterion<T>(String name) {}
