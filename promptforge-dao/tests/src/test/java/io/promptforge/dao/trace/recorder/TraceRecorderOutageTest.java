package io.promptforge.dao.trace.recorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.PromptForge;
import io.promptforge.dao.TestTenant;
import io.promptforge.dao.error.RecorderClosedException;
import io.promptforge.dao.error.RetryableException;
import io.promptforge.dao.trace.NewTrace;
import io.promptforge.dao.trace.TraceRepository;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A server that goes away while traces are recorded: its connections are cut off, and new ones are refused. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class TraceRecorderOutageTest {

    private static final ClassDatabase DATABASE = ClassDatabase.migrated();
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final TraceRecorderSettings SETTINGS = TraceRecorderSettings.defaults()
            .batchSize(20)
            .longestDelay(Duration.ofHours(1))
            .closeTimeout(Duration.ofMillis(100));

    private final TestTenant fixture = DATABASE.newTenant();
    private final UUID project = fixture.project().id();
    private final Queue<UnstoredTrace> unstored = new ConcurrentLinkedQueue<>();
    private final PGSimpleDataSource direct = (PGSimpleDataSource) DATABASE.dataSourceOf("postgres");
    private final TcpGate gate = new TcpGate(direct.getPortNumbers()[0]);
    private final TraceRecorder recorder = TraceRecorder.start(SETTINGS, unstored::add);

    @AfterEach
    void close() {
        recorder.close();
        gate.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void tracesRecordedDuringAnOutageAreStoredAfterIt(boolean pooled) {
        HikariDataSource pool = new HikariDataSource();
        pool.setDataSource(throughTheGate());
        pool.setMaximumPoolSize(2);
        pool.setConnectionTimeout(1_000);
        List<Integer> sizes = new ArrayList<>();
        TraceRepository traces = Intercepted.traces(over(pooled ? pool : throughTheGate()), batch -> {
            sizes.add(batch.size());
            if (sizes.size() == 4) {
                gate.close();
            } else if (sizes.size() == 8) {
                gate.open();
            }
        });

        IntStream.range(0, 300).forEach(i -> recorder.record(traces, newTrace()));
        recorder.flush(LONG);
        pool.close();

        assertThat(stored()).isEqualTo(300);
        assertThat(recorder.status().stored()).isEqualTo(300);
        assertThat(recorder.status().failure()).isEmpty();
        assertThat(unstored).isEmpty();
        assertThat(sizes).hasSizeGreaterThanOrEqualTo(19).containsOnly(20);
    }

    @Test
    void closeDuringAnOutageReportsEveryTraceAndWhy() {
        TraceRepository traces = over(throughTheGate());
        recorder.record(traces, newTrace());
        recorder.flush(LONG);
        gate.close();
        List<NewTrace> lost = Stream.generate(this::newTrace).limit(50).toList();
        lost.forEach(trace -> recorder.record(traces, trace));
        assertThatThrownBy(() -> recorder.flush(Duration.ofMillis(100))).isInstanceOf(RetryableException.class);

        recorder.close();

        assertThat(stored()).isEqualTo(1);
        assertThat(unstored).extracting(UnstoredTrace::trace).containsExactlyInAnyOrderElementsOf(lost);
        assertThat(unstored).allSatisfy(each -> assertThat(each.failure())
                .isInstanceOf(RecorderClosedException.class)
                .hasCauseInstanceOf(RetryableException.class));
    }

    private TraceRepository over(DataSource dataSource) {
        return PromptForge.create(dataSource, ClassDatabase.settings())
                .tenant(fixture.organization().id())
                .traces();
    }

    private DataSource throughTheGate() {
        PGSimpleDataSource dataSource = (PGSimpleDataSource) DATABASE.dataSourceOf("postgres");
        dataSource.setPortNumbers(new int[] {gate.port()});
        return dataSource;
    }

    private NewTrace newTrace() {
        return TestTenant.newTrace(UUID.randomUUID(), project);
    }

    private long stored() {
        return Long.parseLong(DATABASE.query("SELECT count(*) FROM promptforge.traces WHERE organization_id = '"
                        + fixture.organization().id() + "'")
                .get(0));
    }
}
