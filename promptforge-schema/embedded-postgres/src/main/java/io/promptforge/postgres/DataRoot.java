package io.promptforge.postgres;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The parent of the servers' folders: in memory if there is room, else the folder for temporary files. */
final class DataRoot {

    /** The least free space in /dev/shm. Docker's default of 64 MB is filled by a few databases. */
    static final long ROOM_NEEDED = 512L * 1024 * 1024;

    private static final Path RAM = Path.of("/dev/shm");

    private final Path path;
    private final String prefix;
    private final JvmUser self;

    private DataRoot(Path path, JvmUser self) {
        this.path = path;
        this.prefix = "promptforge-server-" + self.id() + "-";
        this.self = self;
    }

    static DataRoot choose(LauncherEnvironment machine, JvmUser self, @Nullable Path given) {
        Path chosen = Optional.ofNullable(given)
                .or(() -> machine.configuredPath("data"))
                .orElseGet(() -> usual(machine));
        return new DataRoot(chosen.toAbsolutePath(), self);
    }

    static Path usual(LauncherEnvironment machine) {
        return hasRoom(machine, RAM) ? RAM : machine.temporaryFolder();
    }

    private static boolean hasRoom(LauncherEnvironment machine, Path folder) {
        return machine.isLinux()
                && Files.isDirectory(folder)
                && Files.isWritable(folder)
                && machine.usableSpace().applyAsLong(folder) >= ROOM_NEEDED;
    }

    /** What to do if the folder is full; empty for other failures. */
    String advice(Throwable failure) {
        return DiskFull.advice(failure, path);
    }

    ServerFolder newFolder(ServerUser user) {
        try {
            Files.createDirectories(path);
            reap();
            return ServerFolder.create(path, prefix, user);
        } catch (IOException e) {
            throw new EmbeddedPostgresException(
                    "Cannot create a folder for the server's data in " + path + ": " + FailedAttempts.reason(e)
                            + "\nWhat to do: name a folder that can be written by -Dpromptforge.postgres.data=... or"
                            + " PROMPTFORGE_POSTGRES_DATA.",
                    e);
        }
    }

    /** Removes folders of this user's servers that were left because their watchdog was killed. */
    private void reap() throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(path, prefix + "*")) {
            for (Path folder : folders) {
                if (self.owns(folder) && Ownership.isAbandoned(new ServerFolder(folder))) {
                    deleteQuietly(folder);
                }
            }
        }
    }

    private static void deleteQuietly(Path folder) {
        try {
            FileTree.delete(folder);
        } catch (IOException e) {
            // A concurrent start removes it too, or the next one will.
        }
    }
}
