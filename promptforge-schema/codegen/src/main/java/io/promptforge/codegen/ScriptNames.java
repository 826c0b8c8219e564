package io.promptforge.codegen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Writes the class {@code ScriptNames}, the list of scripts, so that nothing scans the class path at run time. */
final class ScriptNames {
    private ScriptNames() {}

    static void writeTo(Path sources, List<String> fileNames) throws IOException {
        String names = fileNames.stream()
                .map(name -> "            \"" + name.substring(1).replace(".sql", "") + "\"")
                .collect(Collectors.joining(",\n"));
        Path folder = Files.createDirectories(sources.resolve("io/promptforge/schema"));
        Files.writeString(folder.resolve("ScriptNames.java"), """
                package io.promptforge.schema;

                import java.util.List;

                /** Version and description of each shipped script, oldest first. Generated from the folder of the scripts. */
                final class ScriptNames {
                    static final List<String> ALL = List.of(
                %s);

                    private ScriptNames() {}
                }
                """.formatted(names));
    }
}
