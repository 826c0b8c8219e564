package io.promptforge.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

class OrganizationDeletionTest {

    private final PGSimpleDataSource database = TestServer.migratedDatabase();

    @Test
    void deletingAnOrganizationDeletesAllItsRowsAndNoOthers() {
        Sql.run(database, SampleRows.all(2));
        List<String> other = rowsPerTable();
        Sql.run(database, SampleRows.all(1));
        assertThat(rowsPerTable()).isNotEqualTo(other);

        Sql.run(database, "DELETE FROM promptforge.organizations WHERE id = " + SampleRows.id(1, 1));
        assertThat(rowsPerTable()).isEqualTo(other);
        Sql.run(database, "DELETE FROM promptforge.organizations");

        assertThat(rowsPerTable()).allSatisfy(count -> assertThat(count).endsWith(" 0"));
        Sql.run(database, SampleRows.all(2));
        assertThat(rowsPerTable()).isEqualTo(other);
    }

    private List<String> rowsPerTable() {
        return Sql.modelTables(database, "promptforge").stream()
                .filter(table -> !table.equals("erasures"))
                .map(table -> table + " "
                        + Sql.column(database, "SELECT count(*) FROM promptforge." + table)
                                .get(0))
                .toList();
    }
}
