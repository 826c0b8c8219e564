package io.promptforge.dao.internal.session;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jooq.Check;
import org.jooq.Field;
import org.jooq.Table;

/**
 * Says what a column takes, by the text of its CHECK constraint as PostgreSQL writes it, so that a limit is stated in the scripts only.
 */
final class ColumnRules {
    private static final long KIBIBYTE = 1_024;
    private static final long MEBIBYTE = 1_048_576;

    private final String check;
    private final String column;
    private final List<String> rules = new ArrayList<>();

    private ColumnRules(String check, String column) {
        this.check = check;
        this.column = column;
    }

    /** A sentence that says what the column takes by this constraint, or else by its comment. */
    static String remedy(Table<?> table, String constraint, String column) {
        String check = table.getChecks().stream()
                .filter(each -> each.getName().equals(constraint))
                .map(Check::condition)
                .map(Object::toString)
                .findFirst()
                .orElse("");
        List<String> rules = new ColumnRules(check, column).read();
        if (!rules.isEmpty()) {
            return "It takes " + String.join(", ", rules) + ".";
        }
        Field<?> field = table.field(column);
        String comment = field == null ? "" : field.getComment();
        return comment.isEmpty() ? "Give a value that the field takes." : "It takes: " + comment;
    }

    private List<String> read() {
        String name = Pattern.quote(column);
        boolean hasForm =
                Pattern.compile("\\b" + name + " ~ '(?!\\\\S')").matcher(check).find();
        if (hasForm || check.contains("are_prompt_messages")) {
            // the comment says in words what the form is
            return rules;
        }
        add("jsonb_typeof\\(\\(?" + name + "\\)?(?:::jsonb)?\\) = '(\\w+)'", found -> "a JSON " + found.group(1));
        add(
                "\\b" + name + " = ANY \\(ARRAY\\[(.+?)]\\)",
                found -> "one of " + found.group(1).replaceAll("'|::text", ""));
        add("char_length\\(" + name + "\\) <= (\\d+)", found -> "at most " + found.group(1) + " characters");
        add("octet_length\\(\\(?" + name + "\\)?(?:::text)?\\) <= (\\d+)", found -> "at most " + size(found));
        add(
                "pg_column_size\\(" + name + "\\) <= (\\d+)",
                found -> "at most " + size(found) + " as PostgreSQL stores it");
        add("cardinality\\(" + name + "\\) <= (\\d+)", found -> "at most " + found.group(1) + " elements");
        add("\\b" + name + " ~ '\\\\S'", found -> "not blank");
        add("array_position\\(" + name + ", NULL", found -> "no null");
        add(
                "(?<![a-z]\\()\\b" + name
                        + " (>=|<=|<|>) (?:\\((-?[\\d.]+)\\)::|'(-?[\\d.]+)'::|(-?[\\d.]+)|([a-z_]+))",
                ColumnRules::bound);
        return rules;
    }

    private void add(String pattern, Rule rule) {
        Matcher matcher = Pattern.compile(pattern).matcher(check);
        while (matcher.find()) {
            rules.add(rule.of(matcher));
        }
    }

    private static String bound(MatchResult found) {
        String number = "";
        for (int group = 2; group <= found.groupCount(); group++) {
            number = found.group(group) == null ? number : found.group(group);
        }
        return switch (found.group(1)) {
            case ">=" -> "at least " + number;
            case "<=" -> "at most " + number;
            case ">" -> "more than " + number;
            default -> "less than " + number;
        };
    }

    private static String size(MatchResult found) {
        long bytes = Long.parseLong(found.group(1));
        if (bytes % MEBIBYTE == 0) {
            return bytes / MEBIBYTE + " MiB";
        }
        return bytes % KIBIBYTE == 0 ? bytes / KIBIBYTE + " KiB" : bytes + " bytes";
    }

    private interface Rule {
        String of(MatchResult found);
    }
}
