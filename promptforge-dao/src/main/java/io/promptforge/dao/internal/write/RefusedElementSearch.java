package io.promptforge.dao.internal.write;

import io.promptforge.dao.error.FieldException;
import io.promptforge.dao.error.PromptForgeException;
import io.promptforge.dao.internal.session.Session;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Finds the element of a batch that the database refuses. The database names at most the constraint, and under row-level security
 * nothing of the row; so the search re-runs beginnings of the batch in savepoints of one transaction, which is rolled back. It
 * takes about as much work again as the batch took, and only where one is refused.
 */
public final class RefusedElementSearch {
    private RefusedElementSearch() {}

    /**
     * The index of the last element of the shortest beginning of the batch that is refused; empty if that beginning is shorter than
     * {@code least}, if nothing is refused any more, or if the search itself fails.
     *
     * @param least the length of the shortest beginning that can be run
     * @param rehearsal writes a beginning of the batch and rolls it back, see {@code Session.rehearse}
     */
    public static <T> OptionalInt indexIn(List<T> batch, int least, Consumer<List<T>> rehearsal) {
        int accepted = least - 1;
        int refused = batch.size();
        try {
            if (!isRefused(batch, rehearsal)) {
                return OptionalInt.empty();
            }
            while (refused - accepted > 1) {
                int middle = (accepted + refused) >>> 1;
                if (isRefused(batch.subList(0, middle), rehearsal)) {
                    refused = middle;
                } else {
                    accepted = middle;
                }
            }
        } catch (PromptForgeException e) {
            return OptionalInt.empty();
        }
        return refused == 0 ? OptionalInt.empty() : OptionalInt.of(refused - 1);
    }

    /**
     * The refusal with the path of the element that causes it, such as {@code results[17]}; unchanged if the search finds none. The
     * parts are written in savepoints of one transaction, which is rolled back.
     *
     * @param name of the batch
     * @param write writes a beginning of the batch
     */
    public static <T> FieldException locate(
            Session session, FieldException refusal, String name, List<T> batch, BiConsumer<Session, List<T>> write) {
        OptionalInt place = session.rehearse(tx -> indexIn(
                batch,
                1,
                some -> tx.rehearse(nested -> {
                    write.accept(nested, some);
                    return true;
                })));
        return place.isEmpty() ? refusal : refusal.at(name + "[" + place.getAsInt() + "]", null);
    }

    private static <T> boolean isRefused(List<T> some, Consumer<List<T>> rehearsal) {
        try {
            rehearsal.accept(some);
            return false;
        } catch (FieldException e) {
            return true;
        }
    }
}
