package io.promptforge.schema.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a statement of a migration does to a table that may exist before it.
 *
 * @param table its name
 * @param lock what it keeps others from
 * @param work how long, seen from the size of the table
 * @param statement the beginning of the statement
 */
public record ScriptImpact(String table, Lock lock, Work work, String statement) {

    /** What other transactions cannot do meanwhile. */
    public enum Lock {
        NOTHING("blocks neither reads nor writes"),
        WRITES("blocks writes"),
        READS_AND_WRITES("blocks reads and writes");

        private final String effect;

        Lock(String effect) {
            this.effect = effect;
        }

        public String effect() {
            return effect;
        }
    }

    /** How the time depends on the table. */
    public enum Work {
        /** Changes the catalogue only. */
        MOMENT,
        /** Reads all rows. */
        SCAN,
        /** Writes all rows, or a new index of them. */
        WRITE
    }

    /** A kind of statement; the table is the group {@code t}. */
    private record Rule(Pattern statement, Lock lock, Work work) {
        static Rule of(String statement, Lock lock, Work work) {
            String pattern = statement
                    .replace("TABLE?", "(?:IF EXISTS )?(?:ONLY )?(?<t>[\\w.\"]+)")
                    .replace("INDEX?", "(?:UNIQUE )?INDEX")
                    .replace(" ", "\\s+");
            return new Rule(Pattern.compile(pattern, Pattern.CASE_INSENSITIVE | Pattern.DOTALL), lock, work);
        }
    }

    /** The first that matches decides. */
    private static final List<Rule> RULES = List.of(
            Rule.of("CREATE INDEX? CONCURRENTLY .*?ON TABLE?.*", Lock.NOTHING, Work.WRITE),
            Rule.of("CREATE INDEX? .*?ON TABLE?.*", Lock.WRITES, Work.WRITE),
            Rule.of("CREATE (?:OR REPLACE )?(?:CONSTRAINT )?TRIGGER .*? ON TABLE?.*", Lock.WRITES, Work.MOMENT),
            Rule.of("ALTER TABLE TABLE? VALIDATE .*", Lock.NOTHING, Work.SCAN),
            Rule.of(
                    "ALTER TABLE TABLE? ALTER (?:COLUMN )?\\S+ (?:SET DATA )?TYPE .*",
                    Lock.READS_AND_WRITES,
                    Work.WRITE),
            Rule.of("ALTER TABLE TABLE? ADD (?:COLUMN )?.* GENERATED .*", Lock.READS_AND_WRITES, Work.WRITE),
            Rule.of(
                    "ALTER TABLE TABLE? ADD (?:COLUMN )?.* DEFAULT .*(?:random|clock_timestamp|nextval|uuid)\\w*\\(.*",
                    Lock.READS_AND_WRITES,
                    Work.WRITE),
            Rule.of(
                    "ALTER TABLE TABLE? SET (?:TABLESPACE|LOGGED|UNLOGGED|ACCESS).*",
                    Lock.READS_AND_WRITES,
                    Work.WRITE),
            Rule.of("ALTER TABLE TABLE? ADD CONSTRAINT .* USING INDEX .*", Lock.READS_AND_WRITES, Work.MOMENT),
            Rule.of("ALTER TABLE TABLE? ADD CONSTRAINT .* NOT VALID", Lock.READS_AND_WRITES, Work.MOMENT),
            Rule.of(
                    "ALTER TABLE TABLE? ADD CONSTRAINT \\S+ (?:PRIMARY|UNIQUE|EXCLUDE).*",
                    Lock.READS_AND_WRITES,
                    Work.WRITE),
            Rule.of("ALTER TABLE TABLE? ADD CONSTRAINT \\S+ FOREIGN .*", Lock.WRITES, Work.SCAN),
            Rule.of("ALTER TABLE TABLE? ADD CONSTRAINT .*", Lock.READS_AND_WRITES, Work.SCAN),
            Rule.of("ALTER TABLE TABLE? ALTER (?:COLUMN )?\\S+ SET NOT NULL", Lock.READS_AND_WRITES, Work.SCAN),
            Rule.of(
                    "ALTER TABLE TABLE? ADD (?:COLUMN )?.*\\b(?:CHECK|REFERENCES|UNIQUE)\\b.*",
                    Lock.READS_AND_WRITES,
                    Work.SCAN),
            Rule.of("ALTER TABLE TABLE? ALTER (?:COLUMN )?\\S+ SET STATISTICS .*", Lock.NOTHING, Work.MOMENT),
            Rule.of("ALTER TABLE TABLE?.*", Lock.READS_AND_WRITES, Work.MOMENT),
            Rule.of("DROP TABLE TABLE?.*", Lock.READS_AND_WRITES, Work.MOMENT),
            Rule.of("TRUNCATE (?:TABLE )?TABLE?.*", Lock.READS_AND_WRITES, Work.MOMENT),
            Rule.of("(?:VACUUM \\(?FULL\\)?|CLUSTER|REINDEX TABLE) TABLE?.*", Lock.READS_AND_WRITES, Work.WRITE),
            Rule.of("LOCK TABLE TABLE?.*", Lock.READS_AND_WRITES, Work.MOMENT),
            Rule.of("UPDATE TABLE? .*", Lock.NOTHING, Work.WRITE),
            Rule.of("DELETE FROM TABLE?.*", Lock.NOTHING, Work.WRITE),
            Rule.of("CREATE STATISTICS .* FROM TABLE?", Lock.NOTHING, Work.MOMENT),
            Rule.of("CREATE POLICY .*? ON TABLE?.*", Lock.READS_AND_WRITES, Work.MOMENT));

