package io.promptforge.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A server under a watchdog: a shell that waits for the end of its standard input. Only this JVM has the other end of the
 * pipe, so the operating system closes it when the JVM ends for any reason.
 */
final class WatchedProcess implements ServerProcess {

    /** Longer than the watchdog waits before it kills the server. */
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private static final Duration ORPHAN_LIMIT = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(3);

    private static final String WATCHDOG = script("watchdog.sh");
    private static final String SERVER = script("server.sh");

    private final Process watchdog;
    private final ServerFolder folder;

    private WatchedProcess(Process watchdog, ServerFolder folder) {
        this.watchdog = watchdog;
        this.folder = folder;
    }

    /** @param cluster unpacked into the data folder first, unless null */
    static WatchedProcess start(
            LauncherEnvironment machine,
            ServerUser user,
            ServerFolder folder,
            @Nullable CachedCluster cluster,
            List<String> server)
            throws IOException {
        Files.deleteIfExists(folder.exit());
        String archive = cluster == null ? "" : cluster.archive().toString();
        List<String> unpacking = new ArrayList<>(List.of("/bin/sh", "-c", SERVER, "promptforge-server"));
        unpacking.addAll(List.of(archive, folder.data().toString()));
        unpacking.addAll(server);

        List<String> command = new ArrayList<>();
        // A session of its own: signals for the JVM's process group do not reach it.
        machine.command("setsid").ifPresent(setsid -> command.add(setsid.toString()));
        command.addAll(List.of("/bin/sh", "-c", WATCHDOG, "promptforge-watchdog"));
        command.addAll(List.of(folder.path().toString(), user.forks() ? "yes" : "no", folder.kept() ? "yes" : "no"));
        command.addAll(user.command(unpacking));
        Process watchdog = ExternalCommand.builder(machine, command)
                .redirectErrorStream(true)
                .redirectOutput(folder.log().toFile())
                .start();
        return new WatchedProcess(watchdog, folder);
    }

    @Override
    public ProcessHandle handle() {
        return watchdog.toHandle();
    }

    @Override
    public boolean hasEnded() {
        return !watchdog.isAlive() || Files.exists(folder.exit());
    }

    @Override
    public void kill() throws IOException {
        closePipe("");
        await();
        // The folder is left only if the watchdog was killed.
        Optional<ProcessHandle> orphan = PostmasterFile.in(folder.data()).process();
        if (orphan.isPresent()) {
            orphan.get().destroyForcibly();
            awaitExitNote();
        }
        if (!folder.kept()) {
            folder.delete();
        }
    }

    /** Waits for the file with the exit status, which must not be written while the folder is removed. */
    private void awaitExitNote() {
        long deadline = System.nanoTime() + ORPHAN_LIMIT.toNanos();
        while (!Files.exists(folder.exit()) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(POLL.toNanos());
        }
    }

    @Override
    public void shutDown() throws IOException {
        closePipe("keep\n");
        await();
        String status =
                Files.exists(folder.exit()) ? Files.readString(folder.exit()).strip() : "unknown";
        if (!status.equals("0")) {
            throw new IOException("the server did not end cleanly (exit status " + status + "):\n" + folder.logTail());
        }
    }

    @Override
    public void leaveRunning(Duration limit) throws IOException {
        OutputStream pipe = watchdog.getOutputStream();
        pipe.write(("stay " + limit.toSeconds() + "\n").getBytes(StandardCharsets.US_ASCII));
        pipe.flush();
    }

    private void closePipe(String last) throws IOException {
        try (OutputStream pipe = watchdog.getOutputStream()) {
            pipe.write(last.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            if (watchdog.isAlive()) {
                throw e;
            }
        }
    }

    private void await() throws IOException {
        boolean interrupted = false;
        try {
            long deadline = System.nanoTime() + LIMIT.toNanos();
            while (true) {
                try {
                    if (!watchdog.waitFor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                        throw new IOException(
                                "the server did not end in " + LIMIT.toSeconds() + " s; see " + folder.log());
                    }
                    return;
                } catch (InterruptedException e) {
                    // Keep waiting: a server left running would be worse than a late return.
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static String script(String name) {
        try (InputStream in = WatchedProcess.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing from the library's jar");
            }
            // Without comments, because the list of processes shows the whole script.
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.strip().startsWith("#"))
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
