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
 * A folder of entries, each a folder that is built aside and renamed into place, so that one that exists is whole.
 * Whoever holds the lock of an entry may remove what an earlier builder left half-built.
 */
final class CacheDirectory {

    /** Fills the folder of a new entry. */
    @FunctionalInterface
    interface EntryBuilder {
        void build(Path folder) throws IOException;
    }

    /** Entries of a kind that are kept however long ago they were used. */
    static final int KEPT = 12;

    private static final String HALF_BUILT = ".building";
    private static final String LOCK = ".lock";

    private final Path root;

    CacheDirectory(Path root) {
        this.root = root;
    }

    Path root() {
        return root;
    }

    /** A finished entry, if there is one. Needs to read only. */
    Optional<Lease> find(String kind, String key) throws IOException {
        Path entry = entry(kind, key);
        if (!Files.isDirectory(entry)) {
            return Optional.empty();
        }
        Lease lease = lock(kind, key).share(entry);
        if (!Files.isDirectory(entry)) {
            lease.close();
            return Optional.empty();
        }
        markUsed(entry);
        return Optional.of(lease);
    }

    /** Builds an entry, unless somebody else has built it meanwhile. What fails leaves nothing. */
    Lease build(String kind, String key, EntryBuilder builder) throws IOException {
        Path entry = entry(kind, key);
        Files.createDirectories(root.resolve(kind));
        FileTree.permit(root.resolve(kind), FileTree.PUBLIC_FOLDER);
        lock(kind, key).exclusively(() -> {
            if (!Files.isDirectory(entry)) {
                buildAside(entry, halfBuilt(kind, key), builder);
            }
        });
        try {
            reap(kind);
        } catch (IOException e) {
            // What is left over can stay until the next time; the new entry is what was asked for.
        }
        return find(kind, key).orElseThrow(() -> new IOException(entry + " was removed as soon as it was built"));
    }

    private static void buildAside(Path entry, Path aside, EntryBuilder builder) throws IOException {
        FileTree.delete(aside);
        Files.createDirectory(aside);
        FileTree.permit(aside, FileTree.PUBLIC_FOLDER);
        try {
            builder.build(aside);
            Files.move(aside, entry, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            FileTree.delete(aside);
        }
    }

    /** Removes what dead builders left, and the entries that were not used for longest. */
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

    /** Takes the entry away in one step first, so that nobody finds half of it. */
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
            // Somebody else's cache: they decide what is old.
        }
    }

    private static FileTime lastUse(Path entry) {
        try {
            return Files.getLastModifiedTime(entry);
        } catch (IOException removedMeanwhile) {
            return FileTime.fromMillis(0);
        }
    }

    private Path entry(String kind, String key) {
        return root.resolve(kind).resolve(key);
    }

    private Path halfBuilt(String kind, String key) {
        return root.resolve(kind).resolve(key + HALF_BUILT);
    }

    private EntryLock lock(String kind, String key) {
        return EntryLock.of(root.resolve(kind).resolve(key + LOCK));
    }
}
