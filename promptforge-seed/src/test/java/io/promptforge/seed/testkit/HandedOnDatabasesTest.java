package io.promptforge.seed.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.seed.Sql;
import java.sql.Connection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The kit hands on a database that a test only read, and no other. Each test has a server of its own, as each list of templates has. */
class HandedOnDatabasesTest {
    private static final String IDENTITY = "SELECT oid FROM pg_database WHERE datname = current_database()";

    /** The kit begins to hand on with the fourth database. */
    private static final int SOME = 24;

    private record Prepared(String key, String sql) implements DatabaseTemplate {
        @Override
        public void prepare(DataSource dataSource) {
            Sql.execute(dataSource, sql);
        }
    }

    private static TestDatabases databases(String key, String sql) {
        return TestDatabases.of(
                List.of(new Prepared(key, sql)),
                new TestServerSettings(Optional.empty(), Optional.of("embedded"), Optional.empty()));
    }

    @Test
    void aDatabaseThatWasOnlyReadIsHandedOn() throws Exception {
        assertThat(readOneAfterTheOther(databases("read", "CREATE TABLE things ()")))
                .hasSizeLessThan(SOME);
    }

    /** The server need not give a number to a transaction that calls nextval, by which the kit would see that it changed something. */
    @Test
    void withASequenceNoDatabaseIs() throws Exception {
        assertThat(readOneAfterTheOther(databases("sequence", "CREATE SEQUENCE numbers")))
                .hasSize(SOME);
    }

    @Test
    void aDatabaseWithALeakedConnectionIsNot() throws Exception {
        TestDatabases databases = databases("leaked", "CREATE TABLE leaked ()");
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < SOME / 2; i++) {
            TestDatabase database = databases.create();
            try (Connection forgotten = database.dataSource().getConnection()) {
                assertThat(seen.add(Sql.value(database.dataSource(), IDENTITY))).isTrue();
                database.close();
                databases.supply().reclaimer().awaitReports();
                assertThat(forgotten.isClosed()).isFalse();
            }
        }
    }

    /** The identities of the databases that were used; fewer than {@value #SOME} if some were used twice. */
    private static Set<String> readOneAfterTheOther(TestDatabases databases) throws Exception {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < SOME; i++) {
            try (TestDatabase database = databases.create()) {
                seen.add(Sql.value(database.dataSource(), IDENTITY));
            }
            databases.supply().reclaimer().awaitReports();
        }
        return seen;
    }
}
