package io.promptforge.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** A server that accepts connections. */
record RunningServer(ServerProcess process, ServerFolder folder, int port) {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(3);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int PORTS_TRIED = 5;

    /** The parameters of a start. */
    record Plan(
            LauncherEnvironment machine,
            ServerUser user,
            Installation installation,
            int major,
            Map<String, String> settings) {}

    /**
     * Starts a server in a folder. Another process may take the free port before the server does; then another port is
     * tried.
     *
     * @param cluster unpacked into the data folder first, unless null
     */
    static RunningServer start(Plan plan, ServerFolder folder, @Nullable CachedCluster cluster) throws IOException {
        FailedAttempts attempts = new FailedAttempts();
        @Nullable CachedCluster toUnpack = cluster;
        long deadline = System.nanoTime() + LIMIT.toNanos();
        int triedPorts = 0;
        while (triedPorts < PORTS_TRIED) {
            int port = plan.machine.ports().getAsInt();
            ServerProcess process = launch(plan, folder, toUnpack, port);
            if (isReady(process, folder)) {
                return new RunningServer(process, folder, port);
            }
            String log = end(process, folder);
            if (toUnpack != null && folder.isWithoutCluster()) {
                folder.unpack(toUnpack, plan.user);
                toUnpack = null;
                continue;
            }
            toUnpack = null;
            if (isOfKilledServer(log) && System.nanoTime() < deadline) {
                LockSupport.parkNanos(PAUSE.toNanos());
                continue;
            }
            if (isHeldBackByAnotherProcess(log, folder) && System.nanoTime() < deadline) {
                Files.delete(PostmasterFile.path(folder.data()));
                continue;
            }
            if (!log.contains("could not create any TCP/IP sockets")) {
                throw failure(plan, folder, log);
            }
            attempts.failed("port " + port, bindError(log));
            triedPorts++;
        }
        throw attempts.failure(
                "PostgreSQL found no free port of 127.0.0.1.", "try again, or end what takes the ports.");
    }

    /** A process of a server that was killed on this folder ends when its statement does. */
    private static boolean isOfKilledServer(String log) {
        return lastFault(log).contains("pre-existing shared memory block");
    }

    /**
     * PostgreSQL takes any process of its user for the server that left the file when it was killed, if the process has the
     * same id; it does not know when that process started.
     */
    private static boolean isHeldBackByAnotherProcess(String log, ServerFolder folder) {
        PostmasterFile left = PostmasterFile.in(folder.data());
        return lastFault(log).contains("lock file \"postmaster.pid\" already exists") && left.isOfAnotherProcess();
    }

    private static ServerProcess launch(Plan plan, ServerFolder folder, @Nullable CachedCluster cluster, int port)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(plan.installation.postgres().toString());
        command.addAll(List.of("-D", folder.data().toString()));
        command.addAll(ServerSettings.arguments(plan.machine, plan.major, port, plan.settings));
        Ownership.note(folder, ProcessHandle.current());
        ServerProcess process = plan.machine.isWindows()
                ? UnwatchedProcess.start(plan.machine, folder, cluster, command)
                : WatchedProcess.start(plan.machine, plan.user, folder, cluster, command);
        try {
            Ownership.note(folder, ProcessHandle.current(), process.handle());
            return process;
        } catch (IOException e) {
            process.kill();
            throw e;
        }
    }

    private static boolean isReady(ServerProcess process, ServerFolder folder) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < deadline && !Thread.currentThread().isInterrupted()) {
            PostmasterFile written = PostmasterFile.in(folder.data());
            // A killed server has left its file in a folder that is kept.
            if (written.isReady() && written.isAlive()) {
                return true;
            }
            if (process.hasEnded()) {
                return false;
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
        return false;
    }

    /** The line of the last error, with what follows it. */
    private static String lastFault(String log) {
        return log.substring(Math.max(0, log.lastIndexOf("FATAL")));
    }

    private static String bindError(String log) {
        return log.lines()
                .filter(line -> line.contains("could not bind"))
                .findFirst()
                .orElse(log);
    }

    /** Ends a server that has failed to start and returns the end of its log. */
    private static String end(ServerProcess process, ServerFolder folder) {
        String reason = process.hasEnded() ? "" : "not ready after " + LIMIT.toSeconds() + " s\n";
        if (Thread.currentThread().isInterrupted()) {
            reason = "interrupted while it was starting\n";
        }
        try {
            process.shutDown();
        } catch (IOException expected) {
            // The start has failed already; the log says why.
        }
        return reason + folder.logTail();
    }

    private static EmbeddedPostgresException failure(Plan plan, ServerFolder folder, String log) {
        String hint = plan.user
                .name()
                .map(name -> " It runs as " + name + ", who must be able to enter every folder above "
                        + plan.installation.home() + " and " + folder.path() + ".")
                .orElse("");
        return new EmbeddedPostgresException("PostgreSQL did not start: "
                + lastFault(log).lines().findFirst().orElse("it wrote no log") + "\nThe end of its log:\n"
                + log.indent(2)
                + "What to do: see the log; a wrong setting, a full disk and a folder mounted noexec are the usual"
                + " reasons." + hint + DiskFull.advice(log, folder.data()));
    }
}
