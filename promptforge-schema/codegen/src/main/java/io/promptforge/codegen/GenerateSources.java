package io.promptforge.codegen;

import io.promptforge.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.codegen.GenerationTool;

/**
 * The build's generator. It checks that released scripts are unchanged, applies the scripts to an empty schema, and writes a
 * jOOQ record for each table, the list of scripts and the schema reference.
 *
 * <p>The database is an embedded one, unless {@code -Dcodegen.url} (with {@code -Dcodegen.user} and
 * {@code -Dcodegen.password}) names another; there, everything happens in a schema of its own that is dropped afterwards.
 * Nothing is generated again while the scripts and this module are unchanged.
 */
public final class GenerateSources {
    private static final String SCRATCH_SCHEMA = "promptforge_codegen";

    private GenerateSources() {}

    /**
     * Checks and generates.
     *
     * @param args the folder of the scripts, the folder of the files that freeze released ones, the version of the project,
     *     the folder for Java sources, and the folder for {@code SCHEMA.md} and {@code scripts.sha256}
     * @throws IllegalStateException when a released script was changed, or the version is not frozen
     */
    public static void main(String[] args) throws Exception {
        MigrationScripts scripts = new MigrationScripts(Path.of(args[0]));
        Path sources = Path.of(args[3]);
        Path output = Files.createDirectories(Path.of(args[4]));
        refuseChangedReleases(
                scripts, new ReleasedScripts(Path.of(args[1])), args[2], output.resolve("scripts.sha256"));

        SourcesFingerprint fingerprint = SourcesFingerprint.of(scripts);
        if (!fingerprint.isThatOf(sources)) {
            generate(scripts, sources, output.resolve("SCHEMA.md"));
            fingerprint.writeTo(sources);
        }
    }

    private static void refuseChangedReleases(
            MigrationScripts scripts, ReleasedScripts released, String version, Path present) throws IOException {
        Files.writeString(present, ReleasedScripts.text(scripts.checksums()));
        List<String> violations = released.violations(scripts.checksums(), version);
        if (!violations.isEmpty()) {
            throw new IllegalStateException("Scripts of a released version must not change:\n"
                    + String.join("\n", violations) + "\nTo freeze the scripts of a new release:\nmkdir -p "
                    + released.folder()
                    + " && cp " + present + " " + released.folder().resolve("<version>.sha256"));
        }
    }

    private static void generate(MigrationScripts scripts, Path sources, Path page) throws Exception {
        String url = System.getProperty("codegen.url", "");
        if (url.isBlank()) {
            try (EmbeddedPostgres server = EmbeddedPostgres.start();
                    Connection connection = server.dataSource("postgres").getConnection()) {
                generate(connection, scripts, sources, page);
            }
        } else {
            String user = System.getProperty("codegen.user");
            String password = System.getProperty("codegen.password");
            try (Connection connection = DriverManager.getConnection(url, user, password)) {
                generate(connection, scripts, sources, page);
            }
        }
    }

    private static void generate(Connection connection, MigrationScripts scripts, Path sources, Path page)
            throws Exception {
        try (Statement statement = connection.createStatement()) {
            // A killed build leaves its schema in a database that is not embedded.
            statement.execute("DROP SCHEMA IF EXISTS " + SCRATCH_SCHEMA + " CASCADE");
            statement.execute("CREATE SCHEMA " + SCRATCH_SCHEMA);
            try {
                statement.execute("SET search_path TO " + SCRATCH_SCHEMA);
                TableReader catalogue = new TableReader(connection);
                List<Chapter> chapters = migrate(statement, scripts, catalogue);
                Files.writeString(page, SchemaPage.of(chapters, catalogue.functions()));
                statement.execute("RESET search_path");

                GenerationTool records = new GenerationTool();
                records.setConnection(connection);
                records.run(RecordConfiguration.of(SCRATCH_SCHEMA, sources));
                ScriptNames.writeTo(sources, scripts.versioned());
            } finally {
                statement.execute("DROP SCHEMA " + SCRATCH_SCHEMA + " CASCADE");
            }
        }
    }

    /**
     * Runs the scripts, then describes the tables, by the script that made them. Without Flyway, which takes half a second:
     * an empty schema needs neither history nor locks.
     */
    private static List<Chapter> migrate(Statement statement, MigrationScripts scripts, TableReader catalogue)
            throws IOException, SQLException {
        Map<String, List<String>> tablesOfScripts = new LinkedHashMap<>();
        List<String> before = List.of();
        for (String script : scripts.versioned()) {
            statement.execute(scripts.text(script));
            List<String> after = catalogue.tableNames();
            tablesOfScripts.put(script, after.subList(before.size(), after.size()));
            before = after;
        }
        List<Chapter> chapters = new ArrayList<>();
        for (Map.Entry<String, List<String>> tables : tablesOfScripts.entrySet()) {
            if (!tables.getValue().isEmpty()) {
                String script = tables.getKey();
                chapters.add(Chapter.of(script, scripts.text(script), catalogue.describe(tables.getValue())));
            }
        }
        return chapters;
    }
}
