package io.promptforge.schema;

import static io.promptforge.schema.TrialTransaction.CHECK;
import static io.promptforge.schema.TrialTransaction.UNIQUE;
import static io.promptforge.schema.jooq.tables.ModelPrices.MODEL_PRICES;

import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jooq.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No two price lists of a model hold at once; a list is replaced once, and never changes otherwise. */
class PriceHistoryTest extends RefusalTest {

    private static final String ORGANIZATION = SampleRows.id(1, 1);
    private static final String MODEL = SampleRows.id(1, 4);
    private static final String HOLDING = SampleRows.id(1, 30);
    private static final String REPLACED = SampleRows.id(1, 31);

    /** A new value for each column except those of the replacement and updated_at. */
    static Stream<String> changes() {
        Map<String, String> values = Map.of("rates", "'[]'", "source", "'elsewhere'", "of_catalogue", "true");
        return Arrays.stream(MODEL_PRICES.fields())
                .map(Field::getName)
                // that it never moves to another organization is in SchemaRefusesTest
                .filter(column ->
                        !List.of("organization_id", "replaced_at", "updated_at").contains(column))
                .map(column -> column + " = "
                        + values.getOrDefault(
                                column,
                                column.matches(".*_at|valid_from")
                                        ? "'epoch'"
                                        : "'ffffffff-0000-7000-8000-000000000000'"));
    }

    @Test
    void twoListsThatBeginAtOneMoment() throws SQLException {
        String second = insert("'0001-01-01 00:00Z'", "'[]'");

        attempt.refused(UNIQUE, "model_prices_valid_from_key", second);

        attempt.run(update(HOLDING, "replaced_at = now()"));
        attempt.run(second);
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aListDoesNotChangeNotEvenWhenItIsReplaced(String change) {
        attempt.refused(CHECK, "model_prices_history", update(HOLDING, change));
        attempt.refused(CHECK, "model_prices_history", update(HOLDING, change + ", replaced_at = now()"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"replaced_at = NULL", "replaced_at = now()", "source = NULL"})
    void aReplacedListNeverChanges(String change) {
        attempt.refused(CHECK, "model_prices_history", update(REPLACED, change));
    }

    @Test
    void aListIsDeletedOnlyWithItsModel() throws SQLException {
        attempt.refused(CHECK, "model_prices_kept", "DELETE FROM model_prices WHERE id = " + HOLDING);
        attempt.refused(CHECK, "model_prices_kept", "DELETE FROM model_prices WHERE id = " + REPLACED);

        attempt.run("UPDATE spans SET model_id = NULL");
        attempt.run("UPDATE traces SET model_id = NULL");
        attempt.run("UPDATE evaluations SET model_id = NULL");
        attempt.run("DELETE FROM ai_models WHERE id = " + MODEL);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-0.01", "1000000", "\"1\"", "null", "{}",
            })
    void aPriceThatIsNone(String usd) {
        attempt.refused(
                CHECK,
                "model_prices_rates_range",
                insert(
                        "now()",
                        "'[{\"unit\": \"requests\", \"usd\": 1}, {\"unit\": \"pages\", \"usd\": " + usd + "}]'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[{\"usd\": 1}]", "[{\"unit\": 1, \"usd\": 1}]"})
    void aPriceOfNothing(String rates) {
        attempt.refused(CHECK, "model_prices_rates_unit", insert("now()", "'" + rates + "'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "null", "1"})
    void ratesThatAreNoList(String rates) {
        attempt.refused(CHECK, "model_prices_rates_document", insert("now()", "'" + rates + "'"));
    }

    private static String insert(String validFrom, String rates) {
        return "INSERT INTO model_prices (organization_id, id, model_id, valid_from, rates) VALUES (" + ORGANIZATION
                + ", gen_random_uuid(), " + MODEL + ", " + validFrom + ", " + rates + ")";
    }

    private static String update(String list, String change) {
        return "UPDATE model_prices SET " + change + " WHERE id = " + list;
    }
}
