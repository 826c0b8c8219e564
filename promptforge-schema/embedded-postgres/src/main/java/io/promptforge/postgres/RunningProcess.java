package io.promptforge.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Processes by their numbers, without those that have ended. */
final class RunningProcess {
    private RunningProcess() {}

    /**
     * Nothing, too, where a process has ended and only its parent has not asked after it yet: its number is still taken
     * then. In a container whose first process is no init, nobody ever asks after those whose own parent is gone.
     */
    static Optional<ProcessHandle> of(long pid) {
        return ProcessHandle.of(pid).filter(process -> !hasEnded(process.pid()));
    }

    /** The state follows the name, which is in brackets and may contain some; see proc_pid_stat(5). */
    private static boolean hasEnded(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
            return stat.startsWith(") Z", stat.lastIndexOf(')'));
        } catch (IOException elsewhere) {
            return false;
        }
    }
}
