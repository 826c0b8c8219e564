package io.promptforge.seed.cli;

import io.promptforge.postgres.EmbeddedPostgres;
import io.promptforge.schema.draft.MigrationDraft;
import io.promptforge.schema.draft.Proposal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

@Command(
        name = "new-migration",
        description = {
            "Drafts a migration from what was changed by hand in a database: a script that makes it and one that undoes it, to read and edit.",
            "Compares with the migrations of this build, tries the statements, and says what they do not express. Changes nothing in"
                    + " the database."
        },
        exitCodeList = {
            "0:success; also when nothing was changed by hand",
            "1:failure; the message says what to do",
            "2:invalid arguments"
        },
        footer = {
            "  promptforge up                                 # in another terminal",
            "  psql \"$(promptforge psql-url)\" -c 'ALTER TABLE prompts ADD COLUMN colour text'",
            "  promptforge new-migration prompt_colours",
            "  promptforge new-migration prompt_colours --file schema.sql   # of pg_dump --schema-only --no-owner --schema=promptforge"
        })
final class NewMigrationCommand extends DatabaseCommand {
    private static final Path SCRIPTS = Path.of("promptforge-schema/src/main/resources/META-INF/promptforge/migration");

    private static final Pattern CREATES_SCHEMA = Pattern.compile("(?im)^CREATE SCHEMA ");

    @Parameters(paramLabel = "NAME", description = "What it changes, in lower-case words: prompt_colours.")
    private String name = "";

    @Option(
            names = "--file",
            paramLabel = "FILE",
            description =
                    "Compare with the schema that this file of SQL makes, on an embedded server, instead of a database.")
    private @Nullable Path file;

    @Option(
            names = "--folder",
            paramLabel = "FOLDER",
            description =
                    "Where to write the scripts. Default: the folder of the migrations if it is below the current one, otherwise the"
                            + " current one.")
    private @Nullable Path folder;

    @Override
    public Integer call() throws SQLException {
        Proposal proposal = file == null
                ? MigrationDraft.of(database.dataSource())
                        .schema(database.schema())
                        .propose()
                : propose(file);
        CommandOutput out = out();
        List<Path> written = List.of();
        if (proposal.isEmpty()) {
            out.line("Schema " + database.schema() + " is as the migrations make it; nothing was written.");
        } else {
            written = proposal.write(target(), name);
            written.forEach(script -> out.line("Written: " + script));
            if (!proposal.unexpressed().isEmpty()) {
                out.heading("Not expressed; write it by hand");
                proposal.unexpressed().forEach(line -> out.line(firstLine(line)));
            }
        }
        List<Path> scripts = written;
        result(() -> JsonDocument.of(
                "schema",
                database.schema(),
                "version",
                proposal.version(),
                "scripts",
                scripts,
                "unexpressed",
                proposal.unexpressed()));
        return 0;
    }

    private Path target() {
        if (folder != null) {
            return folder;
        }
        return Files.isDirectory(SCRIPTS) ? SCRIPTS : Path.of("");
    }

    private Proposal propose(Path schemaFile) throws SQLException {
        String sql = read(schemaFile);
        try (EmbeddedPostgres server = EmbeddedPostgres.start()) {
            OrdinaryDatabase.make(server);
            DataSource scratch = LocalServer.url(server.port()).dataSource();
            try (Connection connection = scratch.getConnection();
                    Statement statement = connection.createStatement()) {
                if (!CREATES_SCHEMA.matcher(sql).find()) {
                    statement.execute("CREATE SCHEMA " + database.schema());
                }
                statement.execute("SET search_path TO " + database.schema());
                statement.execute(sql);
            } catch (SQLException refused) {
                throw invalid(
                        schemaFile + " cannot be run: " + firstLine(String.valueOf(refused.getMessage())), refused);
            }
            return MigrationDraft.of(scratch).schema(database.schema()).propose();
        }
    }

    /** Without the commands of psql that newer releases of pg_dump write. */
    private String read(Path schemaFile) {
        try (Stream<String> lines = Files.lines(schemaFile)) {
            return lines.filter(line -> !line.startsWith("\\")).collect(Collectors.joining("\n"));
        } catch (IOException | UncheckedIOException e) {
            throw invalid(schemaFile + " cannot be read", e);
        }
    }

    private ParameterException invalid(String message, Exception cause) {
        return new ParameterException(spec().commandLine(), message, cause);
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }
}
