package io.promptforge.schema.backup;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * A file that gets its name when it is complete, and until then is removed when the program ends, also by Ctrl-C. Only a kill leaves
 * it; then the next one of this name removes it, because the lock of a killed program is gone.
 */
final class UnfinishedFile implements AutoCloseable {
    private static final String ENDING = ".part";

    private final Path file;
    private final Path unfinished;
    private final FileChannel channel;
    private final Thread removal;

    private UnfinishedFile(Path file, Path unfinished, FileChannel channel) {
        this.file = file;
        this.unfinished = unfinished;
        this.channel = channel;
        this.removal = new Thread(() -> delete(unfinished), "promptforge-backup-removal");
    }

    static UnfinishedFile of(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        String name = file.getFileName() + ".";
        removeThoseOfKilledPrograms(folder, name);
        // Only its owner can read a temporary file.
        Path unfinished = Files.createTempFile(folder, name, ENDING);
        FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE);
        UnfinishedFile created = new UnfinishedFile(file, unfinished, channel);
        try {
            Runtime.getRuntime().addShutdownHook(created.removal);
            channel.lock();
            return created;
        } catch (IOException | RuntimeException e) {
            created.close();
            throw e;
        }
    }

    FileChannel channel() {
        return channel;
    }

    /** Writes all to the disk and gives the file its name. */
    void complete() throws IOException {
        channel.force(true);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Removes the file if it is not complete. */
    @Override
    public void close() throws IOException {
        channel.close();
        delete(unfinished);
        try {
            Runtime.getRuntime().removeShutdownHook(removal);
        } catch (IllegalStateException ending) {
            // It removes the file as well.
        }
    }

    private static void removeThoseOfKilledPrograms(@Nullable Path folder, String name) throws IOException {
        if (folder == null) {
            return;
        }
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            List<Path> left = StreamSupport.stream(files.spliterator(), false)
                    .filter(each -> isUnfinished(String.valueOf(each.getFileName()), name))
                    .filter(Files::isRegularFile)
                    .toList();
            for (Path each : left) {
                if (isUnlocked(each)) {
                    delete(each);
                }
            }
        }
    }

    private static boolean isUnfinished(String fileName, String name) {
        return fileName.startsWith(name)
                && fileName.endsWith(ENDING)
                && fileName.substring(name.length(), fileName.length() - ENDING.length())
                        .matches("\\d+");
    }

    private static boolean isUnlocked(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                @Nullable FileLock lock = channel.tryLock()) {
            return lock != null;
        } catch (OverlappingFileLockException | IOException inUse) {
            return false;
        }
    }

    private static void delete(Path unfinished) {
        try {
            Files.deleteIfExists(unfinished);
        } catch (IOException e) {
            // It stays, as after a kill; its name says that it is not complete.
        }
    }
}
