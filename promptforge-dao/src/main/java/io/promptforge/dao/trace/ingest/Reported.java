package io.promptforge.dao.trace.ingest;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What the records of one trace or span report together. The fields are set only by the code that creates or clones an instance,
 * before it is passed on.
 *
 * @param <F> the class itself
 */
public abstract sealed class Reported<F extends Reported<F>> implements Cloneable permits SpanFields, TraceFields {
    /** The id of the trace, or of the span in its trace. */
    public final UUID id;

    /** A record of a greater revision replaces those of smaller ones. */
    public int revision;

    private Set<String> provisional = Set.of();

    Reported(UUID id) {
        this.id = id;
    }

    /** The reported columns. */
    abstract List<Column<F, ?>> reported();

    /** Whether one of the records is of the ended trace or span. */
    public abstract boolean hasEnded();

    abstract F self();

    /** Another one for the records of this trace or span, which reports nothing yet. */
    abstract F empty();

    /** The columns of an ended trace or span that only records of the running one have reported. */
    final Set<String> provisional() {
        return provisional;
    }

    final void provisional(Set<String> columns) {
        provisional = Set.copyOf(columns);
    }

    /** What these and other records report together: those of the greater revision, merged if both have the same. */
    final F merge(F other) {
        if (revision != other.revision) {
            return revision > other.revision ? self() : other;
        }
        Merge<F> merge = new Merge<>(self(), other);
        F merged = empty();
        merged.revision = revision;
        merged.mergeColumns(merge);
        merged.provisional(merge.provisional());
        return merged;
    }

    /** Sets the fields to what the two report. */
    void mergeColumns(Merge<F> merge) {
        Column.mergeAll(reported(), merge, self());
    }

    /** Estimates the bytes of memory; {@code NewTrace.estimatedBytes} states the rule. */
    public final long estimatedBytes() {
        return Column.estimatedBytes(reported(), self());
    }

    @Override
    @SuppressWarnings("unchecked")
    public final F clone() {
        try {
            return (F) super.clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    public final boolean equals(@Nullable Object other) {
        return other instanceof Reported<?> same
                && getClass() == same.getClass()
                && id.equals(same.id)
                && revision == same.revision
                && provisional.equals(same.provisional)
                && Column.areEqual(reported(), self(), (F) same);
    }

    @Override
    public final int hashCode() {
        return id.hashCode();
    }
}
