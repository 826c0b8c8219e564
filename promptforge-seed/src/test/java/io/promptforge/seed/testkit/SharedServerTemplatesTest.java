package io.promptforge.seed.testkit;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.postgres.EmbeddedPostgres;
import io.promptforge.seed.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedServerTemplatesTest {
    private static final int JVMS = 4;

    private record Numbered(String key) implements DatabaseTemplate {
        @Override
        public void prepare(DataSource dataSource) throws SQLException {
            Sql.execute(dataSource, "CREATE TABLE numbered AS SELECT " + key + " AS number");
        }
    }

    private final EmbeddedPostgres postgres = EmbeddedPostgres.start();
    private final ExecutorService threads = Executors.newFixedThreadPool(JVMS);

    @AfterEach
    void end() {
        threads.shutdownNow();
        postgres.close();
    }

    /** Each session keeps its locks, as a JVM does; the others must not have to wait for its end. */
    @Test
    void jvmsThatNeedANewTemplateAtOnceAllGetItWhileTheOthersStillRun() throws Exception {
        List<SharedServerTemplates> jvms = new ArrayList<>();
        for (int jvm = 0; jvm < JVMS; jvm++) {
            jvms.add(templates());
        }

        for (int round = 1; round <= 10; round++) {
            TemplateChain chain = TemplateChain.of(List.of(new Numbered(String.valueOf(round))));
            CyclicBarrier start = new CyclicBarrier(JVMS);
            List<Future<String>> names = new ArrayList<>();
            for (SharedServerTemplates jvm : jvms) {
                names.add(threads.submit(() -> {
                    start.await();
                    return jvm.ready(chain);
                }));
            }

            String name = names.get(0).get(60, SECONDS);
            for (Future<String> other : names) {
                assertThat(other.get(60, SECONDS)).isEqualTo(name);
            }
            assertThat(ready(name)).isEqualTo("1");
        }
    }

    private SharedServerTemplates templates() throws SQLException {
        DataSource maintenance = postgres.dataSource("postgres");
        return new SharedServerTemplates(
                maintenance.getConnection(),
                new StatementRunner(maintenance),
                name -> new DatabaseAddress(postgres.jdbcUrl(name), "postgres", ""));
    }

    private String ready(String name) throws SQLException {
        return Sql.value(
                postgres.dataSource("postgres"),
                "SELECT count(*) FROM pg_database WHERE datistemplate AND datname = '" + name + "'");
    }
}
