package io.promptforge.benchmarks;

import io.promptforge.benchmarks.InsertTable.Rows;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A way to write rows, other than PromptForge. Thread-safe. */
interface RowWriter {
    String name();

    /**
     * Writes rows, table by table, in one transaction.
     *
     * @param known whether the rows may be stored already; stored rows do not change
     * @param afterwards a statement to run at the end of the transaction, or null
     */
    void write(List<Rows<?>> rows, boolean known, @Nullable String afterwards) throws Exception;

    /** Writes new rows. */
    default void write(List<Rows<?>> rows) throws Exception {
        write(rows, false, null);
    }
}
