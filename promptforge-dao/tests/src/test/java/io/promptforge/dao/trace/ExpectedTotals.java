package io.promptforge.dao.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.ClassDatabase;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the totals of stored traces must be: computed from the stored spans by the rule as it is stated, span by span. */
record ExpectedTotals(ClassDatabase database, UUID organization) {
    void assertStored() {
        List<String> stored = database.query(
                "SELECT concat_ws(' ', id, span_count, input_tokens, output_tokens, trim_scale(cost)) FROM promptforge.traces"
                        + " WHERE organization_id = '" + organization + "' ORDER BY id");
        List<String> expected = new ArrayList<>();
        for (String line : stored) {
            expected.add(of(line.substring(0, 36)));
        }
        assertThat(stored).isNotEmpty().isEqualTo(expected);
    }

    private String of(String trace) {
        Map<String, Row> rows = new HashMap<>();
        database.query(
                        "SELECT concat_ws(',', id, coalesce(parent_id::text, '-'), to_char(started_at AT TIME ZONE 'UTC', 'YYYYMMDDHH24MISSUS'), coalesce(input_tokens, 0),"
                                + " coalesce(output_tokens, 0), coalesce(cost, 0)) FROM promptforge.spans WHERE organization_id = '"
                                + organization + "' AND trace_id = '" + trace + "'")
                .forEach(line -> {
                    String[] values = line.split(",", -1);
                    rows.put(values[0], new Row(values[0], values[1], values[2], List.of(values)));
                });
        List<String> reported = database.query("SELECT concat_ws(',', coalesce(reported_input_tokens, 0),"
                + " coalesce(reported_output_tokens, 0), coalesce(reported_cost, 0)) FROM promptforge.traces"
                + " WHERE organization_id = '" + organization + "' AND id = '" + trace + "'");
        return trace + " " + rows.size() + " " + sum(rows, 3, reported) + " " + sum(rows, 4, reported) + " "
                + sum(rows, 5, reported);
    }

    private static String sum(Map<String, Row> rows, int kind, List<String> reported) {
        BigDecimal sum = BigDecimal.ZERO;
        for (Row row : rows.values()) {
            Predicate<Row> reportsBelow = other ->
                    other.amount(kind).signum() > 0 && ancestors(rows, other).contains(row.id());
            if (rows.values().stream().noneMatch(reportsBelow)) {
                sum = sum.add(row.amount(kind));
            }
        }
        boolean none = rows.values().stream().allMatch(row -> row.amount(kind).signum() == 0);
        BigDecimal total = none ? new BigDecimal(reported.get(0).split(",", -1)[kind - 3]) : sum;
        return total.signum() == 0 ? "0" : total.stripTrailingZeros().toPlainString();
    }

    private static List<String> ancestors(Map<String, Row> rows, Row row) {
        List<String> ancestors = new ArrayList<>();
        Row current = parent(rows, row);
        while (current != null) {
            ancestors.add(current.id());
            current = parent(rows, current);
        }
        return ancestors;
    }

    private static @Nullable Row parent(Map<String, Row> rows, Row row) {
        List<Row> up = new ArrayList<>();
        Row current = row;
        while (current != null && !up.contains(current)) {
            up.add(current);
            current = rows.get(current.parent());
        }
        boolean inCycle = row.equals(current);
        boolean isFirst = inCycle && up.stream().allMatch(other -> row.order().compareTo(other.order()) <= 0);
        return isFirst ? null : rows.get(row.parent());
    }

    private record Row(String id, String parent, String start, List<String> values) {
        BigDecimal amount(int kind) {
            return new BigDecimal(values.get(kind));
        }

        String order() {
            return start + " " + id;
        }
    }
}
