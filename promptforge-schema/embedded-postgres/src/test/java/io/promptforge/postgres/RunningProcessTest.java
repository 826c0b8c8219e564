package io.promptforge.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RunningProcessTest {
    @Test
    void aRunningProcessIsFound() {
        assertThat(RunningProcess.of(ProcessHandle.current().pid())).contains(ProcessHandle.current());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aZombieIsNotFound(@TempDir Path folder) throws Exception {
        Process parent = new ProcessBuilder("sh", "-c", "sleep 0.1 & echo $!; exec sleep 60").start();
        try {
            long child = Long.parseLong(parent.inputReader().readLine());
            ServerFolder owned = new ServerFolder(folder);
            Ownership.note(owned, ProcessHandle.of(child).orElseThrow());

            Deadline.await("end of the child", () -> RunningProcess.of(child).isEmpty());

            assertThat(ProcessHandle.of(child)).as("its number is still taken").isPresent();
            assertThat(Ownership.isAbandoned(owned)).isTrue();
        } finally {
            parent.destroyForcibly();
        }
    }
}
