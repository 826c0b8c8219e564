package io.promptforge.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Records in a server's folder which processes it belongs to, so that a later start can tell that all of them have ended.
 *
 * <p>A process id alone is not enough: ids are reused, and another container that shares the folder has ids of its own. So
 * each process's start time is recorded as well, and the boot and the pid namespace in which the ids are valid.
 */
final class Ownership {

    /** How old a folder without records must be: a younger one may still be being made. */
    private static final Duration YOUNG = Duration.ofMinutes(10);

    private Ownership() {}

    static void note(ServerFolder folder, ProcessHandle... processes) throws IOException {
        List<String> lines = new ArrayList<>();
        lines.add(scope());
        Arrays.stream(processes).map(Ownership::describe).forEach(lines::add);
        Path aside = folder.path().resolve("owner.new");
        Files.write(aside, lines);
        Files.move(aside, folder.owner(), StandardCopyOption.ATOMIC_MOVE);
    }

    static boolean isAbandoned(ServerFolder folder) {
        try {
            List<String> lines = Files.readAllLines(folder.owner());
            return !lines.isEmpty()
                    && lines.get(0).equals(scope())
                    && lines.stream().skip(1).noneMatch(Ownership::isAlive)
                    && !PostmasterFile.in(folder.data()).isAlive();
        } catch (IOException noNotes) {
            return isOld(folder.path());
        }
    }

    /** Whether the JVM that has noted itself still runs. */
    static boolean hasJvm(ServerFolder folder) {
        return notes(folder).stream().limit(1).anyMatch(Ownership::isAlive);
    }

    /** Whether the watchdog that the JVM has noted still runs. */
    static boolean hasWatchdog(ServerFolder folder) {
        return notes(folder).stream().skip(1).anyMatch(Ownership::isAlive);
    }

    /** The processes; none if they were noted on another machine. */
    private static List<String> notes(ServerFolder folder) {
        try {
            List<String> lines = Files.readAllLines(folder.owner());
            return lines.isEmpty() || !lines.get(0).equals(scope()) ? List.of() : lines.subList(1, lines.size());
        } catch (IOException noNotes) {
            return List.of();
        }
    }

    private static boolean isOld(Path folder) {
        try {
            Instant changed = Files.readAttributes(folder, BasicFileAttributes.class)
                    .lastModifiedTime()
                    .toInstant();
            return changed.isBefore(Instant.now().minus(YOUNG));
        } catch (IOException gone) {
            return false;
        }
    }

    private static String describe(ProcessHandle process) {
        return process.pid() + " "
                + process.info().startInstant().map(Instant::toEpochMilli).orElse(-1L);
    }

    private static boolean isAlive(String description) {
        String[] words = description.split(" ", -1);
        long started = Long.parseLong(words[1]);
        Optional<ProcessHandle> process = RunningProcess.of(Long.parseLong(words[0]));
        return process.isPresent()
                && process.get()
                        .info()
                        .startInstant()
                        .map(start -> started < 0 || Math.abs(start.toEpochMilli() - started) < 2000)
                        .orElse(true);
    }

    private static String scope() {
        return read(Path.of("/proc/sys/kernel/random/boot_id")) + " " + target(Path.of("/proc/self/ns/pid"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException elsewhere) {
            return "-";
        }
    }

    private static String target(Path link) {
        try {
            return Files.readSymbolicLink(link).toString();
        } catch (IOException elsewhere) {
            return "-";
        }
    }
}
