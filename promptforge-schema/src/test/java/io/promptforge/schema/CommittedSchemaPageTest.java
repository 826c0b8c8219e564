package io.promptforge.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** The committed schema reference is the one that the build generates from the scripts. */
class CommittedSchemaPageTest {

    private static final Path COMMITTED = Path.of("SCHEMA.md");
    private static final Path GENERATED = Path.of("target", "SCHEMA.md");

    @Test
    void thePageIsUpToDate() throws IOException {
        assertThat(Files.readString(COMMITTED).equals(Files.readString(GENERATED)))
                .as(
                        "SCHEMA.md is as generated; if not: cp promptforge-schema/target/SCHEMA.md promptforge-schema/SCHEMA.md")
                .isTrue();
    }

    @Test
    void thePageHasASectionForEachTableWithEveryColumn() throws IOException {
        DataSource database = TestServer.migratedDatabase();
        String page = Files.readString(COMMITTED);

        assertThat(Sql.modelTables(database, "promptforge")).isNotEmpty().allSatisfy(table -> {
            String section = page.replaceFirst("(?s).*\n### " + table + "\n(.*?)(\n##.*|$)", "$1");
            List<String> columns = Sql.column(database, """
                    SELECT attname FROM pg_attribute
                    WHERE attrelid = 'promptforge.%s'::regclass AND attnum > 0 AND NOT attisdropped""".formatted(table));

            assertThat(columns).isNotEmpty().allSatisfy(column -> assertThat(section)
                    .contains("\n| `" + column + "` |"));
        });
    }
}
