package io.promptforge.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.promptforge.postgres.CitusCluster;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.postgresql.ds.PGSimpleDataSource;

/** create_span_partitions adds the partition of a month, for roles that do not own spans, and with rows of the month stored. */
class CreateSpanPartitionsTest {

    /** A month of two years ago, which has no partition. */
    private static final String MONTH = "(date_trunc('month', now() AT TIME ZONE 'UTC') - interval '2 years')";

    private static final String CREATE = "SELECT promptforge.create_span_partitions(" + MONTH + "::date, 1)";
    private static final String NAME = "SELECT to_char(" + MONTH + ", '\"spans_y\"YYYY\"m\"MM')";

    private final PGSimpleDataSource database = TestServer.migratedDatabase();
    private final String name = Sql.column(database, NAME).get(0);

    @Test
    void rowsOfTheMonthMoveIntoThePartitionAndOthersStay() {
        Sql.run(database, SampleRows.all(1));
        addSpans(MONTH, 1, 50);
        addSpans("(" + MONTH + " + interval '1 month')", 51, 60);
        List<String> before = Sql.column(database, "SELECT s::text FROM promptforge.spans s ORDER BY 1");

        assertThat(Sql.column(database, CREATE)).containsExactly("1");

        assertThat(count(name)).isEqualTo("50");
        // and the span of 1999 in the sample rows
        assertThat(count("spans_default")).isEqualTo("11");
        assertThat(Sql.column(database, "SELECT s::text FROM promptforge.spans s ORDER BY 1"))
                .isEqualTo(before);
        assertThat(Sql.column(database, CREATE)).containsExactly("0");
    }

    @Test
    @DisabledIfSystemProperty(
            named = CitusCluster.URL,
            matches = ".+",
            disabledReason = "Citus does not take its policies one by one")
    void itIsDefinedLikeAPartitionMadeByCreateTable() {
        Sql.run(database, SampleRows.all(1));
        addSpans(MONTH, 1, 5);
        Sql.run(database, CREATE);
        List<String> made = CatalogueSnapshot.snapshot(database, "promptforge");
        List<String> details = details();
        String bounds = Sql.column(
                        database, "SELECT pg_get_expr(relpartbound, oid) FROM pg_class WHERE relname = '" + name + "'")
                .get(0);

        Sql.run(
                database,
                "DROP TABLE promptforge." + name,
                "CREATE TABLE promptforge." + name + " PARTITION OF promptforge.spans " + bounds,
                "SET search_path TO promptforge; SELECT isolate_tenants('" + name + "')");

        assertThat(made).isEqualTo(CatalogueSnapshot.snapshot(database, "promptforge"));
        assertThat(details).isEqualTo(details()).hasSizeGreaterThan(50);
    }

    /** Inheritance and the triggers of foreign keys, which the snapshot does not contain. */
    private List<String> details() {
        return Sql.column(database, """
                SELECT concat_ws(' ', conname, contype, conislocal, coninhcount, convalidated, conparentid <> 0) FROM pg_constraint
                WHERE conrelid = 'promptforge.%1$s'::regclass
                UNION ALL
                SELECT concat_ws(' ', attname, attislocal, attinhcount, attstorage, attcompression, attnotnull) FROM pg_attribute
                WHERE attrelid = 'promptforge.%1$s'::regclass AND attnum > 0
                UNION ALL
                SELECT concat_ws(' ', relname, relispartition, relkind, reloptions) FROM pg_class
                WHERE relname LIKE '%1$s%%' AND relkind IN ('r', 'i')
                UNION ALL
                SELECT concat_ws(' ', tgrelid::regclass, tgfoid::regproc, tgtype, tgisinternal, count(*)) FROM pg_trigger
                WHERE 'promptforge.%1$s'::regclass IN (tgrelid, tgconstrrelid)
                GROUP BY tgrelid, tgfoid, tgtype, tgisinternal
                ORDER BY 1""".formatted(name));
    }

    @Test
    void sixteenConcurrentCallsMakeEachPartitionOnce() throws Exception {
        String year = "SELECT promptforge.create_span_partitions(" + MONTH + "::date, 6)";

        List<String> made = atOnce(16, () -> Sql.column(database, year).get(0));

        assertThat(made.stream().mapToInt(Integer::parseInt).sum()).isEqualTo(6);
    }

    @Test
    void aRoleThatMayExecuteTheFunctionNeedNotOwnTheTables() {
        String role = TestServer.newRole("writer");
        Sql.run(database, SampleRows.all(1));
        addSpans(MONTH, 1, 5);
        Sql.run(
                database,
                "GRANT USAGE ON SCHEMA promptforge TO " + role,
                "GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA promptforge TO " + role,
                "GRANT EXECUTE ON FUNCTION promptforge.create_span_partitions(date, integer) TO " + role,
                "ALTER TABLE promptforge.spans ENABLE ROW LEVEL SECURITY",
                "ALTER TABLE promptforge.spans FORCE ROW LEVEL SECURITY");
        PGSimpleDataSource writer = TestServer.as(database, role);

        assertThatThrownBy(() ->
                        Sql.run(writer, "CREATE TABLE promptforge.spans_mine PARTITION OF promptforge.spans DEFAULT"))
                .hasMessageContaining("permission denied");
        assertThat(Sql.column(writer, CREATE)).containsExactly("1");

        assertThat(count(name)).isEqualTo("5");
        assertThat(Sql.column(
                        database,
                        "SELECT count(DISTINCT relowner) FROM pg_class WHERE relname IN ('spans', '" + name + "')"))
                .containsExactly("1");
    }

