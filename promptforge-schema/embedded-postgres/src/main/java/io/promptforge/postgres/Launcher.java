package io.promptforge.postgres;

import java.io.IOException;

/** Brings the parts together: user, binaries, cached cluster, folder, server. */
final class Launcher {

    private final Options options;
    private final Place place;

    /** Where and as whom a server runs. */
    record Place(Machine machine, ServerUser user, Cache cache, DataRoot dataRoot) {

        static Place of(Options options) {
            Machine machine = options.machine();
            Account self = Account.current(machine);
            return new Place(
                    machine,
                    ServerUser.on(machine, self),
                    new Cache(machine, self, options.cache()),
                    DataRoot.choose(machine, self, options.data()));
        }
    }

    Launcher(Options options) {
        this.options = options;
        this.place = Place.of(options);
    }

    EmbeddedPostgres start() {
        Driver.load();
        Binaries binaries = Binaries.find(place.machine(), options.binaries());
        Lease installed = binaries.install(place.cache());
        try {
            return start(binaries, installed);
        } catch (IOException e) {
            installed.close();
            throw new EmbeddedPostgresException("PostgreSQL did not start: " + Attempts.reason(e), e);
        } catch (RuntimeException e) {
            installed.close();
            throw e;
        }
    }

    private EmbeddedPostgres start(Binaries binaries, Lease installed) throws IOException {
        Installation installation =
                new Installation(installed.folder(), place.machine().isWindows());
        ClusterBuilder builder = new ClusterBuilder(place, installation, binaries.identity(), options.settings());
        // Leased only until the server has its copy.
        try (Lease lease = builder.obtain(options.preparations())) {
            Cluster cluster = new Cluster(lease.folder());
            int major = cluster.major();
            Server.Plan plan = new Server.Plan(place.machine(), place.user(), installation, major, options.settings());
            Server server = startCopy(plan, cluster);
            return EmbeddedPostgres.running(server, cluster.version(), major, installed);
        }
    }

    private Server startCopy(Server.Plan plan, Cluster cluster) throws IOException {
        ServerFolder folder = place.dataRoot().newFolder(place.user());
        try {
            return Server.start(plan, folder, cluster);
        } catch (IOException | RuntimeException e) {
            folder.delete();
            throw e;
        }
    }
}
