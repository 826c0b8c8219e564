package io.promptforge.postgres;

import java.io.IOException;

/** Brings the parts together: user, binaries, cached cluster, folder, server. */
final class Launcher {

    private final Options options;
    private final Machine machine;
    private final Account self;
    private final ServerUser user;
    private final Cache cache;
    private final DataRoot dataRoot;

    Launcher(Options options) {
        this.options = options;
        this.machine = options.machine();
        this.self = Account.current(machine);
        this.user = ServerUser.on(machine, self);
        this.cache = new Cache(machine, self, options.cache());
        this.dataRoot = DataRoot.choose(machine, self, options.data());
    }

    EmbeddedPostgres start() {
        Binaries binaries = Binaries.find(machine, options.binaries());
        Lease installed = binaries.install(cache);
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
        Installation installation = new Installation(installed.folder(), machine.isWindows());
        ClusterBuilder builder = new ClusterBuilder(machine, user, dataRoot, installation, options);
        String key = ClusterBuilder.key(binaries.identity(), options);
        // Leased only until the server has its copy.
        try (Lease lease = cache.obtain("clusters", key, builder::build)) {
            Cluster cluster = new Cluster(lease.folder());
            int major = Cluster.majorOf(cluster.data());
            Server.Plan plan = new Server.Plan(machine, user, installation, major, options.settings());
            Server server = startCopy(plan, cluster);
            return EmbeddedPostgres.running(server, cluster.version(), major, installed);
        }
    }

    private Server startCopy(Server.Plan plan, Cluster cluster) throws IOException {
        ServerFolder folder = dataRoot.newFolder(user);
        try {
            return Server.start(plan, folder, cluster.data());
        } catch (IOException | RuntimeException e) {
            folder.delete();
            throw e;
        }
    }
}
