package io.promptforge.postgres;

import java.io.IOException;

/** Starts a server: finds user and binaries, takes the cached cluster, makes a folder, runs the process. */
final class Launcher {

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
        FolderLease installed = binaries.install(place.cache());
        try {
            return start(binaries, installed);
        } catch (IOException e) {
            installed.close();
            throw new EmbeddedPostgresException("PostgreSQL did not start: " + FailedAttempts.reason(e), e);
        } catch (RuntimeException e) {
            installed.close();
            throw e;
        }
    }

    private EmbeddedPostgres start(Binaries binaries, FolderLease installed) throws IOException {
        Installation installation =
                new Installation(installed.folder(), place.machine().isWindows());
        ClusterBuilder builder = new ClusterBuilder(place, installation, binaries.identity(), options.settings());
        // Leased only until the server has copied it.
        try (FolderLease lease = builder.obtain(options.preparations())) {
            CachedCluster cluster = new CachedCluster(lease.folder());
            int major = cluster.major();
            RunningServer.Plan plan =
                    new RunningServer.Plan(place.machine(), place.user(), installation, major, options.settings());
            RunningServer server = startCopy(plan, cluster);
            return EmbeddedPostgres.running(server, cluster.version(), major, installed);
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
