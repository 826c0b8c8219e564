package io.promptforge.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The folder of a server: its data, its log, and the records of its processes. The server's user may enter it, but owns
 * and writes only the data folder in it.
 */
record ServerFolder(Path path, boolean kept) {

    private static final int LOG_TAIL = 25;

    /** The exit status of {@code server.sh} when tar is missing or fails. */
    private static final String WITHOUT_CLUSTER = "70";

    private static final AtomicInteger COUNTER = new AtomicInteger();

    /** A folder that is removed with its server. */
    ServerFolder(Path path) {
        this(path, false);
    }

    /** A folder that outlives its servers; made if it is missing. */
    static ServerFolder kept(Path path, ServerUser user) throws IOException {
        ServerFolder folder = new ServerFolder(path, true);
        if (Files.exists(folder.data()) && !Files.exists(folder.owner())) {
            throw new EmbeddedPostgresException(folder.data() + " exists, and was not made by this launcher."
                    + "\nWhat to do: name a new folder, or one that was named before.");
        }
        Files.createDirectories(path);
        FileTree.permit(path, user.isCurrent() ? FileTree.PRIVATE_FOLDER : FileTree.TRAVERSABLE_FOLDER);
        if (!folder.hasCluster()) {
            FileTree.delete(folder.data());
            folder.createData(user);
        }
        return folder;
    }

    /** Whether a server has run here: a start that was interrupted before that may have unpacked only a part. */
    boolean hasCluster() {
        return Files.exists(path.resolve("complete"));
    }

    void noteCluster() throws IOException {
        Files.writeString(path.resolve("complete"), "");
    }

    /** Makes a new folder, named after this JVM's process id. */
    static ServerFolder create(Path parent, String prefix, ServerUser user) throws IOException {
        Path path = createUnique(parent, prefix + ProcessHandle.current().pid() + "-");
        try {
            FileTree.permit(path, user.isCurrent() ? FileTree.PRIVATE_FOLDER : FileTree.TRAVERSABLE_FOLDER);
            ServerFolder folder = new ServerFolder(path);
            folder.createData(user);
            return folder;
        } catch (IOException e) {
            FileTree.delete(path);
            throw e;
        }
    }

    /** Appends a number when the name is taken, for example by a process with the same id in another container. */
    private static Path createUnique(Path parent, String prefix) throws IOException {
        while (true) {
            Path path = parent.resolve(prefix + COUNTER.incrementAndGet());
            try {
                return Files.createDirectory(path);
            } catch (FileAlreadyExistsException taken) {
                // Try the next number.
            }
        }
    }

    private void createData(ServerUser user) throws IOException {
        Files.createDirectory(data());
        FileTree.permit(data(), FileTree.PRIVATE_FOLDER);
        user.own(data());
    }

    /** Fills the data folder in Java, after {@code server.sh} failed to. */
    void unpack(CachedCluster cluster, ServerUser user) throws IOException {
        FileTree.delete(data());
        createData(user);
        ClusterArchive.unpack(cluster.archive(), data(), user::own);
    }

    /** Whether the server was not started because tar could not unpack its cluster. */
    boolean isWithoutCluster() {
        try {
            return Files.readString(exit()).strip().equals(WITHOUT_CLUSTER);
        } catch (IOException noNote) {
            return false;
        }
    }

    Path data() {
        return path.resolve("data");
    }

    Path log() {
        return path.resolve("server.log");
    }

    /** The file with the server's exit status, written when it has ended. */
    Path exit() {
        return path.resolve("exit");
    }

    Path owner() {
        return path.resolve("owner");
    }

    String logTail() {
        try {
            List<String> lines = Files.readAllLines(log(), StandardCharsets.ISO_8859_1);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_TAIL), lines.size()));
        } catch (IOException e) {
            return "(no log: " + FailedAttempts.reason(e) + ")";
        }
    }

    void delete() throws IOException {
        FileTree.delete(path);
    }
}
