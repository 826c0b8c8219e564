package io.promptforge.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.locks.LockSupport;

/** Starts a server: finds user and binaries, takes the cached cluster, makes a folder, runs the process. */
final class Launcher {

    private static final Duration END_OF_LAST = Duration.ofSeconds(60);

    /** Programs and cluster may be found damaged one after the other. */
    private static final int MOST_REPAIRS = 4;

    private final LaunchOptions options;
    private final Place place;

    /** Where a server runs, and as which user. */
    record Place(LauncherEnvironment machine, ServerUser user, Cache cache, DataRoot dataRoot) {

        static Place of(LaunchOptions options) {
            LauncherEnvironment machine = options.machine();
            JvmUser self = JvmUser.current(machine);
            return new Place(
                    machine,
                    ServerUser.on(machine, self),
                    new Cache(machine, self, options.cache()),
                    DataRoot.choose(machine, self, options.data()));
        }
    }

    Launcher(LaunchOptions options) {
        this.options = options;
        this.place = Place.of(options);
    }

    EmbeddedPostgres start() {
        DriverWarmUp.load();
        Binaries binaries = Binaries.find(place.machine(), options.binaries());
        for (int repairs = 0; repairs < MOST_REPAIRS; repairs++) {
            place.cache().begin();
            try {
                Optional<EmbeddedPostgres> started = start(binaries);
                if (started.isPresent()) {
                    return started.get();
                }
            } catch (EmbeddedPostgresException e) {
                if (!place.cache().isDamaged(true)) {
                    throw e;
                }
            }
        }
        throw new EmbeddedPostgresException("The cache of PostgreSQL is damaged as soon as it is built."
                + "\nWhat to do: check the disk, or name another folder by -Dpromptforge.postgres.cache=... or"
                + " PROMPTFORGE_POSTGRES_CACHE.");
    }

    /** Empty if the cache turns out to be damaged. */
    private Optional<EmbeddedPostgres> start(Binaries binaries) {
        FolderLease installed = binaries.install(place.cache());
        try {
            Optional<EmbeddedPostgres> started = start(binaries, installed);
            if (started.isEmpty()) {
                installed.close();
            }
            return started;
        } catch (IOException e) {
            installed.close();
            throw new EmbeddedPostgresException(
                    "PostgreSQL did not start: " + FailedAttempts.reason(e)
                            + place.dataRoot().advice(e),
                    e);
        } catch (RuntimeException e) {
            installed.close();
            throw e;
        }
    }

    private LauncherEnvironment machine() {
        return options.port() == 0 ? place.machine() : place.machine().withPorts(options::port);
    }

    private Optional<EmbeddedPostgres> start(Binaries binaries, FolderLease installed) throws IOException {
        Installation installation =
                new Installation(installed.folder(), place.machine().isWindows());
        ClusterBuilder builder = new ClusterBuilder(place, installation, binaries.identity(), options.settings());
        // Leased only until the server has copied it.
        try (FolderLease lease = builder.obtain(options.preparations())) {
            FutureTask<Boolean> damaged = checkBeside();
            CachedCluster cluster = new CachedCluster(lease.folder());
            int major = cluster.major();
            RunningServer.Plan plan =
                    new RunningServer.Plan(machine(), place.user(), installation, major, options.settings());
            RunningServer server =
                    options.kept() == null ? startCopy(plan, cluster) : startKept(plan, options.kept(), cluster);
            if (result(damaged)) {
                server.process().kill();
                return Optional.empty();
            }
            if (server.folder().kept()) {
                server.folder().noteCluster();
            }
            return Optional.of(EmbeddedPostgres.running(server, cluster.version(), major, installed));
        }
    }

    /** Looks at the files while the server starts, which takes longer. */
    private FutureTask<Boolean> checkBeside() {
        FutureTask<Boolean> check = new FutureTask<>(() -> place.cache().isDamaged(false));
        Thread thread = new Thread(check, "promptforge-postgres-cache");
        thread.setDaemon(true);
        thread.start();
        return check;
    }

    private static boolean result(FutureTask<Boolean> check) {
        try {
            return check.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Starts a server on the data that its folder has; the first time, on a copy of the cluster. */
    private RunningServer startKept(RunningServer.Plan plan, Path path, CachedCluster cluster) throws IOException {
        if (place.machine().isWindows()) {
            throw new EmbeddedPostgresException("On Windows, no data is kept: nothing would end the server in order.");
        }
        ServerFolder folder = ServerFolder.kept(path.toAbsolutePath(), place.user());
        awaitEndOfLast(folder);
        if (folder.hasCluster()) {
            refuseOtherVersion(folder, plan.major());
            return RunningServer.start(plan, folder, null);
        }
        return RunningServer.start(plan, folder, cluster);
    }

    /** When a JVM was killed, its watchdog ends the server in order, and then notes that; this takes a moment. */
    private static void awaitEndOfLast(ServerFolder folder) {
        long deadline = System.nanoTime() + END_OF_LAST.toNanos();
        while (PostmasterFile.in(folder.data()).isAlive() || Ownership.hasWatchdog(folder)) {
            if (Ownership.hasJvm(folder) || System.nanoTime() > deadline) {
                throw new EmbeddedPostgresException("A server is running on " + folder.path()
                        + " already.\nWhat to do: use that one, or end it first.");
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private static void refuseOtherVersion(ServerFolder folder, int major) throws IOException {
        String stored = Files.readString(folder.data().resolve("PG_VERSION")).strip();
        if (!stored.equals(String.valueOf(major))) {
            throw new EmbeddedPostgresException(folder.path() + " has data of PostgreSQL " + stored
                    + ", and the programs are of version " + major
                    + ".\nWhat to do: back it up with the older programs and restore it into a new folder.");
        }
    }

    private RunningServer startCopy(RunningServer.Plan plan, CachedCluster cluster) throws IOException {
        ServerFolder folder = place.dataRoot().newFolder(place.user());
        try {
            return RunningServer.start(plan, folder, cluster);
        } catch (IOException | RuntimeException e) {
            folder.delete();
            throw e;
        }
    }
}
