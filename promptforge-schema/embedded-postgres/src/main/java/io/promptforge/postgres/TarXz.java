package io.promptforge.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * Unpacks a {@code .tar.xz} in Java, because not every machine has tar and xz. Symbolic links and the executable bit are
 * kept, and all users may read the files. An entry that would be outside of the folder is an error.
 */
final class TarXz {

    private static final int EXECUTABLE_BY_OWNER = 0100;

    private final Path root;

    /** Symbolic links are created last, so that no entry is written through one. */
    private final Map<Path, Path> links = new HashMap<>();

    private TarXz(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    static void unpack(InputStream archive, Path folder) throws IOException {
        try (ArchiveInputStream<TarArchiveEntry> tar =
                new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(archive, 1 << 16)))) {
            new TarXz(folder).unpack(tar);
        }
    }

    /**
     * Reads through the abstract class: before 1.26, the method of TarArchiveInputStream returns another type, and a host may
     * bring an older commons-compress.
     */
    private void unpack(ArchiveInputStream<TarArchiveEntry> tar) throws IOException {
        for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
            Path path = inside(root.resolve(entry.getName()), entry);
            if (entry.isDirectory()) {
                createFolder(path);
            } else if (entry.isSymbolicLink()) {
                Path target = Path.of(entry.getLinkName());
                inside(parentOf(path).resolve(target), entry);
                links.put(path, target);
            } else if (entry.isLink()) {
                createFolder(parentOf(path));
                Files.copy(inside(root.resolve(entry.getLinkName()), entry), path);
                permit(path, entry);
            } else if (entry.isFile()) {
                createFolder(parentOf(path));
                Files.copy(tar, path);
                permit(path, entry);
            } else {
                throw new IOException("entry " + entry.getName() + " is neither file, folder nor link");
            }
        }
        for (Map.Entry<Path, Path> link : links.entrySet()) {
            createFolder(parentOf(link.getKey()));
            Files.createSymbolicLink(link.getKey(), link.getValue());
        }
    }

    private Path inside(Path path, TarArchiveEntry entry) throws IOException {
        Path normal = path.normalize();
        if (!normal.startsWith(root)) {
            throw new IOException("entry " + entry.getName() + " leads out of the folder");
        }
        return normal;
    }

    private Path parentOf(Path path) {
        Path parent = path.getParent();
        return parent == null ? root : parent;
    }

    private void createFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        createFolder(parentOf(folder));
        Files.createDirectory(folder);
        FileTree.permit(folder, FileTree.PUBLIC_FOLDER);
    }

    private static void permit(Path file, TarArchiveEntry entry) throws IOException {
        Set<PosixFilePermission> permissions = new HashSet<>(FileTree.PUBLIC_FILE);
        if ((entry.getMode() & EXECUTABLE_BY_OWNER) != 0) {
            permissions.add(PosixFilePermission.OWNER_EXECUTE);
            permissions.add(PosixFilePermission.GROUP_EXECUTE);
            permissions.add(PosixFilePermission.OTHERS_EXECUTE);
        }
        FileTree.permit(file, permissions);
    }
}
