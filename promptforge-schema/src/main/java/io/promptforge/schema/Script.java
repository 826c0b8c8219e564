package io.promptforge.schema;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * One migration: a script {@code V3__projects.sql} and the script {@code U3__projects.sql} that undoes it.
 *
 * @param name version and description as in the file names: {@code 3__projects}
 * @param checksum the checksum that Flyway records
 * @param source reads the text
 */
record Script(String name, int checksum, Source source) {

    /** Reads scripts by their file names. */
    interface Source {
        /** The text of the file, or empty when there is no such file. */
        Optional<String> read(String fileName);
    }

    static Script of(String name, Source source) {
        return new Script(name, checksum(text(name, source)), source);
    }

    String version() {
        return name.substring(0, name.indexOf("__"));
    }

    String description() {
        return name.substring(name.indexOf("__") + 2).replace('_', ' ');
    }

    String fileName() {
        return fileName(name);
    }

    String undoFileName() {
        return "U" + name + ".sql";
    }

    String text() {
        return text(name, source);
    }

    Optional<String> undo() {
        return source.read(undoFileName());
    }

    private static String fileName(String name) {
        return "V" + name + ".sql";
    }

    private static String text(String name, Source source) {
        return source.read(fileName(name))
                .orElseThrow(() -> new IllegalStateException(fileName(name)
                        + " is not on the class path: the jar of promptforge-schema was repackaged without it"));
    }

    /** The CRC-32 of the lines without line ends, as in Flyway. */
    private static int checksum(String text) {
        CRC32 crc = new CRC32();
        text.lines().forEach(line -> crc.update(line.getBytes(StandardCharsets.UTF_8)));
        return (int) crc.getValue();
    }
}
