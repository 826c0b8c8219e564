package io.promptforge.codegen;

import io.promptforge.codegen.TableDescription.Column;
import io.promptforge.codegen.TableDescription.ForeignKey;
import io.promptforge.codegen.TableDescription.Named;
import io.promptforge.codegen.TableDescription.UniqueKey;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The schema reference: a page of Markdown with a diagram and a section for each table. */
final class SchemaPage {
    private static final String HEAD = """
            # The schema

            This page is generated from the migrated database: edit the comments of the scripts in
            `src/main/resources/META-INF/promptforge/migration` instead. The tables are grouped by the script that creates them, in
            the order of the scripts. Left out are the monthly partitions of `spans` and Flyway's history of the applied scripts,
            `flyway_schema_history`.

            Every table but `organizations` begins with `organization_id`, the tenant. It is part of the primary key and of every
            foreign key, so that a row never refers to a row of another organization, and every row is deleted with its
            organization.

            """;

    private final StringBuilder page = new StringBuilder(HEAD);

    private SchemaPage() {}

    static String of(List<Chapter> chapters, List<Named> functions) {
        SchemaPage page = new SchemaPage();
        page.contents(chapters);
        page.diagram(chapters);
        chapters.forEach(page::chapter);
        page.functions(functions);
        return page.page.toString();
    }

    private void contents(List<Chapter> chapters) {
        for (Chapter chapter : chapters) {
            line("* " + chapter.title());
            for (TableDescription table : chapter.tables()) {
                line("  * " + link(table.name()) + ": " + table.comment());
            }
        }
        line("");
    }

    private void diagram(List<Chapter> chapters) {
        line("## Relations");
        line("");
        line(
                "A line is a foreign key, and its label the column. Foreign keys to `organizations` are drawn only for tables that");
        line("belong to no other table.");
        line("");
        line("```mermaid");
        line(RelationshipDiagram.of(
                chapters.stream().flatMap(chapter -> chapter.tables().stream()).toList()));
        line("```");
        line("");
    }

    private void chapter(Chapter chapter) {
        line("## " + chapter.title());
        line("");
        line(chapter.introduction());
        line("");
        chapter.tables().forEach(this::table);
    }

    private void table(TableDescription table) {
        line("### " + table.name());
        line("");
        line(table.comment());
        line("");
        if (table.partitionKey() != null) {
            line("Partitioned by " + code(table.partitionKey()) + ".");
            line("");
        }
        line("| Column | Type | Null | Default | Meaning |");
        line("|---|---|---|---|---|");
        for (Column column : table.columns()) {
            line("| %s | %s | %s | %s | %s |"
                    .formatted(
                            code(column.name()),
                            column.type(),
                            column.nullable() ? "yes" : "no",
                            column.fallback() == null ? "" : cell(code(column.fallback())),
                            cell(column.comment())));
        }
        line("");
        list("Keys", table.keys().stream().map(key -> item(key)));
        list("References", table.references().stream().map(reference -> item(reference)));
        list("Checks", table.checks().stream().map(check -> item(check.name(), code(check.definition()))));
        list("Indexes", table.indexes().stream().map(index -> item(index.name(), code(index.definition()))));
        list(
                "Triggers",
                table.triggers().stream().map((Named trigger) -> item(trigger.name(), "on " + trigger.definition())));
    }

    private void functions(List<Named> functions) {
        line("## Functions");
        line("");
        functions.forEach(function -> line(item(function.name(), function.definition())));
    }

    private void list(String title, Stream<String> items) {
        List<String> lines = items.toList();
        if (!lines.isEmpty()) {
            line(title + ":");
            line("");
            lines.forEach(this::line);
            line("");
        }
    }

    private static String item(UniqueKey key) {
        return item(key.name(), code(key.definition()));
    }

    private static String item(ForeignKey reference) {
        return item(
                reference.name(),
                "%s to %s %s%s"
                        .formatted(
                                code(columns(reference.columns())),
                                link(reference.target()),
                                code(columns(reference.targetColumns())),
                                reference.cascades() ? ", deleted with it" : ""));
    }

    private static String item(String name, String definition) {
        return "* " + code(name) + ": " + definition;
    }

    private static String columns(List<String> names) {
        return "(" + String.join(", ", names) + ")";
    }

    private static String link(String table) {
        return "[" + table + "](#" + table + ")";
    }

    /** An expression as it is written in a script: PostgreSQL adds the casts, and unfolds IN. */
    private static String code(@Nullable String expression) {
        return "`"
                + String.valueOf(expression)
                        .replace("::text[]", "")
                        .replace("::text", "")
                        .replace("::jsonb", "")
                        .replaceAll("= ANY \\(ARRAY\\[(.*?)]\\)", "IN ($1)")
                + "`";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    private void line(String text) {
        page.append(text).append('\n');
    }
}
