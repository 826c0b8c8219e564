package io.promptforge.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.schema.jooq.Promptforge;
import java.util.List;
import org.jooq.Field;
import org.jooq.Named;
import org.jooq.Table;
import org.junit.jupiter.api.Test;

class GeneratedRecordsTest {

    /** Neither Flyway's history nor the partitions of spans has one. */
    @Test
    void thereIsARecordForEachTableOfTheSchemaAndForNothingElse() {
        assertThat(Promptforge.PROMPTFORGE.getTables())
                .extracting(Named::getName)
                .containsExactlyInAnyOrderElementsOf(Sql.modelTables(TestServer.migratedDatabase(), "promptforge"));
    }

    @Test
    void recordsHaveTheColumnsOfTheMigratedDatabaseInTheirOrder() {
        var database = TestServer.migratedDatabase();
        for (Table<?> table : Promptforge.PROMPTFORGE.getTables()) {
            List<String> columns = Sql.column(database, """
                    SELECT column_name FROM information_schema.columns
                    WHERE table_schema = 'promptforge' AND table_name = '%s' ORDER BY ordinal_position""".formatted(table.getName()));

            assertThat(table.fields())
                    .as(table.getName())
                    .extracting(Field::getName)
                    .containsExactlyElementsOf(columns);
        }
    }

    @Test
    void commentsOfTheDatabaseAreTheDocumentationOfTheRecords() {
        assertThat(Promptforge.PROMPTFORGE.getTables()).allSatisfy(table -> {
            assertThat(table.getComment()).isNotBlank();
            assertThat(table.fields())
                    .allSatisfy(field -> assertThat(field.getComment()).isNotBlank());
        });
    }
}
