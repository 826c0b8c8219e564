package io.promptforge.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds running processes by their ids. */
final class RunningProcess {
    private RunningProcess() {}

    /**
     * Returns the process, or empty when it has ended. A zombie, whose parent has not waited for it yet, has ended too. In a
     * container whose first process is not an init, orphaned processes stay zombies for ever.
     */
    static Optional<ProcessHandle> of(long pid) {
        return ProcessHandle.of(pid).filter(process -> !hasEnded(process.pid()));
    }

    /** The state follows the name, which is in parentheses and may contain some itself; see proc_pid_stat(5). */
    private static boolean hasEnded(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
            return stat.startsWith(") Z", stat.lastIndexOf(')'));
        } catch (IOException elsewhere) {
            return false;
        }
    }
}
