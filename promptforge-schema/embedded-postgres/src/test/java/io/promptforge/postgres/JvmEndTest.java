package io.promptforge.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JvmEndTest {

    @RegisterExtension
    final OpenFolder temporary = new OpenFolder();

    @BeforeEach
    void needsTheWatchdog() {
        assumeFalse(LauncherEnvironment.current().isWindows(), "there is no watchdog on Windows");
    }

    @ParameterizedTest
    @ValueSource(strings = {"KILL", "TERM"})
    void aSignalThatEndsTheJvmEndsTheServer(String signal) throws Exception {
        try (ChildJvm jvm = start("wait")) {
            assertThat(jvm.hasLeftNothing()).isFalse();

            jvm.signal(signal);

            jvm.awaitEnd();
            Deadline.await("end of server and folder", jvm::hasLeftNothing);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"exit", "halt", "throw", "close"})
    void aJvmThatEndsItselfEndsTheServer(String end) throws Exception {
        try (ChildJvm jvm = start(end)) {
            jvm.awaitEnd();
            Deadline.await("end of server and folder", jvm::hasLeftNothing);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM", "HUP"})
    void aSignalForItsProcessesDoesNotKeepTheWatchdogFromCleaningUp(String signal) throws Exception {
        try (ChildJvm jvm = start("wait")) {
            ProcessHandle watchdog = watchdogOf(jvm);
            signal(signal, watchdog.pid());

            jvm.kill();

            Deadline.await("end of server and folder", jvm::hasLeftNothing);
        }
    }

    @Test
    void aServerThatIsLeftRunningCleansUpWhenItIsEnded() throws Exception {
        try (ChildJvm jvm = start("leave")) {
            assertThat(jvm.awaitEnd()).isZero();
            startHere();
            assertThat(ProcessHandle.of(jvm.serverPid())).isPresent();

            signal("INT", jvm.serverPid());

            Deadline.await("end of server and folder", jvm::hasLeftNothing);
        }
    }

    @Test
    void aServerThatIsLeftRunningEndsAfterItsLimit() throws Exception {
        try (ChildJvm jvm = start("leave-briefly")) {
            assertThat(jvm.awaitEnd()).isZero();

            Deadline.await("end of server and folder", jvm::hasLeftNothing);
        }
    }

    @Test
    void aServerThatDiesLeavesNoFiles() throws Exception {
        try (ChildJvm jvm = start("wait")) {
            signal("KILL", jvm.serverPid());
            Deadline.await(
                    "end of server", () -> ProcessHandle.of(jvm.serverPid()).isEmpty());

            jvm.kill();

            Deadline.await("end of folder", jvm::hasLeftNothing);
        }
    }

    @Test
    void theNextStartRemovesTheFolderOfAKilledWatchdog() throws Exception {
        try (ChildJvm jvm = start("wait")) {
            ProcessHandle watchdog = watchdogOf(jvm);
            signal("KILL", watchdog.pid());
            jvm.kill();
            jvm.awaitEnd();

            startHere();
            assertThat(jvm.serverFolder()).as("its server still runs").exists();

            signal("QUIT", jvm.serverPid());
            // otherwise its shell, which outlives the watchdog, would write the exit status while the folder is being
            // removed
            Deadline.await(
                    "note of the end", () -> Files.exists(jvm.serverFolder().resolve("exit")));
            startHere();
            assertThat(jvm.serverFolder()).doesNotExist();
        }
    }

    @Test
    void theNextStartLeavesTheFoldersOfRunningServersAlone() throws Exception {
        try (ChildJvm jvm = start("wait")) {
            startHere();

            assertThat(jvm.serverFolder()).exists();
            assertThat(ProcessHandle.of(jvm.serverPid())).isPresent();
            // otherwise its watchdog and the end of this test would remove the folder at the same time
            jvm.kill();
            Deadline.await("end of server and folder", jvm::hasLeftNothing);
        }
    }

    @Test
    void processIdsOfAnotherMachineOrContainerAreIgnored() throws Exception {
        try (ChildJvm jvm = start("wait")) {
            ServerFolder folder = new ServerFolder(temporary.folder("foreign"));
            String notes = Files.readString(jvm.serverFolder().resolve("owner"));
            Files.writeString(folder.owner(), notes.replaceFirst("[^ ]+", "another-boot"));
            jvm.kill();
            jvm.awaitEnd();
            Deadline.await("end of server and folder", jvm::hasLeftNothing);

            assertThat(Ownership.isAbandoned(folder)).isFalse();
            Files.writeString(folder.owner(), notes);
            Deadline.await("end of the watchdog", () -> Ownership.isAbandoned(folder));
        }
    }

    private ChildJvm start(String end) throws IOException {
        return new ChildJvm.Plan(temporary.path())
                .property("promptforge.postgres.data", temporary.data())
                .start(end)
                .awaitServer();
    }

    private void startHere() {
        Path data = temporary.data();
        EmbeddedPostgres.builder().dataRoot(data).start().close();
    }

    private static ProcessHandle watchdogOf(ChildJvm jvm) {
        return ProcessHandle.of(jvm.pid()).orElseThrow().children().findFirst().orElseThrow();
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-s", name, String.valueOf(pid)).start().waitFor();
    }
}
