package io.promptforge.seed.volume;

import static io.promptforge.seed.Sql.execute;
import static io.promptforge.seed.Sql.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.promptforge.dao.PromptForge;
import io.promptforge.dao.PromptForgeSettings;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.error.SchemaNotMigratedException;
import io.promptforge.dao.organization.NewOrganization;
import io.promptforge.schema.Migrations;
import io.promptforge.seed.TestServer;
import io.promptforge.seed.volume.VolumeProgress.Step;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VolumeDataTest {
    private static final Instant FROM = Instant.parse("2026-03-15T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2026-05-10T00:00:00Z");
    private static final int SPANS = 4_000;
    private static final VolumeData VOLUME = VolumeData.of(1, FROM, UNTIL, SPANS);

    /** Terminates all other connections to the database. */
    private static final String KILL = """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()
            """;

    private final DataSource dataSource = TestServer.migratedDatabase();

    @Test
    void rowsAreThoseThatRecordingAllTracesAtOnceStores() throws SQLException {
        VolumeResult loaded = load(dataSource, VOLUME, SPANS);

        DataSource other = TestServer.migratedDatabase();
        prepare(other);
        try (Connection connection = other.getConnection()) {
            connection.setAutoCommit(false);
            store(other)
                    .record(
                            connection,
                            VOLUME.traces(),
                            LongStream.range(0, loaded.traces()).toArray());
            connection.commit();
        }
        assertThat(rows(dataSource)).hasSize((int) (loaded.traces() + loaded.spans()));
        assertThatRowsAreTheSame(rows(dataSource), rows(other));
    }

    @Test
    void rowsDoNotDependOnTheNumberOfConnections() {
        load(dataSource, VOLUME.withConnections(4), SPANS);

        DataSource other = TestServer.migratedDatabase();
        load(other, VOLUME.withConnections(1), SPANS);
        assertThatRowsAreTheSame(rows(dataSource), rows(other));
        assertThat(organization(dataSource)).isEqualTo(organization(other));
    }

    @Test
    void theResultHasTheStoredTotals() {
        VolumeResult result = load(dataSource, VOLUME, SPANS);

        assertThat(result.spans()).isBetween((long) SPANS, SPANS + 2_000L).isEqualTo(result.written());
        assertThat(value(dataSource, "SELECT count(*) FROM promptforge.spans")).isEqualTo("" + result.spans());
        assertThat(value(dataSource, "SELECT count(*) FROM promptforge.traces")).isEqualTo("" + result.traces());
        assertThat(new BigDecimal(value(dataSource, "SELECT sum(cost) FROM promptforge.spans")))
                .isEqualByComparingTo(result.cost());
        assertThat(value(dataSource, """
                                SELECT sum(input_tokens) || ' ' || sum(output_tokens)
                                FROM promptforge.spans WHERE kind <> 'agent'
                                """)).isEqualTo(result.inputTokens() + " " + result.outputTokens());
    }

    @Test
    void everyCallOfAModelHasItsIdAndItsCost() {
        load(dataSource, VOLUME, SPANS);

        assertThat(value(
                        dataSource,
                        "SELECT count(*) FROM promptforge.spans WHERE (request_model IS NULL) <> (model_id IS NULL)"))
                .isEqualTo("0");
        assertThat(
                        value(
                                dataSource,
                                "SELECT count(*) FROM promptforge.spans WHERE kind <> 'agent' AND (input_tokens IS NULL) <> (cost IS NULL)"))
                .isEqualTo("0");
    }

    @Test
    void tracesShowWhatPeopleAndOtherServicesDo() {
        load(dataSource, VOLUME, SPANS);

        assertThat(texts(dataSource, """
                SELECT unnest(ARRAY[
                    CASE WHEN edited = '{name}' THEN 'renamed' END,
                    CASE WHEN redacted_at IS NOT NULL AND error_message IS NULL THEN 'redacted' END,
                    CASE WHEN prompt_version_id IS NOT NULL THEN 'by a prompt version' END])
                FROM promptforge.traces
                UNION
                SELECT CASE WHEN parent_remote THEN 'called by another service' END FROM promptforge.spans
                """))
                .contains("renamed", "redacted", "by a prompt version", "called by another service");
    }

    @Test
    void spansLieInTheirMonthsPartition() {
        load(dataSource, VOLUME, SPANS);

        assertThat(value(dataSource, "SELECT count(*) FROM promptforge.spans_default"))
                .isEqualTo("0");
        assertThat(value(dataSource, "SELECT count(*) > 0 FROM promptforge.spans_y2026m04"))
                .isEqualTo("t");
    }

    /** The first chunk is planned for empty tables; the others must not be. */
    @Test
    void foreignKeysAreCheckedByThePrimaryKeyFromTheSecondChunkOn() {
        load(dataSource, VOLUME, SPANS);

        assertThat(Long.parseLong(value(dataSource, """
                                        SELECT coalesce(sum(idx_scan), 0) FROM pg_stat_user_indexes
                                        WHERE relname = 'traces' AND indexrelname <> 'traces_pkey'
                                        """))).isLessThan(SPANS / 2);
    }

    @Test
    void anEqualLoadWritesNothing() {
        VolumeResult first = load(dataSource, VOLUME, SPANS);
        String versions = value(dataSource, "SELECT sum(xmin::text::bigint) FROM promptforge.traces");

        VolumeResult second = load(dataSource, VOLUME, SPANS);

        assertThat(second.written()).isZero();
        assertThat(second.spans()).isEqualTo(first.spans());
        assertThat(second.cost()).isEqualByComparingTo(first.cost());
        assertThat(value(dataSource, "SELECT sum(xmin::text::bigint) FROM promptforge.traces"))
                .isEqualTo(versions);
    }

    @Test
    void aGreaterNumberWritesTheAdditionalTraces() {
        VolumeResult first = load(dataSource, VOLUME, 1_500);
        VolumeResult second = load(dataSource, VOLUME, SPANS + 1_000);

        assertThat(second.written()).isEqualTo(second.spans() - first.spans());
        DataSource other = TestServer.migratedDatabase();
        load(other, VOLUME, SPANS + 1_000);
        assertThatRowsAreTheSame(rows(dataSource), rows(other));
    }

    @Test
    void aSmallerNumberWritesNothing() {
        load(dataSource, VOLUME, SPANS);

        VolumeResult smaller = load(dataSource, VOLUME, 100);

        assertThat(smaller.written()).isZero();
        assertThat(smaller.spans()).isBetween(100L, 1_000L);
    }

    @Test
    void aLoadWhoseConnectionsAreTerminatedIsContinuedByTheNext() {
        assertThatExceptionOfType(VolumeDataException.class)
                .isThrownBy(() -> VOLUME.load(
                        dataSource,
                        PromptForgeSettings.defaults(),
                        SPANS,
                        atReport(2, () -> execute(dataSource, KILL))))
                .withMessageContaining("continues");
        long stored = Long.parseLong(value(dataSource, "SELECT count(*) FROM promptforge.spans"));

        VolumeResult result = load(dataSource, VOLUME, SPANS);

        assertThat(stored).isPositive();
        assertThat(result.written()).isPositive().isEqualTo(result.spans() - stored);
        DataSource other = TestServer.migratedDatabase();
        load(other, VOLUME, SPANS);
        assertThatRowsAreTheSame(rows(dataSource), rows(other));
    }

    @Test
    void anInterruptEndsTheLoadAndStaysSet() {
        Thread caller = Thread.currentThread();

        assertThatExceptionOfType(VolumeDataException.class)
                .isThrownBy(() ->
                        VOLUME.load(dataSource, PromptForgeSettings.defaults(), SPANS, atReport(2, caller::interrupt)))
                .withMessageContaining("interrupted");

        assertThat(Thread.interrupted()).isTrue();
        assertThat(load(dataSource, VOLUME, SPANS).written()).isPositive();
    }

    @Test
    void anExceptionOfTheListenerEndsTheLoad() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> VOLUME.load(dataSource, PromptForgeSettings.defaults(), SPANS, atReport(1, () -> {
                    throw new IllegalStateException("no more");
                })));

        assertThat(load(dataSource, VOLUME, SPANS).written()).isPositive();
    }

    @Test
    void tracesThatWereDeletedAreWrittenAgain() {
        load(dataSource, VOLUME, SPANS);
        List<String> before = rows(dataSource);
        execute(
                dataSource,
                "DELETE FROM promptforge.traces WHERE id = '" + VOLUME.traces().id(77) + "'");

        VolumeResult result = load(dataSource, VOLUME, SPANS);

        assertThat(result.written()).isEqualTo(VOLUME.traces().spans(77));
        assertThatRowsAreTheSame(rows(dataSource), before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM promptforge.spans WHERE id = (SELECT id FROM promptforge.spans LIMIT 1)",
                "UPDATE promptforge.spans SET cost = cost + 0.000000000001 WHERE trace_id = (SELECT trace_id FROM promptforge.spans WHERE cost > 0 LIMIT 1)",
                "UPDATE promptforge.spans SET input_tokens = input_tokens + 1",
                "UPDATE promptforge.traces SET output_tokens = output_tokens + 1"
            })
    void rowsThatWereChangedAreReported(String change) {
        load(dataSource, VOLUME, 300);
        execute(dataSource, change);

        assertThatExceptionOfType(VolumeDataException.class)
                .isThrownBy(() -> load(dataSource, VOLUME, 300))
                .withMessageContaining("differ from what was written");
    }

    @Test
    void progressGrowsToTheTotalInEachStep() {
        List<VolumeProgress> reports = Collections.synchronizedList(new ArrayList<>());

        VolumeResult result = VOLUME.load(dataSource, PromptForgeSettings.defaults(), SPANS, reports::add);

        for (Step step : Step.values()) {
            List<VolumeProgress> own =
                    reports.stream().filter(report -> report.step() == step).toList();
            assertThat(own).extracting(VolumeProgress::spans).isSorted().endsWith(result.spans());
            assertThat(own).extracting(VolumeProgress::total).containsOnly(result.spans());
            assertThat(own).extracting(VolumeProgress::elapsed).isSorted();
        }
    }

    @Test
    void aLoadIsFoundByItsSeed() {
        assertThat(VolumeData.loaded(dataSource, PromptForgeSettings.defaults(), 1))
                .isEmpty();
        load(dataSource, VOLUME, 300);

        assertThat(VolumeData.loaded(dataSource, PromptForgeSettings.defaults(), 1)
                        .orElseThrow()
                        .traces()
                        .spec())
                .isEqualTo(VOLUME.traces().spec());
        assertThat(VolumeData.loaded(dataSource, PromptForgeSettings.defaults(), 2))
                .isEmpty();
    }

    @Test
    void loadsOfSeveralSeedsCoexist() {
        VolumeResult one = load(dataSource, VOLUME, 300);
        VolumeResult other = load(dataSource, VolumeData.of(2, FROM, UNTIL, SPANS), 300);

        assertThat(value(dataSource, "SELECT count(*) FROM promptforge.spans"))
                .isEqualTo("" + (one.spans() + other.spans()));
    }

    @Test
    void anotherTimeForTheSameSeedIsRefused() {
        load(dataSource, VOLUME, 300);

        assertThatExceptionOfType(VolumeDataException.class)
                .isThrownBy(() -> load(dataSource, VolumeData.of(1, FROM, UNTIL.plusSeconds(1), SPANS), 300))
                .withMessageContaining("4000 spans from 2026-03-15T00:00:00Z until 2026-05-10T00:00:00Z, not");
    }

    @Test
    void anOrganizationWithTheSameSlugIsNotTouched() {
        PromptForge.create(dataSource).organizations().create(NewOrganization.of("Another", "volume-1"));

        assertThatExceptionOfType(VolumeDataException.class)
                .isThrownBy(() -> load(dataSource, VOLUME, 300))
                .withMessageContaining("choose another seed");

        assertThat(value(dataSource, "SELECT count(*) FROM promptforge.projects"))
                .isEqualTo("0");
    }

    @Test
    void anotherSchemaIsAccepted() {
        DataSource other = TestServer.dataSource(TestServer.emptyDatabase());
        Migrations.of(other).schema("forge").apply();

        VOLUME.load(other, PromptForgeSettings.defaults().schema("forge"), 300, progress -> {});

        assertThat(value(other, "SELECT count(*) >= 300 FROM forge.spans")).isEqualTo("t");
    }

    @Test
    void aDatabaseThatIsNotMigratedIsRefused() {
        assertThatExceptionOfType(SchemaNotMigratedException.class)
                .isThrownBy(() -> VOLUME.load(TestServer.dataSource(TestServer.emptyDatabase())));
    }

    @Test
    void numbersOutOfRangeAreRefused() {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> VolumeData.of(-1, FROM, UNTIL, 1))
                .satisfies(refusal -> assertThat(refusal.field()).isEqualTo("seed"));
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> load(dataSource, VOLUME, 0))
                .satisfies(refusal -> assertThat(refusal.field()).isEqualTo("spans"));
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(() -> VOLUME.withConnections(0))
                .satisfies(refusal -> assertThat(refusal.field()).isEqualTo("connections"));
    }

    private static VolumeResult load(DataSource dataSource, VolumeData volume, long spans) {
        return volume.load(dataSource, PromptForgeSettings.defaults(), spans, progress -> {});
    }

    /** Compares row by row: the message of a failure shows one difference. */
    private static void assertThatRowsAreTheSame(List<String> rows, List<String> others) {
        for (int i = 0; i < Math.min(rows.size(), others.size()); i++) {
            assertThat(rows.get(i)).isEqualTo(others.get(i));
        }
        assertThat(rows.size()).isEqualTo(others.size());
    }

    /** A listener that runs an action when it receives the report of this number. */
    private static Consumer<VolumeProgress> atReport(int number, Runnable what) {
        AtomicInteger reports = new AtomicInteger();
        return progress -> {
            if (reports.incrementAndGet() == number) {
                what.run();
            }
        };
    }

    /** Creates the organization without traces. */
    private static void prepare(DataSource dataSource) {
        try (Connection connection = dataSource.getConnection()) {
            store(dataSource).prepare(connection, new VolumeSettings(FROM, UNTIL, SPANS));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static VolumeStore store(DataSource dataSource) {
        return new VolumeStore(new VolumeOrganization(1), dataSource, PromptForgeSettings.defaults());
    }

    /** All columns of all traces and spans, except for the times of writing. */
    private static List<String> rows(DataSource dataSource) {
        return texts(dataSource, """
                SELECT to_jsonb(t) - '{created_at,updated_at,redacted_at}'::text[] FROM promptforge.traces t
                UNION ALL
                SELECT to_jsonb(s) - '{created_at,updated_at}'::text[] FROM promptforge.spans s
                ORDER BY 1
                """);
    }

    private static List<String> organization(DataSource dataSource) {
        return texts(dataSource, """
                SELECT to_jsonb(o) - '{created_at,updated_at}'::text[] FROM promptforge.organizations o
                UNION ALL
                SELECT to_jsonb(p) - '{created_at,updated_at}'::text[] FROM promptforge.projects p
                UNION ALL
                SELECT to_jsonb(v) - '{created_at}'::text[] FROM promptforge.prompt_versions v
                UNION ALL
                SELECT to_jsonb(m) - '{created_at,updated_at}'::text[] FROM promptforge.ai_models m
                ORDER BY 1
                """);
    }

    private static List<String> texts(DataSource dataSource, String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
            return texts;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
