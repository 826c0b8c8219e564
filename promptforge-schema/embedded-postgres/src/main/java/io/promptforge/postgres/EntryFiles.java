package io.promptforge.postgres;

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

/** The files of a cache entry, with the size and the CRC-32 that each had when the entry was built. */
record EntryFiles(Path entry) {

    private static final String LIST = "checksums";
    private static final int BUFFER = 1 << 20;

    /** Notes the files of a new entry. */
    void note() throws IOException {
        List<String> lines = new ArrayList<>();
        for (Path file : all()) {
            lines.add(Files.size(file) + " " + checksum(file) + " " + entry.relativize(file));
        }
        Files.write(list(), lines);
        FileTree.permit(list(), FileTree.PUBLIC_FILE);
    }

    /**
     * What is wrong with the first damaged file; empty if all are whole.
     *
     * @param content whether the content is compared as well, and not only the size
     */
    Optional<String> damage(boolean content) {
        try {
            for (String line : Files.readAllLines(list())) {
                String[] noted = line.split(" ", 3);
                Path file = entry.resolve(noted[2]);
                Optional<String> damage = damage(file, Long.parseLong(noted[0]), content ? noted[1] : "");
                if (damage.isPresent()) {
                    return damage;
                }
            }
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.of(list() + " cannot be read (" + FailedAttempts.reason(e) + ")");
        }
    }

    private static Optional<String> damage(Path file, long size, String checksum) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.of(file + " is missing");
        }
        if (Files.size(file) != size) {
            return Optional.of(file + " has " + Files.size(file) + " bytes instead of " + size);
        }
        return checksum.isEmpty() || checksum(file).equals(checksum)
                ? Optional.empty()
                : Optional.of(file + " has another content than when it was written");
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
