package io.promptforge.dao.trace.ingest;

import io.promptforge.dao.error.FieldException;
import io.promptforge.dao.error.InvalidReferenceException;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.internal.session.TenantSession;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Merges what is accepted of a batch, and finds each trace that is not, inside one transaction. A part is merged in a savepoint; a
 * refused part is halved.
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
        ingest.merge(places, refused);
        return ingest;
    }

    /** The refused traces by their places in the batch. */
    SortedMap<Integer, FieldException> refusals() {
        return refusals;
    }

    MonthsWithoutPartition months() {
        return months;
    }

    /**
     * Merges a part of the batch.
     *
     * @param refused whether the part as a whole will be refused
     * @return whether all of it was accepted
     */
    private boolean merge(List<Integer> places, boolean refused) {
        if (places.size() == 1 || !refused) {
            FieldException refusal = attempt(places);
            if (refusal == null) {
                return true;
            }
            if (places.size() == 1) {
                int place = places.get(0);
                refusals.put(place, RefusedElement.locate(tx, batch.get(place), place, refusal));
                return false;
            }
        }
        int middle = places.size() / 2;
        boolean first = merge(places.subList(0, middle), false);
        boolean second = merge(places.subList(middle, places.size()), first);
        return first && second;
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
