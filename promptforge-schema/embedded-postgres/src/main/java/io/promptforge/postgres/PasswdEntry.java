package io.promptforge.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An entry of the system's user database. */
record PasswdEntry(String name, int uid, int gid) {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    /** The user to run as instead of root: the user {@code nobody} if it exists, else the first one that is not root. */
    static Optional<PasswdEntry> unprivileged(LauncherEnvironment machine) {
        List<PasswdEntry> local =
                localLines().flatMap(line -> parse(line).stream()).toList();
        return local.stream()
                .filter(entry -> entry.name.equals("nobody"))
                .findFirst()
                .or(() -> fromDatabase(machine))
                .or(() -> local.stream().findFirst());
    }

    private static Stream<String> localLines() {
        try {
            return Files.readAllLines(Path.of("/etc/passwd"), StandardCharsets.ISO_8859_1).stream();
        } catch (IOException none) {
            return Stream.empty();
        }
    }

    /** Asks getent, because the user may be known to a directory service only. */
    private static Optional<PasswdEntry> fromDatabase(LauncherEnvironment machine) {
        return machine.command("getent").flatMap(getent -> {
            try {
                List<String> command = List.of(getent.toString(), "passwd", "nobody");
                return parse(ExternalCommand.run(machine, command, LIMIT).output());
            } catch (IOException e) {
                return Optional.empty();
            }
        });
    }

    /** Reads {@code name:password:uid:gid:...}; empty for root and for lines of another form. */
    static Optional<PasswdEntry> parse(String line) {
        String[] fields = line.split(":", -1);
        if (fields.length < 7 || !fields[2].matches("\\d{1,9}") || !fields[3].matches("\\d{1,9}")) {
            return Optional.empty();
        }
        int uid = Integer.parseInt(fields[2]);
        return uid == 0 ? Optional.empty() : Optional.of(new PasswdEntry(fields[0], uid, Integer.parseInt(fields[3])));
    }
}