    private static final Pattern CREATED = Pattern.compile(
            "CREATE\\s+(?:UNLOGGED\\s+)?TABLE\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?(?<t>[\\w.\"]+).*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern REFERENCED =
            Pattern.compile("\\bREFERENCES\\s+(?<t>[\\w.\"]+)", Pattern.CASE_INSENSITIVE);

    /** The impacts of a script on tables that it does not create itself: for each table the strongest lock and the longest work. */
    public static List<ScriptImpact> of(String script) {
        Map<String, ScriptImpact> strongest = new LinkedHashMap<>();
        for (ScriptImpact impact : ofStatements(script)) {
            strongest.merge(impact.table(), impact, ScriptImpact::and);
        }
        return List.copyOf(strongest.values());
    }

    /** The impact of each statement on a table that the script does not create itself. */
    public static List<ScriptImpact> ofStatements(String script) {
        List<ScriptImpact> impacts = new ArrayList<>();
        List<String> created = new ArrayList<>();
        for (String statement : SqlStatements.split(script)) {
            Matcher creation = CREATED.matcher(statement);
            if (creation.matches()) {
                created.add(plain(creation.group("t")));
            } else {
                byRule(statement).ifPresent(impacts::add);
            }
            Matcher reference = REFERENCED.matcher(statement);
            while (reference.find()) {
                // A foreign key adds a trigger to the table that it references.
                impacts.add(
                        new ScriptImpact(plain(reference.group("t")), Lock.WRITES, Work.MOMENT, beginning(statement)));
            }
        }
        return impacts.stream()
                .filter(impact -> !created.contains(impact.table()))
                .toList();
    }

    private static Optional<ScriptImpact> byRule(String statement) {
        for (Rule rule : RULES) {
            Matcher matcher = rule.statement.matcher(statement);
            if (matcher.matches()) {
                return Optional.of(
                        new ScriptImpact(plain(matcher.group("t")), rule.lock, rule.work, beginning(statement)));
            }
        }
        return Optional.empty();
    }

    private ScriptImpact and(ScriptImpact other) {
        return new ScriptImpact(
                table,
                lock.compareTo(other.lock) >= 0 ? lock : other.lock,
                work.compareTo(other.work) >= 0 ? work : other.work,
                statement);
    }

    private static String plain(String name) {
        return name.substring(name.lastIndexOf('.') + 1).replace("\"", "").toLowerCase(Locale.ROOT);
    }

    private static String beginning(String statement) {
        String line = statement.replaceAll("\\s+", " ");
        return line.length() <= 100 ? line : line.substring(0, 99) + "…";
    }
}
