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
 * Makes the cluster that servers start from, where servers run, and from there into the cache: initdb first, and each
 * preparation on a copy of the cluster before it. Every one of them is cached, so that a preparation that changes is not
 * paid for with those it builds on. Nobody but the owner of the cache ever writes to it.
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

    private final Machine machine;
    private final ServerUser user;
    private final DataRoot dataRoot;
    private final Installation installation;
    private final Map<String, String> settings;
    private final Cache cache;
    private final String binaries;

    /** @param binaries the identity of what is installed */
    ClusterBuilder(Launcher.Place place, Installation installation, String binaries, Map<String, String> settings) {
        this.machine = place.machine();
        this.user = place.user();
        this.dataRoot = place.dataRoot();
        this.cache = place.cache();
        this.installation = installation;
        this.binaries = binaries;
        this.settings = settings;
    }

    /** The cluster after these preparations: cached, or built now. */
    Lease obtain(List<Options.Prepared> preparations) {
        return cache.obtain("clusters", key(preparations), entry -> build(entry, preparations));
    }

    /** Names everything that the cluster depends on. */
    private String key(List<Options.Prepared> preparations) {
        List<String> parts = new ArrayList<>(List.of(binaries, ServerSettings.FORMAT, INITDB.toString()));
        if (!preparations.isEmpty()) {
            preparations.forEach(prepared -> parts.add(prepared.key()));
            // A preparation may come out differently under other settings.
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

    private void build(Path entry, List<Options.Prepared> preparations) throws IOException {
        ServerFolder folder = dataRoot.newFolder(user);
        try {
            Ownership.note(folder, ProcessHandle.current());
            String version = preparations.isEmpty() ? initialise(folder) : prepare(folder, preparations);
            new Cluster(entry).fill(folder.data(), version);
        } finally {
            folder.delete();
        }
    }

    /** Runs the last of the preparations on what those before it made; returns the server's version. */
    private String prepare(ServerFolder folder, List<Options.Prepared> preparations) throws IOException {
        int last = preparations.size() - 1;
        try (Lease lease = obtain(preparations.subList(0, last))) {
            Cluster base = new Cluster(lease.folder());
            prepare(folder, base, preparations.get(last).preparation());
            return base.version();
        }
    }

    private void prepare(ServerFolder folder, Cluster base, Preparation preparation) throws IOException {
        int major = base.major();
        Server.Plan plan = new Server.Plan(machine, user, installation, major, settings);
        Server server = Server.start(plan, folder, base);
        boolean done = false;
        try (EmbeddedPostgres running = EmbeddedPostgres.during(server, base.version(), major)) {
            preparation.prepare(running);
            done = true;
        } catch (Exception e) {
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            throw new EmbeddedPostgresException("The preparation of the cluster failed: " + Attempts.reason(e), e);
        } finally {
            if (!done) {
                server.process().kill();
            }
        }
        server.process().shutDown();
    }

    private String version() throws IOException {
        List<String> command = user.command(List.of(installation.postgres().toString(), "--version"));
        Command.Result result = Command.run(machine, command, LIMIT);
        Matcher matcher = VERSION.matcher(result.output());
        if (!result.succeeded() || !matcher.find()) {
            throw new EmbeddedPostgresException(installation.postgres() + " does not run: " + result.output()
                    + "\nWhat to do: check that the binaries are those of this platform, that the user they run as"
                    + user.name().map(name -> " (" + name + ")").orElse("")
                    + " can enter every folder above them, and that the folder is not mounted noexec.");
        }
        String version = matcher.group();
        if (Cluster.majorOf(version) < OLDEST_MAJOR) {
            throw new EmbeddedPostgresException(installation.home() + " holds PostgreSQL " + version
                    + ".\nWhat to do: name one of version " + OLDEST_MAJOR + " to 18.");
        }
        return version;
    }

    /** Returns the server's version. */
    private String initialise(ServerFolder folder) throws IOException {
        String version = version();
        initialise(folder, Cluster.majorOf(version));
        return version;
    }

    private void initialise(ServerFolder folder, int major) throws IOException {
        Attempts attempts = new Attempts();
        for (List<String> locale : locales(major)) {
            if (initdb(user, folder, locale, attempts)) {
                return;
            }
        }
        // initdb wants to know its user's name, which an arbitrary uid in a container does not have.
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

    private boolean initdb(ServerUser as, ServerFolder folder, List<String> locale, Attempts attempts)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(installation.initdb().toString()));
        command.addAll(List.of("--pgdata", folder.data().toString()));
        command.addAll(INITDB);
        command.addAll(locale);
        Command.Result result = Command.run(machine, as.command(command), LIMIT);
        if (!result.succeeded()) {
            attempts.failed(String.join(" ", as.command(command)), result.output());
        }
        return result.succeeded();
    }

    /**
     * Sorted by code point, but with Unicode's upper and lower case: the same on every machine, and what PostgreSQL 17
     * brings itself. Older servers take it from the operating system where that has it.
     */
    private List<List<String>> locales(int major) {
        List<String> plain = List.of("--locale=C");
        if (major >= 17) {
            return List.of(List.of("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"), plain);
        }
        return machine.isLinux() ? List.of(List.of("--locale=C", "--lc-ctype=C.UTF-8"), plain) : List.of(plain);
    }
}
