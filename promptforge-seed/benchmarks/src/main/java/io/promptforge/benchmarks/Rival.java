package io.promptforge.benchmarks;

import io.promptforge.benchmarks.Table.Rows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Another way to write rows. Safe for use by several threads. */
interface Rival {
    String name();

    /**
     * Writes rows, table by table, in one transaction.
     *
     * @param known whether the rows may be there already, in which case they are to stay as they are
     * @param afterwards a statement at the end of the transaction, if there is one
     */
    void write(List<Rows<?>> rows, boolean known, @Nullable String afterwards) throws Exception;

    /** Writes new rows. */
    default void write(List<Rows<?>> rows) throws Exception {
        write(rows, false, null);
    }
}
