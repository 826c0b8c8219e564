package io.promptforge.dao.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.AtOnce;
import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.TestTenant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The same records leave the same rows, in any order, batches, repetitions and from any number of writers. */
class TraceMergeTest {
    private static final ClassDatabase DATABASE = ClassDatabase.migrated().pooled();
    private static final int RECORDS = 24;
    private static final List<UUID> MODELS = List.of(new UUID(7, 1), new UUID(7, 2));

    static LongStream seeds() {
        return LongStream.range(0, 12);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anyOrderInAnyBatchesWithAnyRepetitionsLeavesTheSame(long seed) {
        List<String> expected = null;
        for (int arrangement = 0; arrangement < 5; arrangement++) {
            Stored stored = new Stored();
            Random random = new Random(seed * 1000 + arrangement);
            List<NewTrace> records = new ArrayList<>(stored.records(seed));
            if (arrangement > 0) {
                Collections.shuffle(records, random);
                for (int i = random.nextInt(RECORDS); i > 0; i--) {
                    records.add(records.get(random.nextInt(records.size())));
                }
            }
            for (int from = 0; from < records.size(); ) {
                int to = Math.min(records.size(), from + 1 + random.nextInt(arrangement == 0 ? 100 : 6));
                stored.traces().record(records.subList(from, to));
                from = to;
            }
            stored.assertTotals();
            expected = expected == null ? stored.rows() : expected;
            assertThat(stored.rows()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @MethodSource("fewSeeds")
    void writersAtOnceLeaveTheSame(long seed) {
        Stored alone = new Stored();
        alone.traces().record(alone.records(seed));
        Stored together = new Stored();
        List<NewTrace> records = together.records(seed);

        AtOnce.get(8, thread -> {
            List<NewTrace> mine = new ArrayList<>(records);
            Collections.shuffle(mine, new Random(thread));
            for (int i = 0; i < RECORDS; i += 4) {
                together.traces().record(mine.subList(i, i + 4));
            }
            return thread;
        });

        together.assertTotals();
        assertThat(together.rows()).isEqualTo(alone.rows());
    }

    static LongStream fewSeeds() {
        return LongStream.range(100, 103);
    }

    @Test
    void aReplayWritesNothing() {
        Stored stored = new Stored();
        List<NewTrace> records = stored.records(1);
        stored.traces().record(records);
        List<String> versions = stored.versions();

        stored.traces().record(records);
        records.forEach(stored.traces()::record);

        assertThat(stored.versions()).isEqualTo(versions);
    }

    /** The rows of a tenant, with the same models and prices in each tenant. */
    private static final class Stored {
        private final TestTenant fixture = DATABASE.newTenant();
        private final UUID organization = fixture.organization().id();
        private final List<UUID> projects =
                List.of(fixture.project().id(), fixture.project().id());

        Stored() {
            UUID provider = fixture.provider().id();
            for (int i = 0; i < MODELS.size(); i++) {
                DATABASE.execute("INSERT INTO promptforge.ai_models (organization_id, id, provider_id, name,"
                        + " provider_model_id, input_price_per_million, output_price_per_million) VALUES ('"
                        + organization + "', '" + MODELS.get(i) + "', '" + provider + "', '" + i + "', '"
                        + RandomRecords.MODELS.get(i) + "', " + (i + 1) + ", " + (i + 5) + ")");
            }
        }

        TraceRepository traces() {
            return fixture.tenant().traces();
        }

        List<NewTrace> records(long seed) {
            return new RandomRecords(seed, projects, MODELS).take(RECORDS);
        }

        List<String> rows() {
            Stream<String> projectOfTraces = of("traces", "id || ' ' || (project_id = '" + projects.get(0) + "')");
            Stream<String> rows = Stream.of("traces", "spans")
                    .flatMap(table -> of(
                            table,
                            "(to_jsonb(r) - 'created_at' - 'updated_at' - 'organization_id' - 'project_id' - 'fingerprint' - 'occurred_at')"
                                    + "::text"));
            return Stream.concat(projectOfTraces, rows).toList();
        }

        List<String> versions() {
            return Stream.of("traces", "spans")
                    .flatMap(table -> of(table, "r.ctid || ' ' || r.xmin || ' ' || r.updated_at"))
                    .toList();
        }

        private Stream<String> of(String table, String expression) {
            return DATABASE
                    .query("SELECT " + expression + " FROM promptforge." + table + " r WHERE organization_id = '"
                            + organization + "' ORDER BY 1")
                    .stream();
        }

        void assertTotals() {
            new ExpectedTotals(DATABASE, organization).assertStored();
        }
    }
}
