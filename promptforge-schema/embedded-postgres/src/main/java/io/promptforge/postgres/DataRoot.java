package io.promptforge.postgres;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the folders of servers lie: in memory if there is room, else where temporary files go. */
final class DataRoot {

    /** Docker gives a container 64 MB of /dev/shm unless told otherwise, which a few databases fill. */
    static final long ROOM_NEEDED = 512L * 1024 * 1024;

    private static final Path RAM = Path.of("/dev/shm");

    private final Path path;
    private final String prefix;
    private final Account self;

    private DataRoot(Path path, Account self) {
        this.path = path;
        this.prefix = "promptforge-server-" + self.id() + "-";
        this.self = self;
    }

    static DataRoot choose(Machine machine, Account self, @Nullable Path given) {
        Path chosen = Optional.ofNullable(given)
                .or(() -> machine.configuredPath("data"))
                .orElseGet(() -> usual(machine));
        return new DataRoot(chosen.toAbsolutePath(), self);
    }

    static Path usual(Machine machine) {
        return hasRoom(machine, RAM) ? RAM : machine.temporaryFolder();
    }

    private static boolean hasRoom(Machine machine, Path folder) {
        return machine.isLinux()
                && Files.isDirectory(folder)
                && Files.isWritable(folder)
                && machine.usableSpace().applyAsLong(folder) >= ROOM_NEEDED;
    }

    ServerFolder newFolder(ServerUser user) {
        try {
            Files.createDirectories(path);
            reap();
            return ServerFolder.create(path, prefix, user);
        } catch (IOException e) {
            throw new EmbeddedPostgresException(
                    "Cannot create a folder for the server's data in " + path + ": " + Attempts.reason(e)
                            + "\nWhat to do: name a folder that can be written by -Dpromptforge.postgres.data=... or"
                            + " PROMPTFORGE_POSTGRES_DATA.",
                    e);
        }
    }

    /** Removes what servers of this user left whose watchdog was killed. */
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
            // Another start is removing it too, or the next one will.
        }
    }
}
