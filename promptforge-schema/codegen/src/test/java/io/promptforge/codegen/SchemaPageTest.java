package io.promptforge.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import io.promptforge.postgres.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The schema reference shows what the catalogue of the database holds. */
class SchemaPageTest {

    private static final String SCRIPT = """
            -- Books and who wrote them.
            --
            -- A shop is a tenant.

            CREATE TABLE organizations (id uuid, CONSTRAINT organizations_pkey PRIMARY KEY (id));
            CREATE TABLE authors (
                organization_id uuid NOT NULL CONSTRAINT authors_organization_id_fkey REFERENCES organizations ON DELETE CASCADE,
                id uuid,
                CONSTRAINT authors_pkey PRIMARY KEY (organization_id, id));
            CREATE TABLE books (
                organization_id uuid NOT NULL CONSTRAINT books_organization_id_fkey REFERENCES organizations ON DELETE CASCADE,
                id uuid,
                author_id uuid,
                kind text NOT NULL DEFAULT 'novel',
                sold timestamptz NOT NULL,
                CONSTRAINT books_pkey PRIMARY KEY (organization_id, id, sold),
                CONSTRAINT books_author_id_fkey FOREIGN KEY (organization_id, author_id) REFERENCES authors,
                CONSTRAINT books_kind_values CHECK (kind IN ('novel', 'poem'))) PARTITION BY RANGE (sold);
            CREATE TABLE books_default PARTITION OF books DEFAULT;
            CREATE INDEX books_kind_idx ON books (organization_id, kind) WHERE kind <> 'poem';
            CREATE UNIQUE INDEX books_poem_key ON books (organization_id, author_id, sold) WHERE kind = 'poem';
            CREATE FUNCTION price(book uuid) RETURNS integer LANGUAGE sql SECURITY DEFINER AS 'SELECT 1';
            COMMENT ON FUNCTION price(uuid) IS 'What a book costs.';
            COMMENT ON TABLE books IS 'What is sold.';
            COMMENT ON COLUMN books.kind IS 'novel | poem.';
            """;

    @Test
    void aTableIsDescribedWithAllThatBelongsToIt() throws Exception {
        assertThat(page())
                .contains("## Books\n\nBooks and who wrote them.\n\nA shop is a tenant.\n\n### organizations\n")
                .contains("* [books](#books): What is sold.\n")
                .contains("### books\n\nWhat is sold.\n\nPartitioned by `RANGE (sold)`.\n")
                .contains("| `author_id` | uuid | yes |  |  |\n| `kind` | text | no | `'novel'` | novel \\| poem. |\n")
                .contains("| `sold` | timestamptz | no |")
                .contains("Keys:\n\n* `books_pkey`: `primary key (organization_id, id, sold)`\n")
                .contains("* `books_author_id_fkey`: `(organization_id, author_id)` to [authors](#authors)"
                        + " `(organization_id, id)`\n")
                .contains("to [organizations](#organizations) `(id)`, deleted with it\n")
                .contains("* `books_kind_values`: `kind IN ('novel', 'poem')`\n")
                .contains("* `price(book uuid)`: What a book costs. SECURITY DEFINER")
                .contains("* `books_kind_idx`: `(organization_id, kind) WHERE kind <> 'poem'`\n")
                .doesNotContain("books_default");
    }

    @Test
    void theDiagramHasALineForEachForeignKeyAndSaysWhetherItIsOptional() throws Exception {
        assertThat(page()).contains("""
                erDiagram
                    organizations ||--o{ authors : organization_id
                    organizations ||--o{ books : organization_id
                    authors |o--o{ books : author_id
                """);
    }

    private static String page() throws Exception {
        try (EmbeddedPostgres server = EmbeddedPostgres.start();
                Connection connection = server.dataSource("postgres").getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA shop; SET search_path TO shop");
            statement.execute(SCRIPT);
            TableReader catalogue = new TableReader(connection);
            return SchemaPage.of(
                    List.of(Chapter.of("V1__books.sql", SCRIPT, catalogue.describe(catalogue.tableNames()))),
                    catalogue.functions());
        }
    }
}
