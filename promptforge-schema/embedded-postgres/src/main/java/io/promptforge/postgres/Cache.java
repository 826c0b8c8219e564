package io.promptforge.postgres;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps unpacked binaries and initialised clusters between runs: in the configured or usual folder, or, if that cannot be
 * used, in one under the folder for temporary files, which is logged. Damaged entries are built again.
 *
 * <p>The files of a cache are executed, so a folder that another user may have written to is refused.
 */
final class Cache {

    static final String BINARIES = "binaries";
    static final String CLUSTERS = "clusters";

    private static final System.Logger LOG = System.getLogger(Cache.class.getPackageName());

    private final List<CacheDirectory> directories = new ArrayList<>();
    private final Set<Path> used = ConcurrentHashMap.newKeySet();

    /** The damaged entries, and what is wrong with each. */
    private final Map<Path, String> damaged = new ConcurrentHashMap<>();

    private final LauncherEnvironment machine;
    private final JvmUser self;

    Cache(LauncherEnvironment machine, JvmUser self, @Nullable Path configured) {
        this.machine = machine;
        this.self = self;
        Optional<Path> given = Optional.ofNullable(configured).or(() -> machine.configuredPath("cache"));
        given.map(Path::toAbsolutePath).ifPresent(this::requireOwn);
        given.or(this::usual).map(Path::toAbsolutePath).ifPresent(path -> directories.add(new CacheDirectory(path)));
        Path spare = machine.temporaryFolder().resolve("promptforge-postgres-" + self.id());
        directories.add(new CacheDirectory(spare));
    }

    /** Returns a finished entry of the first folder that has it or can be filled with it. */
    FolderLease obtain(String kind, String key, CacheDirectory.EntryBuilder builder) {
        FailedAttempts attempts = new FailedAttempts();
        for (CacheDirectory directory : directories) {
            try {
                FolderLease lease = obtain(directory, kind, key, folder -> buildOrFail(folder, builder));
                used.add(directory.entry(kind, key));
                attempts.say("PostgreSQL is cached in " + directory.root() + ", because another folder cannot be used"
                        + " (PROMPTFORGE_POSTGRES_CACHE names one).");
                return lease;
            } catch (IOException e) {
                attempts.failed(directory.root(), e);
            }
        }
        throw attempts.failure(
                "No cache folder for PostgreSQL can be used.",
                "name a folder that belongs to you, that only you can write, and that has 200 MB free, by"
                        + " -Dpromptforge.postgres.cache=... or PROMPTFORGE_POSTGRES_CACHE.");
    }

    private FolderLease obtain(CacheDirectory directory, String kind, String key, CacheDirectory.EntryBuilder builder)
            throws IOException {
        refuseForeign(directory.root());
        @Nullable String damage = damaged.get(directory.entry(kind, key));
        if (damage == null) {
            Optional<FolderLease> ready = directory.find(kind, key);
            if (ready.isPresent()) {
                return ready.get();
            }
        }
        create(directory.root());
        // Another process may have created the folder meanwhile.
        refuseForeign(directory.root());
        if (damage == null) {
            return directory.build(kind, key, builder);
        }
        FolderLease rebuilt = directory.rebuild(kind, key, builder);
        damaged.remove(directory.entry(kind, key));
        LOG.log(Level.WARNING, "The cache of PostgreSQL was damaged, and has been built again: " + damage);
        return rebuilt;
    }

    /** Forgets which entries were obtained, for another attempt. */
    void begin() {
        used.clear();
    }

    /**
     * Looks for damage in the entries that were obtained since {@link #begin}; damaged ones are built again when they are
     * obtained next.
     *
     * @param content whether all content is compared; otherwise that of files whose time has changed
     */
    boolean isDamaged(boolean content) {
        // All of them, so that they are repaired together.
        return used.stream().filter(entry -> isDamaged(entry, content)).count() > 0;
    }

    /** Looks for damage in one entry, which is built again when it is obtained next. */
    boolean isDamaged(Path entry, boolean content) {
        Optional<String> damage = new EntryFiles(entry).damage(content);
        damage.ifPresent(found -> damaged.put(entry, found));
        return damage.isPresent();
    }

    /** Builds an entry. A failure is final: another folder is tried only when this one is not usable at all. */
    private static void buildOrFail(Path folder, CacheDirectory.EntryBuilder builder) {
        try {
            builder.build(folder);
        } catch (IOException e) {
            throw new EmbeddedPostgresException(
                    "Cannot build " + folder + ": " + FailedAttempts.reason(e)
                            + "\nWhat to do: make room if the disk is full; else see the reason.",
                    e);
        }
    }

    /** Creates missing folders such that the server's user can enter them, whatever the umask. */
    private static void create(Path folder) throws IOException {
        Path parent = folder.getParent();
        if (parent == null || Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        create(parent);
        try {
            Files.createDirectory(folder);
            FileTree.permit(folder, FileTree.PUBLIC_FOLDER);
        } catch (FileAlreadyExistsException somebodyElseWasFaster) {
            // The folder may be usable nevertheless; the checks that follow find out.
        }
    }

    /** Throws when a configured folder is refused: it is not silently replaced by another one. */
    private void requireOwn(Path folder) {
        try {
            refuseForeign(folder);
        } catch (IOException e) {
            throw new EmbeddedPostgresException(
                    "The cache folder " + folder + " is " + e.getMessage()
                            + ".\nWhat to do: programs are run from there, so name a folder that belongs to root or to you and"
                            + " that only its owner can write.",
                    e);
        }
    }

    /** Checks a symbolic link as well as its target, because the owner of the link decides where it points. */
    private void refuseForeign(Path folder) throws IOException {
        if (machine.isWindows() || !Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Path real = folder.toRealPath();
        for (Path path : List.of(folder, real)) {
            int owner = (Integer) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
            if (owner != 0 && !self.id().equals(String.valueOf(owner))) {
                throw new IOException("refused, because it belongs to uid " + owner
                        + ", who is neither root nor the current user (uid " + self.id() + ")");
            }
        }
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(real);
        if (permissions.contains(PosixFilePermission.GROUP_WRITE)
                || permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw new IOException("refused, because others can write to it (chmod go-w " + real + ")");
        }
    }

    private Optional<Path> usual() {
        return usualParent().map(parent -> parent.resolve("promptforge").resolve("postgres"));
    }

    private Optional<Path> usualParent() {
        if (machine.isWindows()) {
            return variable("LOCALAPPDATA");
        }
        if (self.isRoot()) {
            // Not in root's home, which the server's user cannot enter.
            return Optional.of(Path.of("/var/cache"));
        }
        Optional<Path> home =
                Optional.of(Path.of(machine.property("user.home"))).filter(Path::isAbsolute);
        if (machine.isMac()) {
            return home.map(path -> path.resolve("Library").resolve("Caches"));
        }
        return variable("XDG_CACHE_HOME").or(() -> home.map(path -> path.resolve(".cache")));
    }

    private Optional<Path> variable(String name) {
        return Optional.ofNullable(machine.environment().get(name))
                .filter(value -> !value.isBlank())
                .map(Path::of)
                .filter(Path::isAbsolute);
    }
}
