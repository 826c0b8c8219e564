package io.promptforge.postgres;

import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * The files of a cache entry, with the size, the time and the CRC-32 that each had when the entry was built. A look at sizes and
 * times takes a few milliseconds; a checksum of all content would take a fifth of a start.
 */
record EntryFiles(Path entry) {

    private static final String LIST = "checksums";
    private static final int BUFFER = 1 << 20;

    /** Notes the files of a new entry. */
    void note() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : all()) {
            lines.add(file.toFile().length() + " " + file.toFile().lastModified() + " " + checksum(file) + " "
                    + entry.relativize(file));
        }
        Files.write(list(), lines);
        FileTree.permit(list(), FileTree.PUBLIC_FILE);
    }

    /**
     * What is wrong with the first damaged file; empty if all are whole.
     *
     * @param content whether all content is compared; otherwise that of files whose time has changed
     */
    Optional<String> damage(boolean content) {
        try {
            for (String line : Files.readAllLines(list())) {
                String[] noted = line.split(" ", 4);
                // Not a Path: a JVM that has just started resolves a thousand of them slowly.
                File file = new File(entry.toFile(), noted[3]);
                if (file.length() != Long.parseLong(noted[0])) {
                    return Optional.of(file
                            + (file.exists()
                                    ? " has " + file.length() + " bytes instead of " + noted[0]
                                    : " is missing"));
                }
                if ((content || file.lastModified() != Long.parseLong(noted[1]))
                        && !checksum(file.toPath()).equals(noted[2])) {
                    return Optional.of(file + " has another content than when it was written");
                }
            }
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.of(list() + " cannot be read (" + FailedAttempts.reason(e) + ")");
        }
    }

    /** Moves the files of a new entry over those of this one, each at once, because others may be using them. */
    void replaceBy(Path fresh) throws IOException {
        for (Path file : new EntryFiles(fresh).all()) {
            move(file, fresh);
        }
        move(fresh.resolve(LIST), fresh);
    }

    private void move(Path file, Path fresh) throws IOException {
        Path target = entry.resolve(fresh.relativize(file));
        Path folder = entry;
        for (Path name : entry.relativize(target)) {
            if (!Files.isDirectory(folder)) {
                Files.createDirectory(folder);
                FileTree.permit(folder, FileTree.PUBLIC_FOLDER);
            }
            folder = folder.resolve(name);
        }
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
    }

    private Path list() {
        return entry.resolve(LIST);
    }

    /** Files and links to files, without the list. */
    private List<Path> all() throws IOException {
        try (Stream<Path> paths = Files.walk(entry)) {
            return paths.filter(path -> Files.isRegularFile(path) && !path.equals(list()))
                    .toList();
        }
    }

    private static String checksum(Path file) throws IOException {
        CRC32 crc = new CRC32();
        ByteBuffer buffer = ByteBuffer.allocateDirect((int) Math.min(BUFFER, Math.max(1, Files.size(file))));
        try (FileChannel channel = FileChannel.open(file)) {
            while (channel.read(buffer) >= 0) {
                crc.update(buffer.flip());
                buffer.clear();
            }
        }
        // No format(): its first use in a JVM takes longer than the checksum.
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }
}
