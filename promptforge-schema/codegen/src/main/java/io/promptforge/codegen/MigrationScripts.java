package io.promptforge.codegen;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The folder of the migration scripts: {@code V3__projects.sql}, which migrates, and {@code U3__projects.sql}, which undoes
 * it.
 */
record MigrationScripts(Path folder) {

    /** The file names of the scripts that migrate, oldest first. */
    List<String> versioned() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("V\\d+__\\w+\\.sql"))
                    .sorted(Comparator.comparingInt(MigrationScripts::version))
                    .toList();
        }
    }

    /** The SHA-256 of every file in the folder, by file name. Line ends do not matter. */
    SortedMap<String, String> checksums() throws IOException {
        SortedMap<String, String> checksums = new TreeMap<>(
                Comparator.comparingInt(MigrationScripts::version).thenComparing(Comparator.reverseOrder()));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String text = Files.readString(file).replace("\r\n", "\n");
                checksums.put(file.getFileName().toString(), Sha256.hex(text.getBytes(UTF_8)));
            }
        }
        return checksums;
    }

    String text(String fileName) throws IOException {
        return Files.readString(folder.resolve(fileName));
    }

    /** The number in the file's name. */
    static int version(String fileName) {
        return Integer.parseInt(fileName.replaceFirst("^[VU](\\d+)__.*$", "$1"));
    }

    /** {@code Organizations and users} for {@code V1__organizations_and_users.sql}. */
    static String title(String fileName) {
        String words = fileName.replaceFirst("^[VU]\\d+__", "")
                .replaceFirst("\\.sql$", "")
                .replace('_', ' ');
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
