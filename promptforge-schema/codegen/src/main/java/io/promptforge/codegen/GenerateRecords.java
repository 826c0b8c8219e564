package io.promptforge.codegen;

import io.promptforge.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jooq.codegen.GenerationTool;

/**
 * The build's generator: applies the migrations to an empty schema and writes a jOOQ record for each table.
 *
 * <p>The database is an embedded one, unless {@code -Dcodegen.url} (with {@code -Dcodegen.user} and
 * {@code -Dcodegen.password}) names another. There, all work is done in a schema of its own that is dropped afterwards.
 * Nothing is generated while the migrations and this generator are the ones that the present sources were made from.
 */
public final class GenerateRecords {
    private static final String SCRATCH_SCHEMA = "promptforge_codegen";

    private GenerateRecords() {}

    /**
     * Generates, unless there is nothing new.
     *
     * @param args the folder of the migrations, and the folder to write the Java sources to
     */
    public static void main(String[] args) throws Exception {
        Path migrations = Path.of(args[0]);
        Path target = Path.of(args[1]);
        Fingerprint fingerprint = Fingerprint.of(migrations);
        if (fingerprint.isThatOf(target)) {
            return;
        }
        String url = System.getProperty("codegen.url", "");
        if (url.isBlank()) {
            try (EmbeddedPostgres server = EmbeddedPostgres.start();
                    Connection connection = server.dataSource("postgres").getConnection()) {
                generate(connection, migrations, target);
            }
        } else {
            String user = System.getProperty("codegen.user");
            String password = System.getProperty("codegen.password");
            try (Connection connection = DriverManager.getConnection(url, user, password)) {
                generate(connection, migrations, target);
            }
        }
        fingerprint.writeTo(target);
    }

    private static void generate(Connection connection, Path migrations, Path target) throws Exception {
        try (Statement statement = connection.createStatement()) {
            // A build that was killed has left its own in a database that is not embedded.
            statement.execute("DROP SCHEMA IF EXISTS " + SCRATCH_SCHEMA + " CASCADE");
            statement.execute("CREATE SCHEMA " + SCRATCH_SCHEMA);
            try {
                migrate(statement, migrations);
                GenerationTool generator = new GenerationTool();
                generator.setConnection(connection);
                generator.run(Generator.configuration(SCRATCH_SCHEMA, target));
            } finally {
                statement.execute("DROP SCHEMA " + SCRATCH_SCHEMA + " CASCADE");
            }
        }
    }

    /** Plain statements do here: an empty schema needs neither history nor locks, and Flyway costs half a second. */
    private static void migrate(Statement statement, Path migrations) throws IOException, SQLException {
        statement.execute("SET search_path TO " + SCRATCH_SCHEMA);
        for (Path script : scripts(migrations)) {
            statement.execute(Files.readString(script));
        }
        statement.execute("RESET search_path");
    }

    private static List<Path> scripts(Path migrations) throws IOException {
        try (Stream<Path> files = Files.list(migrations)) {
            return files.filter(file -> file.getFileName().toString().matches("V\\d+__.*\\.sql"))
                    .sorted(Comparator.comparingInt(GenerateRecords::version))
                    .toList();
        }
    }

    private static int version(Path script) {
        String name = script.getFileName().toString();
        return Integer.parseInt(name.substring(1, name.indexOf('_')));
    }
}
