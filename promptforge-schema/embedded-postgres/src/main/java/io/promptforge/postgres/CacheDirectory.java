package io.promptforge.postgres;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A folder of cache entries. An entry is a folder that is built under another name and then renamed, so that an existing
 * entry is always complete. The holder of an entry's lock may remove an incomplete one that a killed builder has left.
 */
final class CacheDirectory {

    /** Fills the folder of a new entry. */
    @FunctionalInterface
    interface EntryBuilder {
        void build(Path folder) throws IOException;
    }

    /** How many entries of a kind are kept, even if they have not been used for long. */
    static final int KEPT = 12;

    private static final String HALF_BUILT = ".building";
    private static final String LOCK = ".lock";
    private static final String REPAIR = ".repair";

    private final Path root;

    CacheDirectory(Path root) {
        this.root = root;
    }

    Path root() {
        return root;
    }

    /** Returns a finished entry, or empty. Works on a read-only folder. */
    Optional<FolderLease> find(String kind, String key) throws IOException {
        Path entry = entry(kind, key);
        if (!Files.isDirectory(entry)) {
            return Optional.empty();
        }
        FolderLease lease = lock(kind, key).share(entry);
        if (!Files.isDirectory(entry)) {
            lease.close();
            return Optional.empty();
        }
        markUsed(entry);
        return Optional.of(lease);
    }

    /** Builds an entry, unless a concurrent builder has finished it. A failed build leaves no files. */
    FolderLease build(String kind, String key, EntryBuilder builder) throws IOException {
        Path entry = entry(kind, key);
        Files.createDirectories(root.resolve(kind));
        FileTree.permit(root.resolve(kind), FileTree.PUBLIC_FOLDER);
        lock(kind, key).exclusively(() -> {
            if (!Files.isDirectory(entry)) {
                buildAside(
                        halfBuilt(kind, key),
                        builder,
                        aside -> Files.move(aside, entry, StandardCopyOption.ATOMIC_MOVE));
            }
        });
        try {
            reap(kind);
        } catch (IOException e) {
            // Cleaning up can wait until the next build; the new entry is complete.
        }
        return find(kind, key).orElseThrow(() -> new IOException(entry + " was removed as soon as it was built"));
    }

    /**
     * Builds a damaged entry again, unless another process has done so. Does not wait for the users of the entry, which may run
     * for long: each file is replaced at once.
     */
    FolderLease rebuild(String kind, String key, EntryBuilder builder) throws IOException {
        Path entry = entry(kind, key);
        if (!Files.isDirectory(entry)) {
            return build(kind, key, builder);
        }
        String repair = key + REPAIR;
        lock(kind, repair).exclusively(() -> {
            if (new EntryFiles(entry).damage(true).isPresent()) {
                buildAside(halfBuilt(kind, repair), builder, aside -> new EntryFiles(entry).replaceBy(aside));
            }
        });
        return find(kind, key).orElseThrow(() -> new IOException(entry + " was removed as soon as it was built"));
    }

    private static void buildAside(Path aside, EntryBuilder builder, EntryBuilder publish) throws IOException {
        FileTree.delete(aside);
        Files.createDirectory(aside);
        FileTree.permit(aside, FileTree.PUBLIC_FOLDER);
        try {
            builder.build(aside);
            new EntryFiles(aside).note();
            publish.build(aside);
        } finally {
            FileTree.delete(aside);
        }
    }

    /** Removes incomplete entries of dead builders, and the least recently used entries. */
    private void reap(String kind) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(root.resolve(kind), Files::isDirectory)) {
            for (Path folder : folders) {
                String name = folder.getFileName().toString();
                if (name.endsWith(HALF_BUILT)) {
                    String key = name.substring(0, name.length() - HALF_BUILT.length());
                    lock(kind, key).ifUnused(() -> FileTree.delete(folder));
                } else {
                    entries.add(folder);
                }
            }
        }
        entries.sort(Comparator.comparing(CacheDirectory::lastUse).reversed());
        for (Path old : entries.subList(Math.min(KEPT, entries.size()), entries.size())) {
            String key = old.getFileName().toString();
            lock(kind, key).ifUnused(() -> remove(old, halfBuilt(kind, key)));
        }
    }

    /** Renames the entry before deleting it, so that a reader never finds an incomplete one. */
    private static void remove(Path entry, Path aside) throws IOException {
        if (Files.isDirectory(entry)) {
            FileTree.delete(aside);
            Files.move(entry, aside, StandardCopyOption.ATOMIC_MOVE);
            FileTree.delete(aside);
        }
    }

    private static void markUsed(Path entry) {
        try {
            Files.setLastModifiedTime(entry, FileTime.from(Instant.now()));
        } catch (IOException readOnly) {
            // The cache is read-only here; its owner removes old entries.
        }
    }

    private static FileTime lastUse(Path entry) {
        try {
            return Files.getLastModifiedTime(entry);
        } catch (IOException removedMeanwhile) {
            return FileTime.fromMillis(0);
        }
    }

    /** The folder of an entry, which need not exist. */
    Path entry(String kind, String key) {
        return root.resolve(kind).resolve(key);
    }

    private Path halfBuilt(String kind, String key) {
        return root.resolve(kind).resolve(key + HALF_BUILT);
    }

    private EntryLock lock(String kind, String key) {
        return EntryLock.of(root.resolve(kind).resolve(key + LOCK));
    }
}
