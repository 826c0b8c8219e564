package io.promptforge.dao.trace.ingest;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The parents of the spans of one trace, as far as they are there. In a cycle of parents, the first span has none. */
final class Ancestors {
    private final Map<UUID, SpanRow> spans = new HashMap<>();
    private final Set<UUID> firstOfCycles = new HashSet<>();

    Ancestors(Collection<SpanRow> spans, Comparator<SpanRow> order) {
        spans.forEach(span -> this.spans.put(span.id(), span));
        Map<UUID, SpanRow> seenFrom = new HashMap<>();
        for (SpanRow start : spans) {
            SpanRow span = start;
            while (span != null && seenFrom.putIfAbsent(span.id(), start) == null) {
                span = parent(span);
            }
            if (span != null && seenFrom.get(span.id()) == start) {
                cut(span, order);
            }
        }
    }

    /** The parent; null if it has none, if it is not there, or if the span is the first of a cycle. */
    @Nullable SpanRow parent(SpanRow span) {
        UUID parent = span.fields.parentId;
        return parent == null || firstOfCycles.contains(span.id()) ? null : spans.get(parent);
    }

    private void cut(SpanRow inCycle, Comparator<SpanRow> order) {
        SpanRow first = inCycle;
        for (SpanRow span = parent(inCycle); span != null && span != inCycle; span = parent(span)) {
            first = order.compare(span, first) < 0 ? span : first;
        }
        firstOfCycles.add(first.id());
    }
}
