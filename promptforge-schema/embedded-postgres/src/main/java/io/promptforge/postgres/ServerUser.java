package io.promptforge.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The user that the server's commands run as: an unprivileged user when the JVM runs as root, because PostgreSQL refuses
 * root; otherwise the JVM's user.
 */
final class ServerUser {

    /**
     * A way to run a command as another user.
     *
     * @param forks whether the command becomes a child of the tool instead of replacing it
     * @param changesOwner whether files must be given to the other user for it to write them
     */
    private record Way(String tool, boolean forks, boolean changesOwner, UnaryOperator<List<String>> wrap) {}

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final @Nullable Way way;
    private final @Nullable PasswdEntry owner;

    private ServerUser(@Nullable Way way, @Nullable PasswdEntry owner) {
        this.way = way;
        this.owner = owner;
    }

    /** Returns the first way that works here. */
    static ServerUser on(LauncherEnvironment machine, JvmUser self) {
        if (!self.isRoot()) {
            return new ServerUser(null, null);
        }
        FailedAttempts attempts = new FailedAttempts();
        Optional<PasswdEntry> user = PasswdEntry.unprivileged(machine);
        if (user.isEmpty()) {
            attempts.failed("setpriv, runuser, su", "the system has no user but root to run as");
        }
        List<Way> ways = new ArrayList<>();
        user.ifPresent(other -> ways.addAll(List.of(setpriv(other), runuser(other), su(other))));
        ways.add(unshare());
        for (Way way : ways) {
            Optional<Way> found = probe(machine, way, attempts);
            if (found.isPresent()) {
                return new ServerUser(found.get(), way.changesOwner ? user.orElseThrow() : null);
            }
        }
        throw attempts.failure(
                "PostgreSQL refuses to run as root, and no way to run it as another user works here.",
                "install setpriv (package util-linux), allow the container CAP_SETUID and CAP_SETGID, or run the JVM"
                        + " as an ordinary user.");
    }

    /** Runs commands in a new user namespace, where the user has a name even if the JVM's user has none. */
    static Optional<ServerUser> namespaced(LauncherEnvironment machine, FailedAttempts attempts) {
        return probe(machine, unshare(), attempts).map(way -> new ServerUser(way, null));
    }

    /** Returns a command that runs {@code command} as this user. */
    List<String> command(List<String> command) {
        return way == null ? command : way.wrap.apply(command);
    }

    /** Whether it is the user of this JVM. */
    boolean isCurrent() {
        return way == null;
    }

    boolean forks() {
        return way != null && way.forks;
    }

    /** Gives a new folder to the server's user. */
    void own(Path folder) throws IOException {
        if (owner != null) {
            Files.setAttribute(folder, "unix:gid", owner.gid());
            Files.setAttribute(folder, "unix:uid", owner.uid());
        }
    }

    /** The name for messages; empty when it is the JVM's user. */
    Optional<String> name() {
        if (way == null) {
            return Optional.empty();
        }
        return Optional.of(owner == null ? "an unprivileged user (" + way.tool + ")" : owner.name());
    }

    private static Way setpriv(PasswdEntry user) {
        List<String> options = List.of("--reuid=" + user.uid(), "--regid=" + user.gid(), "--clear-groups");
        return new Way("setpriv", false, true, command -> concat(options, command));
    }

    private static Way runuser(PasswdEntry user) {
        return new Way("runuser", true, true, command -> concat(List.of("-u", user.name(), "--"), command));
    }

    /** Passes the command as one quoted string, because implementations of su treat further arguments differently. */
    private static Way su(PasswdEntry user) {
        List<String> options = List.of("-s", "/bin/sh", user.name(), "-c");
        return new Way("su", true, true, command -> concat(options, List.of("exec " + quoted(command))));
    }

    private static Way unshare() {
        return new Way("unshare", false, false, command -> concat(List.of("-U"), command));
    }

    /** Runs {@code id -u} this way, and accepts it only if the output is a number other than 0. */
    private static Optional<Way> probe(LauncherEnvironment machine, Way way, FailedAttempts attempts) {
        Optional<Path> tool = machine.command(way.tool);
        if (tool.isEmpty()) {
            attempts.failed(way.tool, "not found on the PATH");
            return Optional.empty();
        }
        Way located = new Way(
                way.tool,
                way.forks,
                way.changesOwner,
                command -> concat(List.of(tool.get().toString()), way.wrap.apply(command)));
        String id = machine.command("id").map(Path::toString).orElse("id");
        try {
            ExternalCommand.Result result = ExternalCommand.run(machine, located.wrap.apply(List.of(id, "-u")), LIMIT);
            if (result.succeeded()
                    && result.output().matches("\\d+")
                    && !result.output().equals("0")) {
                return Optional.of(located);
            }
            attempts.failed(tool.get(), "exit status " + result.status() + ", " + result.output());
        } catch (IOException e) {
            attempts.failed(tool.get(), e);
        }
        return Optional.empty();
    }

    private static String quoted(List<String> command) {
        List<String> words = new ArrayList<>();
        for (String word : command) {
            words.add("'" + word.replace("'", "'\\''") + "'");
        }
        return String.join(" ", words);
    }

    private static List<String> concat(List<String> first, List<String> second) {
        List<String> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }
}
