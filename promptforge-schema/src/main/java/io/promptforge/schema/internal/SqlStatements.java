package io.promptforge.schema.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits a script into statements, without comments; the content of texts and functions is left out. */
final class SqlStatements {

    private static final Pattern TOKEN = Pattern.compile("""
            (?<comment>--[^\\n]*|/\\*.*?\\*/)\
            |(?<text>'(?:[^']|'')*'|\\$(?<tag>\\w*)\\$.*?\\$\\k<tag>\\$)\
            |(?<end>;)\
            |(?<other>"[^"]*"|[^;'$"/-]+|.)""", Pattern.DOTALL);

    private SqlStatements() {}

    static List<String> split(String script) {
        List<String> statements = new ArrayList<>();
        StringBuilder statement = new StringBuilder();
        Matcher token = TOKEN.matcher(script);
        while (token.find()) {
            if (token.group("end") != null) {
                statements.add(statement.toString().strip());
                statement.setLength(0);
            } else if (token.group("comment") != null) {
                statement.append(' ');
            } else if (token.group("text") != null) {
                statement.append("''");
            } else {
                statement.append(token.group());
            }
        }
        statements.add(statement.toString().strip());
        return statements.stream().filter(text -> !text.isEmpty()).toList();
    }
}
