package io.promptforge.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** A transaction that continues after refused statements, and is rolled back when closed. */
final class TrialTransaction implements AutoCloseable {

    static final String CHECK = "23514";
    static final String FOREIGN_KEY = "23503";
    static final String UNIQUE = "23505";

    /** What else would be checked at the commit. */
    private static final String CHECK_NOW = "SELECT set_constraints(false, count(*)) FROM organizations GROUP BY id";

    private static final Pattern IN_MESSAGE = Pattern.compile("constraint \"(?<name>[^\"]+)\"");
    private static final Pattern SHARD = Pattern.compile("_\\d{6,}$");

    private final Connection connection;
    private final Statement statement;

    TrialTransaction(DataSource database) throws SQLException {
        connection = database.getConnection();
        connection.setAutoCommit(false);
        statement = connection.createStatement();
        run("SET search_path TO promptforge");
    }

    void run(String sql) throws SQLException {
        statement.execute(sql);
    }

    /** The first column of the first row, as text. */
    String one(String sql) throws SQLException {
        try (ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** Asserts that the statement is refused with this SQLSTATE by this constraint. */
    void refused(String state, String constraint, String sql) {
        assertThat(refusal(sql)).isEqualTo(new Refusal(state, constraint));
    }

    /**
     * Why a statement was refused.
     *
     * @param state the SQLSTATE
     * @param constraint its name, or that of the trigger that refuses; empty if it is neither
     */
    record Refusal(String state, String constraint) {}

    /** Citus has the name only in the message, or as the hint of a trigger that refuses, and with the number of the shard. */
    private static String constraint(ServerErrorMessage error) {
        if (error.getConstraint() != null) {
            return error.getConstraint();
        }
        Matcher inMessage = IN_MESSAGE.matcher(Objects.requireNonNullElse(error.getMessage(), ""));
        String name = inMessage.find() ? inMessage.group("name") : Objects.requireNonNullElse(error.getHint(), "");
        return SHARD.matcher(name).replaceFirst("");
    }

    /** Asserts that the statement is refused. */
    Refusal refusal(String sql) {
        PSQLException error = assertThatThrownBy(() -> {
                    run("SAVEPOINT attempt");
                    try {
                        run(sql);
                        run(CHECK_NOW);
                    } finally {
                        run("ROLLBACK TO attempt");
                    }
                })
                .as(sql)
                .asInstanceOf(type(PSQLException.class))
                .actual();
        ServerErrorMessage message = Objects.requireNonNull(error.getServerErrorMessage());
        return new Refusal(Objects.requireNonNull(message.getSQLState()), constraint(message));
    }

    @Override
    public void close() throws SQLException {
        connection.rollback();
        connection.close();
    }
}