    @Test
    void otherRolesMayNotExecuteTheFunction() {
        String role = TestServer.newRole("reader");
        Sql.run(database, "GRANT USAGE ON SCHEMA promptforge TO " + role);

        assertThatThrownBy(() -> Sql.run(TestServer.as(database, role), CREATE))
                .hasMessageContaining("permission denied for function create_span_partitions");
    }

    @Test
    void rolesThatInsertByDefaultPrivilegesMayExecuteTheFunctionAndReadersMayNot() {
        PGSimpleDataSource fresh = TestServer.emptyDatabase();
        String writer = TestServer.newRole("writer");
        String reader = TestServer.newRole("reader");
        Sql.run(
                fresh,
                "CREATE SCHEMA promptforge",
                "GRANT USAGE ON SCHEMA promptforge TO " + writer + ", " + reader,
                "ALTER DEFAULT PRIVILEGES IN SCHEMA promptforge GRANT SELECT, INSERT ON TABLES TO " + writer,
                "ALTER DEFAULT PRIVILEGES IN SCHEMA promptforge GRANT SELECT ON TABLES TO " + reader);

        Migrations.apply(fresh);

        assertThat(Sql.column(TestServer.as(fresh, writer), CREATE)).containsExactly("1");
        assertThatThrownBy(() -> Sql.run(TestServer.as(fresh, reader), CREATE))
                .hasMessageContaining("permission denied for function create_span_partitions");
    }

    /** The function runs with its owner's rights, so it must not use temporary tables of the caller. */
    @Test
    void temporaryTablesOfTheCallerAreNotUsed() throws SQLException {
        String role = TestServer.newRole("writer");
        Sql.run(
                database,
                "GRANT USAGE ON SCHEMA promptforge TO " + role,
                "GRANT EXECUTE ON FUNCTION promptforge.create_span_partitions(date, integer) TO " + role);
        try (Connection connection = TestServer.as(database, role).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TEMPORARY TABLE spans (started_at timestamptz) PARTITION BY RANGE (started_at)");
            statement.execute("CREATE TEMPORARY TABLE spans_default (started_at timestamptz)");
            statement.execute("CREATE TEMPORARY TABLE " + name + " (started_at timestamptz)");
            statement.execute("SET search_path TO pg_temp, public");

            statement.execute(CREATE);
        }

        assertThat(Sql.column(
                        database,
                        "SELECT count(*) FROM pg_inherits WHERE inhrelid = to_regclass('promptforge." + name + "')"))
                .containsExactly("1");
    }

    @Test
    void monthsFarFromTodayAreSkipped() {
        for (String month : List.of("1970-01-01", "9999-12-01", "-infinity", "infinity")) {
            assertThat(Sql.column(database, "SELECT promptforge.create_span_partitions('" + month + "', 1)"))
                    .as(month)
                    .containsExactly("0");
        }
        assertThat(Sql.column(
                        database,
                        "SELECT promptforge.create_span_partitions((now() + interval '2 years 2 months')::date, 1)"))
                .containsExactly("0");

        // ten years, this month and two years, without the five that exist
        assertThat(Sql.column(database, "SELECT promptforge.create_span_partitions('1970-01-01', 20000)"))
                .containsExactly(String.valueOf(120 + 1 + 24 - 5));
    }

    /** Readers and writers queue behind the function while it waits, so it waits only briefly. */
    @Test
    void itFailsWhenATableStaysLocked() throws SQLException {
        try (Connection reader = database.getConnection();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("SELECT count(*) FROM promptforge.spans");

            assertThatThrownBy(() -> Sql.run(database, CREATE)).hasMessageContaining("lock timeout");

            reader.rollback();
        }
        assertThat(Sql.column(database, CREATE)).containsExactly("1");
        assertThat(Sql.column(database, "SHOW lock_timeout")).containsExactly("0");
    }

    private void addSpans(String month, int from, int to) {
        Sql.run(database, """
                INSERT INTO promptforge.spans (organization_id, trace_id, id, started_at, ended_at, name, kind, status, attributes)
                SELECT %s, %s, gen_random_uuid(), %s AT TIME ZONE 'UTC' + make_interval(hours => n), now(),
                       'call', 'llm', 'success', '{"a": 1}'
                FROM generate_series(%d, %d) AS n
                """.formatted(SampleRows.id(1, 1), SampleRows.id(1, 13), month, from - 1, to - 1));
    }

    private String count(String table) {
        return Sql.column(database, "SELECT count(*) FROM promptforge." + table).get(0);
    }

    private static <T> List<T> atOnce(int threads, Callable<T> work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                futures.add(executor.submit(() -> {
                    start.await(1, TimeUnit.MINUTES);
                    return work.call();
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get(1, TimeUnit.MINUTES));
            }
            return results;
        } finally {
            executor.shutdownNow();
        }
    }
}
