package io.promptforge.dao.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.dao.ClassDatabase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The room that a document needs in PostgreSQL is never underestimated. */
class StoredBytesTest {
    private static final ClassDatabase DATABASE = ClassDatabase.migrated();

    @Test
    void noDocumentTakesMore() {
        Random random = new Random(11);
        List<Json> documents = new ArrayList<>(List.of(
                Json.of(Map.of("ints", new int[1_000])),
                Json.of(IntStream.range(1, 500).mapToObj(i -> 1.0 / i).toList()),
                Json.of(List.of(
                        1e300, -1e-300, Long.MIN_VALUE, Long.MAX_VALUE, 0.1, 10000.0001, 12345678, 100_000_001)),
                Json.of(Map.of("👋é", "é👋", "", "")),
                Json.of(Map.of("a", List.of(Map.of(), List.of(), true, "x", 7)))));
        for (int i = 0; i < 400; i++) {
            documents.add(arbitrary(random, 3));
        }
        String rows = documents.stream()
                .map(document -> "('" + document.text().replace("'", "''") + "'::jsonb)")
                .collect(Collectors.joining(","));

        List<String> sizes =
                DATABASE.query("SELECT pg_column_size(document) FROM (VALUES " + rows + ") AS v (document)");

        assertThat(sizes).hasSameSizeAs(documents);
        for (int i = 0; i < documents.size(); i++) {
            assertThat(documents.get(i).storedBytes())
                    .as(documents.get(i).text())
                    .isGreaterThanOrEqualTo(Long.parseLong(sizes.get(i)));
        }
    }

    @ParameterizedTest
    @CsvSource({"100, 1e2", "1.50, 15e-1", "0, 0.000", "12345678901234567890, 12345678901234567890.0"})
    void equalValuesTakeTheSame(String one, String other) {
        assertThat(Json.parse(one)).isEqualTo(Json.parse(other));
        assertThat(Json.parse(one).storedBytes()).isEqualTo(Json.parse(other).storedBytes());
    }

    private static Json arbitrary(Random random, int depth) {
        int size = random.nextInt(6);
        return switch (random.nextInt(depth == 0 ? 4 : 6)) {
            case 0 -> Json.of("äx👋".repeat(size));
            case 1 -> Json.of(random.nextDouble() * Math.pow(10, random.nextInt(40) - 20));
            case 2 -> Json.of(random.nextLong() >> random.nextInt(64));
            case 3 -> Json.of(random.nextBoolean());
            case 4 -> Json.of(Collections.nCopies(size, arbitrary(random, depth - 1)));
            default ->
                Json.of(IntStream.range(0, size)
                        .boxed()
                        .collect(Collectors.toMap("n"::repeat, i -> arbitrary(random, depth - 1))));
        };
    }
}
