package io.promptforge.seed.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.promptforge.dao.project.ProjectFilter;
import io.promptforge.seed.Sql;
import io.promptforge.seed.demo.DemoData;
import io.promptforge.seed.fixture.Fixtures;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ContentSnapshotTest {
    private static final String CONTENT = """
            SELECT string_agg(table_schema || '.' || table_name || ' ' || md5(query_to_xml(
                       format('SELECT * FROM %I.%I t ORDER BY t::text', table_schema, table_name), true, true, '')::text), E'\\n'
                       ORDER BY table_schema, table_name)
              FROM information_schema.tables
             WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema', 'promptforge_test_snapshot')
            """;

    @Test
    void restoresAllTablesOfATemplateAndTheirOpenConnections() throws SQLException {
        try (TestDatabase database = TestDatabases.of(new DemoTemplate()).create();
                Connection pooled = database.dataSource().getConnection()) {
            database.fixtures().trace().create();
            database.snapshot();
            String before = content(database);

            for (int round = 0; round < 3; round++) {
                change(database);
                assertThat(content(database)).isNotEqualTo(before);

                database.restore();

                assertThat(content(database)).isEqualTo(before);
            }
            assertThat(pooled.isValid(5)).isTrue();
        }
    }

    @Test
    void restoresSequencesGeneratedColumnsAndDropsNewTables() {
        try (TestDatabase database = TestDatabase.create()) {
            execute(database, """
                    CREATE TABLE notes (id int GENERATED ALWAYS AS IDENTITY, text text, size int GENERATED ALWAYS AS (length(text)) STORED);
                    INSERT INTO notes (text) VALUES ('one'), ('two');
                    CREATE SEQUENCE unused""");
            database.snapshot();

            execute(database, """
                    UPDATE notes SET text = 'other' WHERE id = 1;
                    INSERT INTO notes (text) VALUES ('three');
                    SELECT nextval('unused');
                    CREATE TABLE added (id int PRIMARY KEY)""");
            database.restore();

            assertThat(value(database, "SELECT string_agg(id || text || size, ' ' ORDER BY id) FROM notes"))
                    .isEqualTo("1one3 2two3");
            assertThat(value(database, "SELECT nextval('notes_id_seq') || ' ' || nextval('unused')"))
                    .isEqualTo("3 1");
            assertThat(value(database, "SELECT to_regclass('added')")).isEqualTo("null");
        }
    }

    @Test
    void forgetsTheTenantAndItsFixtures() {
        try (TestDatabase database = TestDatabase.create()) {
            database.snapshot();
            UUID before = database.tenant().organizationId();
            Fixtures fixtures = database.fixtures();
            fixtures.prompt().create();

            database.restore();

            assertThat(value(database, "SELECT count(*) FROM promptforge.organizations"))
                    .isEqualTo("0");
            assertThat(database.tenant().organizationId()).isNotEqualTo(before);
            assertThat(database.fixtures()).isNotSameAs(fixtures);
            database.fixtures().prompt().create();
            assertThat(database.tenant().projects().count(ProjectFilter.all())).isEqualTo(1);
        }
    }

    @Test
    void givesTheSpaceOfManyRowsBack() {
        try (TestDatabase database = TestDatabase.create()) {
            execute(database, "CREATE TABLE large (text text)");
            database.snapshot();

            execute(database, "INSERT INTO large SELECT repeat('x', 1000) FROM generate_series(1, 5000)");
            database.restore();

            assertThat(value(database, "SELECT pg_relation_size('large')")).isEqualTo("0");
        }
    }

    @Test
    void needsASnapshot() {
        try (TestDatabase database = TestDatabase.create()) {
            assertThatIllegalStateException().isThrownBy(database::restore).withMessageContaining("snapshot()");
        }
    }

    @Test
    void anotherDataSourceHasTheSameTenant() {
        try (TestDatabase database = TestDatabase.create()) {
            TestDatabase other = database.over(database.dataSource());

            assertThat(other.tenant().organizationId())
                    .isEqualTo(database.tenant().organizationId());
            other.close();
            assertThat(value(database, "SELECT 1")).isEqualTo("1");
        }
    }

    private static void change(TestDatabase database) {
        Fixtures fixtures = database.fixtures();
        fixtures.evaluation().completed().withResults(2, 3).create();
        fixtures.trace().create();
        DemoData.load(database.dataSource());
        execute(
                database,
                "UPDATE promptforge.users SET full_name = 'Another'; DELETE FROM promptforge.policy_violations");
    }

    private static void execute(TestDatabase database, String sql) {
        Sql.execute(database.dataSource(), sql);
    }

    private static String value(TestDatabase database, String sql) {
        return Sql.value(database.dataSource(), sql);
    }

    private static String content(TestDatabase database) {
        return value(database, CONTENT);
    }
}
