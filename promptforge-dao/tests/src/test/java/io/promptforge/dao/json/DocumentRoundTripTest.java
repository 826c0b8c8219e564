package io.promptforge.dao.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.ClassDatabase;
import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.seed.fixture.Fixtures;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every document that is accepted comes back by every way to read it, in every table; what is not accepted is refused when it is made. */
class DocumentRoundTripTest {
    private static final ClassDatabase DATABASE = ClassDatabase.migrated();
    private static final int DOCUMENTS = 12;

    /** Columns that take more than objects. */
    private static final List<String> ANY_VALUE = List.of("input", "output", "expected_output", "actual_output");

    /** What only the library writes, and never a caller's document: editions of catalogues, prices, messages, scales, scores and usage. */
    private static final List<String> WITHOUT_WAY_TO_WRITE = List.of(
            "ai_models.catalogue_entry",
            "audit_entries.before",
            "audit_entries.after",
            "model_providers.catalogue_entry",
            "model_prices.rates",
            "prompt_versions.messages",
            "evaluations.scales",
            "evaluations.earlier_ends",
            "evaluation_results.scores",
            "evaluator_versions.scale",
            "spans.usage");

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 6);
    }

    @Test
    void everyColumnOfDocumentsIsTested() {
        List<String> columns = DATABASE.query("""
                SELECT table_of.relname || '.' || attname
                FROM pg_attribute
                JOIN pg_class AS table_of ON table_of.oid = attrelid
                WHERE atttypid IN ('jsonb'::regtype, 'json'::regtype)
                  AND relnamespace = 'promptforge'::regnamespace
                  AND relkind IN ('r', 'p')
                  AND NOT relispartition
                  AND NOT attisdropped
                """);

        assertThat(DocumentTable.ALL.stream().flatMap(DocumentTable::columnNames))
                .containsAll(columns.stream()
                        .filter(column -> !WITHOUT_WAY_TO_WRITE.contains(column))
                        .toList());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatIsAcceptedComesBack(long seed) {
        ArbitraryJson arbitrary = new ArbitraryJson(seed);
        Fixtures fixtures =
                Fixtures.in(DATABASE.forge(), DATABASE.newTenant().tenant()).withSeed(seed);
        for (int i = 0; i < DOCUMENTS; i++) {
            for (DocumentTable<?> table : DocumentTable.ALL) {
                comesBack(table, fixtures, arbitrary, "seed " + seed + ", document " + i + ", " + table.name());
            }
        }
    }

    private static <T> void comesBack(
            DocumentTable<T> table, Fixtures fixtures, ArbitraryJson arbitrary, String context) {
        Map<String, Json> given = new LinkedHashMap<>();
        table.columns().keySet().stream().sorted().forEach(column -> given.put(column, document(column, arbitrary)));

        List<T> rows = table.written().apply(fixtures, given::get).toList();

        for (Map.Entry<String, Function<T, Optional<Json>>> column :
                table.columns().entrySet()) {
            List<Json> read = rows.stream()
                    .map(column.getValue())
                    .flatMap(Optional::stream)
                    .toList();
            assertThat(read)
                    .as("%s.%s", context, column.getKey())
                    .isNotEmpty()
                    .containsOnly(given.get(column.getKey()))
                    .allSatisfy(json -> assertThat(json).hasSameHashCodeAs(given.get(column.getKey())));
        }
    }

    private static Json document(String column, ArbitraryJson arbitrary) {
        if (column.equals("events") || column.equals("tools")) {
            return Json.parse(arbitrary.array());
        }
        return Json.parse(ANY_VALUE.contains(column) ? arbitrary.text() : arbitrary.object());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatIsRefusedIsRefusedWhenItIsMade(long seed) {
        ArbitraryJson arbitrary = new ArbitraryJson(seed);
        int refused = 0;
        for (int i = 0; i < 300; i++) {
            String text = i % 2 == 0 ? arbitrary.refused() : arbitrary.text();
            Object value = arbitrary.javaValue(0);

            refused += isRefused("seed " + seed, () -> Json.parse(text)) ? 1 : 0;
            refused += isRefused("seed " + seed, () -> Json.of(value)) ? 1 : 0;
            Json storable = Json.storable(value);
            assertThat(Json.parse(storable.text()))
                    .as("seed %d: %s", seed, value)
                    .isEqualTo(storable);
            assertThat(Json.storable(text)).isEqualTo(Json.of(io.promptforge.dao.text.StorableText.of(text)));
        }
        assertThat(refused).isGreaterThan(100);
    }

    private static boolean isRefused(String context, Supplier<Json> made) {
        try {
            Json json = made.get();
            assertThat(Json.parse(json.text())).as(context).isEqualTo(json);
            return false;
        } catch (InvalidValueException e) {
            assertThat(e.field()).as(context).isEqualTo("json");
            return true;
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatIsMadeStorableComesBack(long seed) {
        ArbitraryJson arbitrary = new ArbitraryJson(seed);
        Fixtures fixtures =
                Fixtures.in(DATABASE.forge(), DATABASE.newTenant().tenant()).withSeed(seed);
        for (int i = 0; i < DOCUMENTS; i++) {
            Json input = Json.storable(arbitrary.javaValue(0));
            var span = fixtures.span().with(it -> it.input(input)).create();

            assertThat(fixtures.tenant()
                            .traces()
                            .findSpan(span.traceId(), span.id())
                            .orElseThrow()
                            .payload()
                            .orElseThrow()
                            .input())
                    .as("seed %d, value %d", seed, i)
                    .contains(input);
        }
    }
}
