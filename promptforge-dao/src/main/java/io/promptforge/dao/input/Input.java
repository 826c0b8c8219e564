package io.promptforge.dao.input;

import io.promptforge.dao.internal.query.NamedValues;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A value that a caller passes in: a new row, an edit, a filter, or settings. Immutable and thread-safe; each method that sets a
 * field returns a changed copy. Two inputs are equal if they are of one class and all their fields are equal. Not for extension by
 * applications.
 *
 * @param <S> the class of the input
 */
public abstract class Input<S extends Input<S>> {
    private final Object content;

    /**
     * An input.
     *
     * @param content the values of all fields; its {@code toString} shows no secret, or this class's is overridden
     */
    protected Input(Object content) {
        this.content = content;
    }

    /**
     * The value of a field, to check before it is written who may: {@code new.value("project_id")}.
     *
     * @param field the name in the database
     * @return empty if the field has no value, or if this is no field of such an input
     */
    public final Optional<Object> value(String field) {
        Stream<?> parts = content instanceof List<?> list ? list.stream() : Stream.of(content);
        return parts.filter(NamedValues.class::isInstance)
                .flatMap(part -> Stream.ofNullable(((NamedValues) part).value(field)))
                .findFirst();
    }

    /**
     * Applies a method if there is a value for it: {@code filter.ifPresent(request.text(), PromptFilter::text)}.
     *
     * @param value null to leave the input as it is
     */
    @SuppressWarnings("unchecked")
    public final <V> S ifPresent(@Nullable V value, BiFunction<S, V, S> method) {
        S self = (S) this;
        return value == null ? self : method.apply(self, value);
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof Input<?> input && getClass() == input.getClass() && content.equals(input.content);
    }

    @Override
    public final int hashCode() {
        return content.hashCode();
    }

    /** The names of the fields that are set, and of a filter also the values. */
    @Override
    public String toString() {
        return getClass().getSimpleName() + content;
    }
}
