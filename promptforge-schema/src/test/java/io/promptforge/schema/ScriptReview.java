package io.promptforge.schema;

import io.promptforge.schema.internal.ScriptImpact;
import io.promptforge.schema.internal.ScriptImpact.Lock;
import io.promptforge.schema.internal.ScriptImpact.Work;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Reviews scripts that will run on databases in use. Before the first release there are none, and each script may do anything.
 *
 * <p>A comment {@code -- accepted: reason} in the script says that its author has decided to do it nevertheless, for example
 * because the tables are small.
 */
final class ScriptReview {

    private static final String ACCEPTED = "-- accepted: ";

    private static final Pattern SCRIPT = Pattern.compile("V(\\d+)__\\w+\\.sql");

    private ScriptReview() {}

    /** The number of the newest script in the files of frozen checksums; 0 if there is none. */
    static int newestReleased(Path folder) throws IOException {
        int newest = 0;
        if (Files.isDirectory(folder)) {
            try (Stream<Path> releases = Files.list(folder)) {
                for (Path release : releases.toList()) {
                    Matcher script = SCRIPT.matcher(Files.readString(release));
                    while (script.find()) {
                        newest = Math.max(newest, Integer.parseInt(script.group(1)));
                    }
                }
            }
        }
        return newest;
    }

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
