package io.promptforge.dao.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.NotOnCitus;
import io.promptforge.schema.Migrations;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** A service is killed while four of its threads store traces. */
@NotOnCitus("starts a server of its own")
class KilledClientTest {
    private static final int KILLS = Math.max(3, Integer.getInteger("faults.kills", 3) / 10);

    @Test
    void everyAcknowledgedTraceIsThereAndNothingIsHalfThere(@TempDir Path folder, TestReporter reporter)
            throws Exception {
        try (KillableServer server = KillableServer.start(folder)) {
            Migrations.apply(server.dataSource());
            Set<UUID> acknowledged = new HashSet<>();
            for (int i = 0; i < KILLS; i++) {
                acknowledged.addAll(acknowledgedBefore(server.port(), 30 + i));
            }

            Set<UUID> stored = TracesUnderWay.storedWhole(server.dataSource());
            assertThat(stored).containsAll(acknowledged);
            reporter.publishEntry(
                    KILLS + " kills", acknowledged.size() + " acknowledged, " + stored.size() + " stored");
        }
    }

    private static Set<UUID> acknowledgedBefore(int port, int number) throws Exception {
        Set<UUID> acknowledged = new HashSet<>();
        try (ClientProcess service = ClientProcess.start(Service.class, String.valueOf(port))) {
            String line = service.printed().readLine();
            while (line != null) {
                // The last line may be cut off.
                if (line.length() == 36) {
                    acknowledged.add(UUID.fromString(line));
                }
                if (acknowledged.size() == number) {
                    service.kill();
                }
                line = service.printed().readLine();
            }
        }
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(number);
        return acknowledged;
    }

    /** Prints the id of each trace after it was stored. */
    static final class Service {
        private Service() {}

        public static void main(String[] arguments) throws IOException {
            try (PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);
                    var pool = KillableServer.pool(KillableServer.through(Integer.parseInt(arguments[0])), 4);
                    TracesUnderWay writers = TracesUnderWay.start(pool, 4)) {
                Set<UUID> printed = new HashSet<>();
                while (true) {
                    writers.awaitMore(1);
                    writers.acknowledged().stream().filter(printed::add).forEach(out::println);
                }
            }
        }
    }
}
