package io.promptforge.schema.draft;

import java.util.ArrayList;
import java.util.List;

/**
 * A step of a migration.
 *
 * @param table what it is about; empty for functions
 * @param rank its place among the steps of its table
 * @param statements run one after the other, without the semicolons
 * @param remarks what its author should know, a sentence each
 * @param alternative what to do instead if it cannot be done; empty if nothing else can
 */
record Change(String table, int rank, List<String> statements, List<String> remarks, List<Change> alternative) {

    static Change of(String table, int rank, List<String> statements) {
        return new Change(table, rank, statements, List.of(), List.of());
    }

    Change remark(String sentence) {
        List<String> more = new ArrayList<>(remarks);
        more.add(sentence);
        return new Change(table, rank, statements, more, alternative);
    }

    Change orElse(List<Change> others) {
        return new Change(table, rank, statements, remarks, others);
    }
}
