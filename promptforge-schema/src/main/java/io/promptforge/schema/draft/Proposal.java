package io.promptforge.schema.draft;

import io.promptforge.schema.draft.DraftException.Reason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A migration for its author to read and edit. Its statements were run, and their effect compared with the schema.
 *
 * @param version the number of the migration: one more than that of the newest of this release
 * @param sql the statements that migrate, with remarks as comments
 * @param undoSql the statements that undo them
 * @param unexpressed the differences that they leave, a line each: what {@code sql} does not make, and what {@code undoSql} does not
 *     undo
 */
public record Proposal(int version, String sql, String undoSql, List<String> unexpressed) {

    private static final Pattern SCRIPT = Pattern.compile("V(\\d+)__\\w+\\.sql");

    public Proposal {
        unexpressed = List.copyOf(unexpressed);
    }

    /** Whether the schema is as the migrations of this release make it. */
    public boolean isEmpty() {
        return sql.isBlank() && unexpressed.isEmpty();
    }

    /**
     * Writes {@code V12__prompt_colours.sql} and {@code U12__prompt_colours.sql}.
     *
     * @param folder exists, with the scripts of this release or empty
     * @param description lower-case words, such as {@code prompt_colours}
     * @return the two files
     * @throws DraftException when the description is not allowed, the folder has a script of this version or a later one, or the files
     *     cannot be written
     */
    public List<Path> write(Path folder, String description) {
        if (!description.matches("[a-z][a-z0-9]*(_[a-z0-9]+)*")) {
            throw new DraftException(
                    Reason.INVALID_NAME,
                    "'" + description + "' cannot name a migration",
                    "Use lower-case words and underscores, such as prompt_colours");
        }
        try {
            refuseLaterScripts(folder);
            List<Path> written = new ArrayList<>();
            written.add(writeNew(folder.resolve("V" + version + "__" + description + ".sql"), sql));
            written.add(writeNew(folder.resolve("U" + version + "__" + description + ".sql"), undoSql));
            return written;
        } catch (IOException e) {
            throw new DraftException(
                    Reason.FILE, "The scripts cannot be written to " + folder, "Name a folder that exists", e);
        }
    }

    private void refuseLaterScripts(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Matcher script = SCRIPT.matcher(String.valueOf(file.getFileName()));
                if (script.matches() && Integer.parseInt(script.group(1)) >= version) {
                    throw new DraftException(
                            Reason.FILE,
                            file + " is not known to this build, so its changes would be proposed again",
                            "Build with it and migrate the database, or remove it");
                }
            }
        }
    }

    private static Path writeNew(Path file, String text) throws IOException {
        return Files.writeString(file, text, StandardOpenOption.CREATE_NEW);
    }
}
