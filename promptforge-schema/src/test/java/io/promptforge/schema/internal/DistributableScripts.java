package io.promptforge.schema.internal;

import io.promptforge.schema.MigrationScript;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What statements of scripts must not do, because Citus refuses it on a distributed table, where the same scripts run later. What the
 * tables themselves must not have is in {@code Distribution.plan().obstacles()}.
 */
final class DistributableScripts {
    private record Rule(Pattern refused, String remedy) {
        static Rule of(String refused, String remedy) {
            return new Rule(
                    Pattern.compile(refused.replace(" ", "\\s+"), Pattern.CASE_INSENSITIVE | Pattern.DOTALL), remedy);
        }
    }

    private static final List<Rule> RULES = List.of(
            Rule.of(
                    "ALTER TABLE .*\\bADD COLUMN\\b.*,\\s*(?:ADD|DROP|VALIDATE) CONSTRAINT\\b.*|"
                            + "ALTER TABLE .*\\b(?:ADD|DROP|VALIDATE) CONSTRAINT\\b.*,\\s*(?:ADD|DROP|ALTER|VALIDATE) .*",
                    "change columns and constraints in a statement each"),
            Rule.of(
                    "ALTER TABLE \\S+ ADD COLUMN (?:(?!\\bCONSTRAINT\\b).)*\\b(?:CHECK|REFERENCES|UNIQUE)\\b.*",
                    "add the constraint in a statement of its own, with a name"),
            Rule.of("DROP INDEX [^,]*,.*", "drop each index in a statement of its own"),
            Rule.of("(?:CREATE|ALTER) TABLE .*\\bAS IDENTITY\\b.*|.*\\b(?:small|big)?serial\\b.*", "use uuid keys"),
            Rule.of("ALTER TABLE .*\\bRENAME CONSTRAINT\\b.*", "drop the constraint and add it with the other name"),
            Rule.of("ALTER TABLE .*\\bDETACH PARTITION .*\\bCONCURRENTLY\\b.*", "detach without CONCURRENTLY"),
            Rule.of("ALTER TABLE .*\\bSET STORAGE\\b.*", "leave the storage"),
            Rule.of("CREATE TABLE .*\\bINHERITS\\b.*", "use partitions"),
            Rule.of("MERGE .*", "use INSERT … ON CONFLICT or UPDATE"));

    private static final Pattern FOREIGN_KEY = Pattern.compile(
            "ALTER\\s+TABLE\\s+(?<table>\\w+)[^;]*?\\bREFERENCES\\s+(?<referenced>\\w+)", Pattern.CASE_INSENSITIVE);

    private DistributableScripts() {}

    /** A sentence for each statement that would be refused; empty if all is well. */
    static List<String> problems(List<MigrationScript> scripts) {
        List<String> problems = new ArrayList<>();
        for (MigrationScript script : scripts) {
            review(script.fileName(), script.sql(), problems);
            reviewForeignKeys(script.fileName(), script.sql(), problems);
            script.undoSql().ifPresent(sql -> review("the undo script of " + script.fileName(), sql, problems));
        }
        return problems;
    }

    private static void review(String name, String sql, List<String> problems) {
        for (String statement : SqlStatements.split(sql)) {
            for (Rule rule : RULES) {
                if (rule.refused.matcher(statement).matches()) {
                    problems.add(name + ": " + statement.replaceAll("\\s+", " ") + ": " + rule.remedy);
                }
            }
        }
    }

    private static void reviewForeignKeys(String name, String sql, List<String> problems) {
        Matcher key = FOREIGN_KEY.matcher(sql);
        while (key.find()) {
            String referenced = key.group("referenced");
            int isolated = sql.indexOf("isolate_tenants('" + referenced + "')");
            if (sql.contains("CREATE TABLE " + referenced + " ")
                    && !key.group("table").equals(referenced)
                    && (isolated < 0 || isolated > key.start())) {
                problems.add(name + ": " + key.group().replaceAll("\\s+", " ") + ": call isolate_tenants('" + referenced
                        + "') before, which distributes the new table");
            }
        }
    }
}
