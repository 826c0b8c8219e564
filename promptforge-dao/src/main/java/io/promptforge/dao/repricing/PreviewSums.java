package io.promptforge.dao.repricing;

import io.promptforge.dao.internal.query.Columns;
import io.promptforge.dao.trace.ingest.RepricedSpan;
import io.promptforge.dao.trace.ingest.RepricedTrace;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Adds up what a repricing would change. Not thread-safe. */
final class PreviewSums {
    private final Map<Key, Sums> sums = new TreeMap<>();
    private long traces;
    private long spans;
    private BigDecimal before = BigDecimal.ZERO;
    private BigDecimal after = BigDecimal.ZERO;

    void add(RepricedTrace trace, Instant occurredAt) {
        traces++;
        spans += trace.spans().size();
        before = before.add(trace.costBefore());
        after = after.add(trace.costAfter());
        LocalDate day = LocalDate.ofInstant(occurredAt, ZoneOffset.UTC);
        for (RepricedSpan span : trace.spans()) {
            sums.computeIfAbsent(new Key(day, span.modelName(), span.modelId()), key -> new Sums())
                    .add(span);
        }
    }

    RepricingPreview preview() {
        return new RepricingPreview(
                traces,
                spans,
                Columns.plain(before),
                Columns.plain(after),
                sums.entrySet().stream()
                        .map(each -> each.getValue().of(each.getKey()))
                        .toList());
    }

    private record Key(
            LocalDate day,
            @Nullable String modelName,
            @Nullable UUID modelId) implements Comparable<Key> {
        private static final Comparator<Key> ORDER = Comparator.comparing(Key::day)
                .thenComparing(Key::modelName, Comparator.nullsLast(Comparator.naturalOrder()))
                .thenComparing(Key::modelId, Comparator.nullsLast(Comparator.naturalOrder()));

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    private static final class Sums {
        private long spans;
        private BigDecimal before = BigDecimal.ZERO;
        private BigDecimal after = BigDecimal.ZERO;
        private long unknownBefore;
        private long unknownAfter;

        void add(RepricedSpan span) {
            spans++;
            before = before.add(span.costBefore());
            after = after.add(span.costAfter());
            unknownBefore += span.wasUnknown() ? 1 : 0;
            unknownAfter += span.isUnknown() ? 1 : 0;
        }

        RepricingChange of(Key key) {
            return new RepricingChange(
                    key.day(),
                    Optional.ofNullable(key.modelId()),
                    Optional.ofNullable(key.modelName()),
                    spans,
                    Columns.plain(before),
                    Columns.plain(after),
                    unknownBefore,
                    unknownAfter);
        }
    }
}
