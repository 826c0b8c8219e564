package io.promptforge.dao.internal.query;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a filter asks for; a row must meet every criterion. Immutable. */
public final class Criteria implements NamedValues {
    private static final Criteria NONE = new Criteria(new TreeMap<>(Comparator.comparing(Criterion::name)));

    private final SortedMap<Criterion<?>, Object> values;

    private Criteria(SortedMap<Criterion<?>, Object> values) {
        this.values = values;
    }

    /** No criterion: every row passes. */
    public static Criteria none() {
        return NONE;
    }

    /** Adds a criterion, or replaces its value. */
    public <T> Criteria with(Criterion<T> criterion, T value) {
        SortedMap<Criterion<?>, Object> more = new TreeMap<>(values);
        more.put(criterion, value);
        return new Criteria(more);
    }

    /** The value of a criterion; empty if the filter does not ask for it. */
    @SuppressWarnings("unchecked")
    public <T> Optional<T> get(Criterion<T> criterion) {
        return Optional.ofNullable((T) values.get(criterion));
    }

    @Override
    public @Nullable Object value(String field) {
        return values.get(new Criterion<>(field));
    }

    /** The criteria with their values, by name. */
    Map<Criterion<?>, Object> values() {
        return values;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Criteria criteria && values.equals(criteria.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** The names and values in the order of the names: the same text in every JVM, since a cursor is bound to it. */
    @Override
    public String toString() {
        return values.entrySet().stream()
                .map(entry -> entry.getKey().name() + "=" + entry.getValue())
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
