package io.promptforge.codegen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Freezes the scripts of released versions: a database in use was migrated by them, and a later release refuses to work with
 * a script that changed.
 *
 * <p>For each released version, a file {@code <version>.sha256} holds a line {@code <checksum>  <file name>} per script. A
 * script in one of them must stay as it is; a new one must have a number greater than theirs; and a version that is no
 * snapshot must have its file, which names every script.
 *
 * @param folder the folder of these files
 */
record ReleasedScripts(Path folder) {
    private static final String SUFFIX = ".sha256";

    /** The text of the file that freezes these scripts. */
    static String text(SortedMap<String, String> checksums) {
        return checksums.entrySet().stream()
                .map(script -> script.getValue() + "  " + script.getKey() + "\n")
                .collect(Collectors.joining());
    }

    /**
     * Returns the violations of the released checksums, a sentence each; empty if there are none.
     *
     * @param current the checksums of the present scripts, by file name
     * @param version the version that is being built
     */
    List<String> violations(Map<String, String> current, String version) throws IOException {
        List<String> violations = new ArrayList<>();
        Map<String, Map<String, String>> releases = read();
        releases.forEach((release, frozen) -> compare(release, frozen, current, violations));
        if (!version.endsWith("-SNAPSHOT")) {
            Map<String, String> frozen = releases.get(version);
            if (frozen == null) {
                violations.add("version " + version + " is not frozen: " + folder.resolve(version + SUFFIX)
                        + " does not exist");
            } else {
                current.keySet().stream()
                        .filter(script -> !frozen.containsKey(script))
                        .forEach(script -> violations.add(script + " is not in " + folder.resolve(version + SUFFIX)));
            }
        }
        return violations;
    }

    private static void compare(
            String release, Map<String, String> frozen, Map<String, String> current, List<String> violations) {
        frozen.forEach((script, checksum) -> {
            if (!current.containsKey(script)) {
                violations.add(script + " was released in " + release + " and is gone");
            } else if (!checksum.equals(current.get(script))) {
                violations.add(script + " was released in " + release
                        + " and has changed: restore it, and put the change into a new script");
            }
        });
        int newest = frozen.keySet().stream()
                .mapToInt(MigrationScripts::version)
                .max()
                .orElse(0);
        current.keySet().stream()
                .filter(script -> !frozen.containsKey(script) && MigrationScripts.version(script) <= newest)
                .forEach(script -> violations.add(script + " comes before scripts that were released in " + release
                        + ": number it from " + (newest + 1) + " on"));
    }

    private Map<String, Map<String, String>> read() throws IOException {
        Map<String, Map<String, String>> releases = new TreeMap<>();
        if (!Files.isDirectory(folder)) {
            return releases;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(SUFFIX)) {
                    Map<String, String> checksums = new TreeMap<>();
                    for (String line : Files.readAllLines(file)) {
                        String[] parts = line.split("  ", 2);
                        checksums.put(parts[1], parts[0]);
                    }
                    releases.put(name.substring(0, name.length() - SUFFIX.length()), checksums);
                }
            }
        }
        return releases;
    }
}
