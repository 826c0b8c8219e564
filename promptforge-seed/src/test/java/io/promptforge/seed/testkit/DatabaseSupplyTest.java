package io.promptforge.seed.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.seed.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class DatabaseSupplyTest {
    private static final TestDatabases DATABASES = TestDatabases.of();

    @Test
    void databasesAreClonedAhead() throws Exception {
        DatabaseSupply supply = new DatabaseSupply(DATABASES.supply().server());
        assertThat(supply.ready()).isZero();

        supply.take("a test");

        Deadline.await("databases cloned ahead", () -> supply.ready() == DatabaseSupply.FIRST_AHEAD);
    }

    @Test
    void moreDatabasesAreClonedAheadAfterABurstUpToALimit() throws Exception {
        DatabaseSupply supply = new DatabaseSupply(DATABASES.supply().server());

        atOnce(16, () -> supply.take("a test"));

        Deadline.await("more databases cloned ahead", () -> supply.ready() > DatabaseSupply.FIRST_AHEAD);
        assertThat(supply.ready()).isLessThanOrEqualTo(DatabaseSupply.MOST_AHEAD);
    }

    @Test
    void aThreadTakesTheDatabaseThatIsBeingClonedInsteadOfCloningOneItself() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        Set<Thread> cloning = ConcurrentHashMap.newKeySet();
        AtomicInteger begun = new AtomicInteger();
        DatabaseSupply supply =
                new DatabaseSupply(new ServerWithClones(DATABASES.supply().server(), clone -> {
                    cloning.add(Thread.currentThread());
                    if (begun.incrementAndGet() > 1) {
                        gate.await();
                    }
                    return clone.call();
                }));
        supply.take("a test");
        Deadline.await("a database that is being cloned", () -> begun.get() == 2);

        FutureTask<String> taken = new FutureTask<>(() -> supply.take("the next test"));
        Thread next = new Thread(taken);
        next.start();
        Deadline.await("the next test waits", () -> next.getState() == Thread.State.WAITING);
        gate.countDown();

        assertThat(taken.get()).isNotNull();
        assertThat(cloning).doesNotContain(next);
    }

    @Test
    void aThousandDatabasesForEightThreadsAreAllDifferent() throws Exception {
        Set<String> names = ConcurrentHashMap.newKeySet();
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> made = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                made.add(threads.submit(() -> {
                    try (TestDatabase database = DATABASES.create()) {
                        return names.add(database.name());
                    }
                }));
            }
            for (Future<Boolean> each : made) {
                assertThat(each.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void closedDatabasesDoNotPileUpInMemory() throws Exception {
        long before = databases();
        for (int i = 0; i < 60; i++) {
            DATABASES.create().close();
        }

        // Some closed ones stay, and some were cloned ahead.
        Deadline.await("fewer databases than there were", () -> databases() < before + 60);
    }

    @Test
    void aDatabaseThatATestOnlyReadsIsHandedOnUnderAnotherName() throws Exception {
        DatabaseSupply supply = new DatabaseSupply(EmbeddedServer.start(TemplateChain.of(List.of())));
        Set<String> names = new HashSet<>();
        Set<String> databases = new HashSet<>();

        Deadline.await("a database that two tests had", () -> {
            String name = supply.take("a test that reads");
            assertThat(names.add(name)).as(name).isTrue();
            String oid = "SELECT oid FROM pg_database WHERE datname = current_database()";
            boolean isNew =
                    databases.add(Sql.value(supply.server().address(name).dataSource(), oid));
            supply.giveBack(name, false);
            return !isNew;
        });
    }

    @Test
    void aDatabaseThatATestChangesIsNotHandedOn() {
        DatabaseSupply supply = new DatabaseSupply(EmbeddedServer.start(TemplateChain.of(List.of())));

        for (int i = 0; i < 40; i++) {
            String name = supply.take("a test that writes");
            DataSource database = supply.server().address(name).dataSource();
            assertThat(Sql.value(database, "SELECT to_regclass('mark')")).isEqualTo("null");
            Sql.execute(database, i % 2 == 0 ? "CREATE TABLE mark ()" : "SELECT 1");
            supply.giveBack(name, false);
        }
    }

    /** A server each of whose clones is made by a function. */
    private record ServerWithClones(DatabaseServer server, Cloning cloning) implements DatabaseServer {
        @Override
        public String newDatabase() {
            try {
                return cloning.make(server::newDatabase);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public DatabaseAddress address(String database) {
            return server.address(database);
        }

        @Override
        public DatabaseAddress maintenance() {
            return server.maintenance();
        }

        @Override
        public void discard(String database) {
            server.discard(database);
        }

        @Override
        public String keep(String database) {
            return server.keep(database);
        }
    }

    private interface Cloning {
        String make(Callable<String> clone) throws Exception;
    }

    private static long databases() throws SQLException {
        String question = "SELECT count(*) FROM pg_database WHERE datname LIKE 'test%'";
        return Long.parseLong(
                Sql.value(DATABASES.supply().server().maintenance().dataSource(), question));
    }

    private static void atOnce(int threads, Runnable work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                all.add(pool.submit(work));
            }
            for (Future<?> each : all) {
                each.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
