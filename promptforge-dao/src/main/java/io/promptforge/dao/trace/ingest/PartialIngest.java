package io.promptforge.dao.trace.ingest;

import io.promptforge.dao.error.FieldException;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.internal.session.TenantSession;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Merges what is accepted of a batch, and finds each trace that is not, inside one transaction. A part is merged in a savepoint, and a
 * refused part is halved. Behind a refused trace comes a part as long as what was accepted before it, and then parts that double: so a
 * few refused traces take few parts, and a batch of refused ones about one for each trace.
 */
final class PartialIngest {
    private final TenantSession tx;
    private final List<ReportedTrace> batch;
    private final SortedMap<Integer, FieldException> refusals = new TreeMap<>();
    private final MonthsWithoutPartition months = new MonthsWithoutPartition();

    private PartialIngest(TenantSession tx, List<ReportedTrace> batch) {
        this.tx = tx;
        this.batch = batch;
    }

    /**
     * Merges a batch.
     *
     * @param refused whether the whole batch was refused before
     */
    static PartialIngest run(TenantSession tx, List<ReportedTrace> batch, boolean refused) {
        PartialIngest ingest = new PartialIngest(tx, batch);
        // by id, so that all transactions lock traces in one order
        List<Integer> places = IntStream.range(0, batch.size())
                .boxed()
                .sorted(Comparator.comparing(place -> batch.get(place).id(), IncomingTrace.BY_ID))
                .toList();
        if (refused || ingest.attempt(places) != null) {
            List<Integer> rest = ingest.refuseThoseOfMissingProjects(places);
            ingest.merge(rest, rest.size() == places.size());
        }
        return ingest;
    }

    /** The refused traces by their places in the batch. */
    SortedMap<Integer, FieldException> refusals() {
        return refusals;
    }

    MonthsWithoutPartition months() {
        return months;
    }

    /** Returns the others. Left to an attempt is a trace with several records, since an earlier one may store it. */
    private List<Integer> refuseThoseOfMissingProjects(List<Integer> places) {
        List<TraceFields> alone = batch.stream().collect(Collectors.groupingBy(ReportedTrace::id)).values().stream()
                .filter(records -> records.size() == 1)
                .map(records -> records.get(0).fields())
                .filter(Objects::nonNull)
                .toList();
        Set<UUID> missing = MissingProjects.ofNew(alone, tx);
        List<Integer> others = new ArrayList<>();
        for (int place : places) {
            UUID trace = batch.get(place).id();
            if (missing.contains(trace)) {
                refusals.put(place, MissingProjects.refusal().at("traces[" + place + "]", trace));
            } else {
                others.add(place);
            }
        }
        return others;
    }

    /**
     * Merges a part of the batch.
     *
     * @param refused whether the part as a whole will be refused
     */
    private void merge(List<Integer> places, boolean refused) {
        int size = places.size();
        int lastRefused = -1;
        int refusedEnd = refused ? places.size() : 0; // if it is behind begin, one between them will be refused
        for (int begin = 0; begin < places.size(); ) {
            int end = begin < refusedEnd
                    ? begin + Math.max(1, (refusedEnd - begin) / 2)
                    : Math.min(begin + size, places.size());
            FieldException refusal = attempt(places.subList(begin, end));
            if (refusal == null) {
                size = 2 * (end - begin);
            } else if (end - begin > 1) {
                refusedEnd = end;
                continue;
            } else {
                int place = places.get(begin);
                refusals.put(place, RefusedElement.locate(tx, batch.get(place), place, refusal));
                size = Math.max(1, begin - lastRefused - 1);
                lastRefused = begin;
                refusedEnd = end;
            }
            begin = end;
        }
    }

    private @Nullable FieldException attempt(List<Integer> places) {
        List<IncomingTrace> traces =
                IncomingTrace.of(places.stream().map(batch::get).toList());
        try {
            months.addAll(tx.transaction(nested -> BatchMerge.run(nested, traces)));
            return null;
        } catch (InvalidValueException | InvalidReferenceException refusal) {
            return refusal;
        }
    }
}
