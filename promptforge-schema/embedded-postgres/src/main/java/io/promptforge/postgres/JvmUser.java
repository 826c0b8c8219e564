package io.promptforge.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The operating system's user that this JVM runs as.
 *
 * @param id the uid, or the name on Windows
 */
record JvmUser(String id, boolean isRoot) {

    /** Determined from the kernel, because users of containers often have no name and no entry in /etc/passwd. */
    static JvmUser current(LauncherEnvironment machine) {
        if (machine.isWindows()) {
            return new JvmUser(machine.property("user.name"), false);
        }
        int uid = fromProc().orElseGet(() -> fromNewFile(machine.temporaryFolder()));
        return new JvmUser(String.valueOf(uid), uid == 0);
    }

    /** The effective uid: the second of the four in this line of /proc. */
    private static Optional<Integer> fromProc() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"), StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.startsWith("Uid:"))
                    .map(line -> Integer.valueOf(line.split("\\s+", -1)[2]))
                    .findFirst();
        } catch (IOException notLinux) {
            return Optional.empty();
        }
    }

    private static int fromNewFile(Path folder) {
        try {
            Path probe = Files.createTempFile(folder, "promptforge-", ".uid");
            try {
                return ownerOf(probe).orElseThrow(() -> new IOException("no owner"));
            } finally {
                Files.delete(probe);
            }
        } catch (IOException e) {
            throw new EmbeddedPostgresException(
                    "Cannot write to the folder for temporary files, " + folder + ": " + FailedAttempts.reason(e)
                            + "\nWhat to do: name one that can be written, by -Djava.io.tmpdir=...",
                    e);
        }
    }

    /** Whether a file belongs to this user. Always true on Windows, where users have folders of their own. */
    boolean owns(Path path) {
        return ownerOf(path).map(uid -> id.equals(String.valueOf(uid))).orElse(!id.matches("\\d+"));
    }

    /** The uid of the owner of a file, or of a link itself; empty where files have no uid. */
    static Optional<Integer> ownerOf(Path path) {
        try {
            return Optional.of((Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS));
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
