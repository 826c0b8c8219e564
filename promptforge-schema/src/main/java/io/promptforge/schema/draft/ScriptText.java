package io.promptforge.schema.draft;

import io.promptforge.schema.internal.ScriptImpact;
import io.promptforge.schema.internal.ScriptImpact.Lock;
import io.promptforge.schema.internal.ScriptImpact.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes the steps down: statements of one kind and table together, remarks as comments before them. */
final class ScriptText {

    private final Set<String> tablesInUse;
    private final Pattern schemaName;
    private final StringBuilder text = new StringBuilder();
    private String group = "";

    /**
     * @param tablesInUse the tables that may have rows
     * @param schema its name, which is another one elsewhere
     */
    ScriptText(Set<String> tablesInUse, String schema) {
        this.tablesInUse = tablesInUse;
        this.schemaName = Pattern.compile("\\b" + schema + "\\b");
    }

    String of(Trial.Outcome outcome, List<String> unexpressed) {
        outcome.done().forEach(this::write);
        outcome.refused().forEach(this::writeRefused);
        if (!unexpressed.isEmpty()) {
            text.append("\n-- What the statements above leave as it was:\n");
            unexpressed.forEach(line -> text.append(commented(line)));
        }
        return text.toString().strip() + "\n";
    }

    private void write(Change change) {
        for (int i = 0; i < change.statements().size(); i++) {
            String statement = change.statements().get(i);
            separate(change.table() + firstWords(statement), statement.contains("\n"));
            if (i == 0) {
                change.remarks().forEach(sentence -> text.append(commented(sentence)));
            }
            remarks(statement).forEach(sentence -> text.append(commented(sentence)));
            text.append(statement).append(";\n");
        }
    }

    private void writeRefused(Change change, String message) {
        text.append("\n-- Refused when it was tried (").append(message).append("):\n");
        change.statements().forEach(statement -> text.append(commented(statement + ";")));
    }

    private void separate(String next, boolean severalLines) {
        boolean together = next.equals(group) && (!severalLines || next.endsWith("CREATE TRIGGER"));
        if (!text.isEmpty() && !together) {
            text.append('\n');
        }
        group = next;
    }

    private List<String> remarks(String statement) {
        List<String> remarks = new ArrayList<>();
        ScriptImpact.ofStatements(statement).stream()
                .filter(impact -> tablesInUse.contains(impact.table()))
                .filter(impact -> impact.work() != Work.MOMENT && impact.lock() != Lock.NOTHING)
                .map(impact -> "While it " + (impact.work() == Work.SCAN ? "reads" : "writes") + " all rows, it "
                        + impact.lock().effect() + " of " + impact.table() + ".")
                .forEach(remarks::add);
        if (schemaName.matcher(statement).find()) {
            remarks.add("Names the schema, which has another name in other databases.");
        }
        return remarks;
    }

    private static String firstWords(String statement) {
        String[] words = statement.split("\\s+", 3);
        return " " + words[0] + " " + words[1];
    }

    private static String commented(String lines) {
        return lines.lines().map(line -> "-- " + line + "\n").collect(Collectors.joining());
    }
}
