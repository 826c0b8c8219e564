package io.promptforge.postgres;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.ArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * The data folder of a stopped server as a tar archive. Copying one file is many times faster than copying the thousand
 * small files of a data folder.
 *
 * <p>Uses the abstract classes of commons-compress where it can: before 1.26, methods of the others have other types, and a host may
 * bring an older one.
 */
final class ClusterArchive {

    /**
     * Files that are left out: maps of free space and of visible rows, which the server rebuilds as needed. They are a sixth
     * of the files that the start of a server and each clone of a database have to copy.
     */
    private static final Pattern MAP = Pattern.compile("\\d+_(fsm|vm)");

    private static final int BUFFER = 1 << 16;
    private static final int FOLDER_MODE = 0700;
    private static final int FILE_MODE = 0600;

    private ClusterArchive() {}

    static void pack(Path data, Path archive) throws IOException {
        try (ArchiveOutputStream<TarArchiveEntry> tar =
                        new TarArchiveOutputStream(new BufferedOutputStream(Files.newOutputStream(archive), BUFFER));
                Stream<Path> paths = Files.walk(data)) {
            for (Path path : (Iterable<Path>) paths.filter(each -> !each.equals(data) && !isMap(each))::iterator) {
                pack(path, data.relativize(path).toString().replace('\\', '/'), tar);
            }
        }
    }

    private static boolean isMap(Path path) {
        return MAP.matcher(path.getFileName().toString()).matches();
    }

    private static void pack(Path path, String name, ArchiveOutputStream<TarArchiveEntry> tar) throws IOException {
        if (Files.isSymbolicLink(path)) {
            throw new IOException(path + " is a link: a tablespace outside of the data folder cannot be cached");
        }
        boolean folder = Files.isDirectory(path);
        TarArchiveEntry entry = new TarArchiveEntry(folder ? name + "/" : name);
        entry.setMode(folder ? FOLDER_MODE : FILE_MODE);
        entry.setSize(folder ? 0 : Files.size(path));
        tar.putArchiveEntry(entry);
        if (!folder) {
            Files.copy(path, tar);
        }
        tar.closeArchiveEntry();
    }

    /** Called for each file and folder that was unpacked. */
    @FunctionalInterface
    interface Step {
        void on(Path path) throws IOException;
    }

    /** Unpacks in Java, where there is no tar program; a JVM that has just started is several times slower. */
    static void unpack(Path archive, Path data, Step owning) throws IOException {
        try (ArchiveInputStream<TarArchiveEntry> tar =
                new TarArchiveInputStream(new BufferedInputStream(Files.newInputStream(archive), BUFFER))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path path = data.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectory(path);
                    FileTree.permit(path, FileTree.PRIVATE_FOLDER);
                } else {
                    Files.copy(tar, path);
                    FileTree.permit(path, FileTree.PRIVATE_FILE);
                }
                owning.on(path);
            }
        }
    }
}
