package io.promptforge.codegen;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The tables that one script made.
 *
 * @param title the script's description
 * @param introduction the comment at the head of the script
 * @param tables in the order in which they were made
 */
record Chapter(String title, String introduction, List<TableDescription> tables) {

    static Chapter of(String fileName, String script, List<TableDescription> tables) {
        String comment = script.lines()
                .takeWhile(line -> line.startsWith("--"))
                .map(line -> line.substring(2).strip())
                .collect(Collectors.joining("\n"));
        return new Chapter(MigrationScripts.title(fileName), comment, tables);
    }
}
