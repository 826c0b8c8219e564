package io.promptforge.benchmarks;

import io.promptforge.benchmarks.FirstQuery.Way;
import io.promptforge.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/**
 * How long processes and files of a JVM remain after it was killed by SIGKILL.
 *
 * @param jars what it has on its class path
 * @param runs how often
 * @param memory a folder there
 */
record KillFigures(JarClassPath jars, int runs, Path memory) {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(1);

    /** The databases of the killed JVM and of the one after it, by the prefix that all names of a JVM share. */
    private static final String DATABASES = """
            SELECT DISTINCT regexp_replace(datname, '\\d+$', '') FROM pg_database WHERE datname LIKE 'promptforge\\_test\\_%'
            """;

    List<TestKitFigure> measure() throws Exception {
        double[] embedded = new double[runs];
        for (int run = 0; run < runs; run++) {
            embedded[run] = embedded();
        }
        double[] given = new double[runs];
        double[] starts = new double[runs];
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            for (int run = 0; run < runs; run++) {
                given(server, run, given, starts);
            }
        }
        return List.of(
                TestKitFigure.promised("From SIGKILL until no process and no folder is left", 200, embedded),
                TestKitFigure.beside("Given URL: from the next JVM's start until no database is left", given),
                TestKitFigure.beside("Given URL: from that JVM's start to its first query", starts));
    }

    private double embedded() throws Exception {
        try (TemporaryFolder data = TemporaryFolder.in(memory);
                FreshJvm jvm = FreshJvm.start(
                        jars.asItIs(),
                        Way.TEST_KIT,
                        Map.of("promptforge.postgres.data", data.path().toString()))) {
            List<ProcessHandle> processes = jvm.processes();
            long start = System.nanoTime();
            jvm.kill();
            await(() -> processes.stream().noneMatch(KillFigures::runs) && data.isEmpty());
            return (System.nanoTime() - start) / 1e6;
        }
    }

    /** A zombie, which has ended and was not reaped yet, does not count as running. */
    private static boolean runs(ProcessHandle process) {
        try {
            return !Files.readString(Path.of("/proc", String.valueOf(process.pid()), "stat"))
                    .contains(") Z ");
        } catch (IOException gone) {
            return false;
        }
    }

    private void given(EmbeddedPostgres server, int run, double[] gone, double[] starts) throws Exception {
        Map<String, String> url = Map.of(
                "promptforge.test.database.url",
                "postgresql://" + server.user() + "@127.0.0.1:" + server.port() + "/postgres?sslmode=disable");
        try (FreshJvm killed = FreshJvm.start(jars.asItIs(), Way.TEST_KIT, url)) {
            killed.kill();
        }
        List<String> left = databases(server);
        long start = System.nanoTime();
        try (FreshJvm next = FreshJvm.start(jars.asItIs(), Way.TEST_KIT, url)) {
            starts[run] = next.millis();
            await(() -> databases(server).stream().noneMatch(left::contains));
            gone[run] = (System.nanoTime() - start) / 1e6;
        }
    }

    private static List<String> databases(EmbeddedPostgres server) throws SQLException {
        try (Connection connection = server.dataSource("postgres").getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(DATABASES)) {
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }

    private static void await(Callable<Boolean> gone) throws Exception {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!gone.call()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Something is left after " + LIMIT.toSeconds() + " s");
            }
            LockSupport.parkNanos(POLL.toNanos());
        }
    }
}
