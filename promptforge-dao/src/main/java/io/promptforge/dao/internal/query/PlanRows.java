package io.promptforge.dao.internal.query;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The number of rows that a plan expects, as {@code EXPLAIN (FORMAT JSON)} reports it. */
final class PlanRows {
    private static final Pattern ROWS = Pattern.compile("\"Plan Rows\": *(\\d+)");

    /** On Citus, the plan itself expects nothing: each of its tasks has one for a shard, of which the first is reported. */
    private static final Pattern TASKS = Pattern.compile("\"Task Count\": *(\\d+)");

    private static final String FIRST_TASK = "\"Remote Plan\"";

    private PlanRows() {}

    /** The rows of the plan; where it has tasks, those of the first for each, since tenants are spread evenly over the shards. */
    static long of(String plan) {
        int firstTask = plan.indexOf(FIRST_TASK);
        return firstTask < 0
                ? number(ROWS, plan, 0)
                : Math.multiplyExact(number(TASKS, plan, 0), number(ROWS, plan, firstTask));
    }

    private static long number(Pattern pattern, String plan, int from) {
        Matcher matcher = pattern.matcher(plan);
        if (!matcher.find(from)) {
            throw new IllegalStateException("the plan has no number of rows");
        }
        return Long.parseLong(matcher.group(1));
    }
}
