package io.promptforge.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Every script can be undone and applied again, with and without rows. */
class UpDownUpTest {

    private final PGSimpleDataSource database = TestServer.emptyDatabase();

    @ParameterizedTest
    @MethodSource("versions")
    void undoingRestoresTheCatalogueAndApplyingAgainRepeatsIt(int version) {
        List<String> before = upTo(version - 1);
        List<String> up = upTo(version);

        assertThat(up).isNotEqualTo(before);
        assertThat(firstLines(up)).containsAll(firstLines(before));
        assertThat(down()).isEqualTo(before);
        assertThat(upTo(version)).isEqualTo(up);
    }

    @ParameterizedTest
    @MethodSource("versions")
    void undoingAndApplyingAgainWorkWithRowsInEveryTable(int version) {
        List<String> before = upTo(version - 1);
        for (int earlier = 1; earlier < version; earlier++) {
            Sql.run(database, SampleRows.of(earlier, 1));
        }
        List<String> up = upTo(version);
        Sql.run(database, SampleRows.of(version, 1));

        assertThat(down()).isEqualTo(before);
        assertThat(upTo(version)).isEqualTo(up);
    }

    static IntStream versions() {
        return IntStream.rangeClosed(1, TestScripts.COUNT);
    }

    /** The first line of a function is its signature: a script may replace the body of a function, but remove nothing. */
    private static List<String> firstLines(List<String> snapshot) {
        return snapshot.stream()
                .map(object -> object.lines().findFirst().orElseThrow())
                .toList();
    }

    private List<String> upTo(int version) {
        if (version > 0) {
            Migrations.of(database).scripts(TestScripts.oldest(version)).apply();
        } else {
            Sql.run(database, "CREATE SCHEMA promptforge");
        }
        return CatalogueSnapshot.snapshot(database, "promptforge");
    }

    private List<String> down() {
        int current = Sql.history(database, "promptforge").size();
        Migrations.of(database).scripts(TestScripts.oldest(current)).rollback(1);
        return CatalogueSnapshot.snapshot(database, "promptforge");
    }
}
