package io.promptforge.seed.testkit;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A template could not be prepared, which is no failure of the server. */
final class TemplateFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private static final String CHANGING = """
            SELECT count(*), min(left(regexp_replace(query, '\\s+', ' ', 'g'), 120))
              FROM pg_stat_activity
             WHERE datname = current_database() AND backend_xid IS NOT NULL AND pid <> pg_backend_pid()
               AND backend_type = 'client backend'
            """;

    private TemplateFailure(DatabaseTemplate template, String reason, @Nullable Throwable cause) {
        super("Template " + template.getClass().getName() + ": " + reason, cause);
    }

    /** Prepares the template; what it throws is named after it, and so is a transaction that it leaves open. */
    static void prepare(DatabaseTemplate template, DataSource dataSource) throws Exception {
        try {
            template.prepare(dataSource);
        } catch (InterruptedException | VirtualMachineError e) {
            throw e;
        } catch (Throwable e) {
            throw new TemplateFailure(template, reason(e), e);
        }
        refuseOpenTransaction(template, dataSource);
    }

    private static String reason(Throwable thrown) {
        @Nullable String message = thrown.getMessage();
        return message == null || thrown instanceof Error ? thrown.toString() : message;
    }

    /** Its changes would be lost, and the databases would lack them without a word. */
    private static void refuseOpenTransaction(DatabaseTemplate template, DataSource dataSource) throws Exception {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet open = statement.executeQuery(CHANGING)) {
            open.next();
            if (open.getInt(1) > 0) {
                throw new TemplateFailure(
                        template,
                        "prepare() left a transaction open that had changed something; its last statement was: "
                                + open.getString(2) + ". Commit it, and close the connection.",
                        null);
            }
        }
    }

    /** The failure of a template among the causes. */
    static Optional<TemplateFailure> in(Throwable thrown) {
        return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
                .filter(TemplateFailure.class::isInstance)
                .map(TemplateFailure.class::cast)
                .findFirst();
    }
}
