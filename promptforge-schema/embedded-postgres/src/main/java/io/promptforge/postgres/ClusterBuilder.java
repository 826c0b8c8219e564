package io.promptforge.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Builds the cluster that servers start from: initdb, then each preparation on a copy of the cluster before it. It is built
 * where servers run, and then copied into the cache. Each step is cached, so that a changed preparation does not repeat the
 * steps before it. Only the owner of the cache writes to it.
 */
final class ClusterBuilder {

    private static final Duration LIMIT = Duration.ofMinutes(3);
    private static final int OLDEST_MAJOR = 14;
    private static final Pattern VERSION = Pattern.compile("(\\d+)(\\.\\d+|\\w+)*");
    private static final List<String> INITDB = List.of(
            "--username=" + EmbeddedPostgres.SUPERUSER,
            "--auth=trust",
            "--encoding=UTF8",
            "--no-sync",
            "--no-instructions");

    private final LauncherEnvironment machine;
    private final ServerUser user;
    private final DataRoot dataRoot;
    private final Installation installation;
    private final Map<String, String> settings;
    private final Cache cache;
    private final String binaries;

    /** @param binaries the identity of the installed programs */
    ClusterBuilder(Launcher.Place place, Installation installation, String binaries, Map<String, String> settings) {
        this.machine = place.machine();
        this.user = place.user();
        this.dataRoot = place.dataRoot();
        this.cache = place.cache();
        this.installation = installation;
        this.binaries = binaries;
        this.settings = settings;
    }

    /** Returns the cluster after these preparations; builds it if it is not cached. */
    FolderLease obtain(List<LaunchOptions.Prepared> preparations) {
        return cache.obtain(Cache.CLUSTERS, key(preparations), entry -> build(entry, preparations));
    }

    /** A cluster that another one is built on, which would inherit the damage. */
    private FolderLease obtainWhole(List<LaunchOptions.Prepared> preparations) {
        FolderLease lease = obtain(preparations);
        if (!cache.isDamaged(lease.folder(), true)) {
            return lease;
        }
        lease.close();
        return obtain(preparations);
    }

    /** The cache key: everything that the cluster depends on. */
    private String key(List<LaunchOptions.Prepared> preparations) {
        List<String> parts = new ArrayList<>(List.of(binaries, ServerSettings.FORMAT, INITDB.toString()));
        if (!preparations.isEmpty()) {
            preparations.forEach(prepared -> parts.add(prepared.key()));
            // The result of a preparation may depend on the settings.
            parts.add(new TreeMap<>(settings).toString());
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                digest.update((part.length() + ":" + part).getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 16);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }

    private void build(Path entry, List<LaunchOptions.Prepared> preparations) throws IOException {
        ServerFolder folder = dataRoot.newFolder(user);
        try {
            Ownership.note(folder, ProcessHandle.current());
            String version = preparations.isEmpty() ? initialise(folder) : prepare(folder, preparations);
            new CachedCluster(entry).fill(folder.data(), version);
        } finally {
            folder.delete();
        }
    }

    /** Runs the last of the preparations on the cluster of those before it; returns the server's version. */
    private String prepare(ServerFolder folder, List<LaunchOptions.Prepared> preparations) throws IOException {
        int last = preparations.size() - 1;
        try (FolderLease lease = obtainWhole(preparations.subList(0, last))) {
            CachedCluster base = new CachedCluster(lease.folder());
            prepare(folder, base, preparations.get(last).preparation());
            return base.version();
        }
    }

    private void prepare(ServerFolder folder, CachedCluster base, Preparation preparation) throws IOException {
        int major = base.major();
        RunningServer.Plan plan = new RunningServer.Plan(machine, user, installation, major, settings);
        RunningServer server = RunningServer.start(plan, folder, base);
        boolean done = false;
        try (EmbeddedPostgres running = EmbeddedPostgres.during(server, base.version(), major)) {
            preparation.prepare(running);
            done = true;
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw new EmbeddedPostgresException(
                    "The preparation of the cluster failed: " + FailedAttempts.reason(e)
                            + DiskFull.advice(e, folder.data()),
                    e);
        } finally {
            if (!done) {
                server.process().kill();
            }
        }
        server.process().shutDown();
    }

    private String version() throws IOException {
        List<String> command = user.command(List.of(installation.postgres().toString(), "--version"));
        ExternalCommand.Result result = ExternalCommand.run(machine, command, LIMIT);
        Matcher matcher = VERSION.matcher(result.output());
        if (!result.succeeded() || !matcher.find()) {
            throw new EmbeddedPostgresException(installation.postgres() + " does not run: " + result.output()
                    + "\nWhat to do: check that the binaries are those of this platform, that the user they run as"
                    + user.name().map(name -> " (" + name + ")").orElse("")
                    + " can enter every folder above them, and that the folder is not mounted noexec.");
        }
        String version = matcher.group();
        if (CachedCluster.majorOf(version) < OLDEST_MAJOR) {
            throw new EmbeddedPostgresException(installation.home() + " holds PostgreSQL " + version
                    + ".\nWhat to do: name one of version " + OLDEST_MAJOR + " to 18.");
        }
        return version;
    }

    /** Returns the server's version. */
    private String initialise(ServerFolder folder) throws IOException {
        String version = version();
        initialise(folder, CachedCluster.majorOf(version));
        return version;
    }

    private void initialise(ServerFolder folder, int major) throws IOException {
        FailedAttempts attempts = new FailedAttempts();
        for (List<String> locale : locales(major)) {
            if (initdb(user, folder, locale, attempts)) {
                return;
            }
        }
        // initdb requires a user name, which an arbitrary uid in a container does not have.
        if (user.name().isEmpty() && !machine.isWindows()) {
            var namespaced = ServerUser.namespaced(machine, attempts);
            if (namespaced.isPresent()
                    && initdb(namespaced.get(), folder, locales(major).get(0), attempts)) {
                return;
            }
        }
        throw attempts.failure(
                "PostgreSQL's initdb failed.",
                "if the current user has no entry in /etc/passwd, add one, or let a user who has one fill a cache that"
                        + " the current user can read (PROMPTFORGE_POSTGRES_CACHE); else see the reasons above.");
    }

    private boolean initdb(ServerUser as, ServerFolder folder, List<String> locale, FailedAttempts attempts)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(installation.initdb().toString()));
        command.addAll(List.of("--pgdata", folder.data().toString()));
        command.addAll(INITDB);
        command.addAll(locale);
        ExternalCommand.Result result = ExternalCommand.run(machine, as.command(command), LIMIT);
        if (!result.succeeded()) {
            attempts.failed(String.join(" ", as.command(command)), result.output());
        }
        return result.succeeded();
    }

    /**
     * The locale: sort order by code point, upper and lower case by Unicode. It does not depend on the machine. PostgreSQL has
     * it built in from version 17 on; older servers use the operating system's, if it has it.
     */
    private List<List<String>> locales(int major) {
        List<String> plain = List.of("--locale=C");
        if (major >= 17) {
            return List.of(List.of("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"), plain);
        }
        return machine.isLinux() ? List.of(List.of("--locale=C", "--lc-ctype=C.UTF-8"), plain) : List.of(plain);
    }
}
