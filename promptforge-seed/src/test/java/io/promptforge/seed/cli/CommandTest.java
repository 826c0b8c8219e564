package io.promptforge.seed.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.promptforge.seed.TestServer;
import io.promptforge.seed.internal.DatabaseUrl;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import picocli.CommandLine;

/** Runs the commands within this JVM, on an empty database. */
abstract class CommandTest {
    static final int MIGRATIONS = TestServer.migrations();

    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();
    final String url = TestServer.url(TestServer.emptyDatabase());

    void execute(String sql) throws SQLException {
        try (Connection connection = DatabaseUrl.parse(url).dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The whole of standard output, which is emptied. */
    JsonNode document() throws IOException {
        JsonNode document = new ObjectMapper().readTree(out.toString());
        out.getBuffer().setLength(0);
        return document;
    }

    int run(String... arguments) {
        CommandLine commandLine = PromptForgeCommand.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }
}
