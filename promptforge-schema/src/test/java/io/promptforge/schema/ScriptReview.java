package io.promptforge.schema;

import io.promptforge.schema.internal.ScriptImpact;
import io.promptforge.schema.internal.ScriptImpact.Lock;
import io.promptforge.schema.internal.ScriptImpact.Work;
import java.util.ArrayList;
import java.util.List;

/**
 * Reviews scripts that will run on databases in use. Before the first release there are none, and each script may do anything.
 *
 * <p>A comment {@code -- accepted: reason} in the script says that its author has decided to do it nevertheless, for example
 * because the tables are small.
 */
final class ScriptReview {

    private static final String ACCEPTED = "-- accepted: ";

    private ScriptReview() {}

    /** What the scripts after the released ones would do to a service, a sentence each; empty if all is well. */
    static List<String> problems(List<MigrationScript> scripts, int released) {
        List<String> problems = new ArrayList<>();
        if (released > 0) {
            scripts.stream()
                    .filter(script -> Integer.parseInt(script.version()) > released)
                    .filter(script -> !script.sql().contains(ACCEPTED))
                    .forEach(script -> review(script, problems));
        }
        return problems;
    }

    private static void review(MigrationScript script, List<String> problems) {
        if (script.undoSql().isEmpty()) {
            problems.add(script.fileName() + " has no undo script");
        }
        for (ScriptImpact impact : ScriptImpact.ofStatements(script.sql())) {
            if (impact.work() != Work.MOMENT && (impact.lock() != Lock.NOTHING || impact.work() == Work.WRITE)) {
                problems.add(script.fileName() + ": " + impact.statement() + " " + remedy(impact));
            }
        }
    }

    private static String remedy(ScriptImpact impact) {
        if (impact.lock() == Lock.NOTHING) {
            return "changes the rows of " + impact.table()
                    + " in one transaction: do it in batches, outside of the script";
        }
        return impact.lock().effect() + " of " + impact.table() + " while it "
                + (impact.work() == Work.SCAN ? "reads" : "writes")
                + " all rows: add constraints NOT VALID and validate them in the next script, make a new column and fill it in"
                + " batches, or say -- accepted: why";
    }
}
