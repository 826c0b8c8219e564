package io.promptforge.seed.testkit;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a database is as it was when it was cloned, so that the next test can have it. The evidence is the server's own: each
 * transaction that changes anything gets a number, also if it is rolled back. A database is unchanged if every number since its
 * clone was given to a clone or a renaming of this server, or to a transaction that still runs, which can only be one of another
 * database. A write in another database therefore looks like one in this, and costs a clone.
 *
 * <p>Without a number change: sequences, see {@link #CAN_BE_KNOWN}; what VACUUM estimates; and the statistics of use
 * ({@code pg_stat_…}). Thread-safe.
 */
final class UnchangedDatabases {
    /** Asks the template whether it has no sequence: most of the calls of nextval count without a transaction's number. */
    static final String CAN_BE_KNOWN = "SELECT NOT EXISTS (SELECT FROM pg_class WHERE relkind = 'S')";

    private static final String NUMBER = "SELECT xmin::text::bigint FROM pg_database WHERE datname = ?";

    private static final String NUMBERS = """
            SELECT pg_snapshot_xmax(present)::text::bigint,
                   ARRAY (SELECT pg_snapshot_xip(present)::text::bigint)
              FROM pg_current_snapshot() AS present
            """;

    private final StatementRunner statements;

    /** The numbers of clones and renamings. */
    private final NavigableSet<Long> own = new ConcurrentSkipListSet<>();

    /** The number of the last clone or renaming of each database that is in use or ready. */
    private final Map<String, Long> made = new ConcurrentHashMap<>();

    UnchangedDatabases(StatementRunner statements) {
        this.statements = statements;
    }

    /** Notes that a database was cloned, before anyone uses it. */
    void add(String database) throws SQLException {
        made.put(database, number(database));
    }

    /** Forgets a database that is to be dropped. */
    void remove(String database) {
        made.remove(database);
    }

    /**
     * Gives a database a new name if it is unchanged, so that what is left of the test that used it cannot connect to it any more.
     *
     * @param database one without connections; with one, the server would wait for five seconds and then refuse
     * @return whether it is unchanged, and has the new name
     */
    boolean rename(String database, String other) throws SQLException {
        @Nullable Long since = made.remove(database);
        if (since == null || !isUnchanged(since)) {
            return false;
        }
        renameAnyway(database, other);
        long renamed = number(other);
        // Again, because the first answer came while the database could still be connected to.
        if (!isUnchanged(since)) {
            renameAnyway(other, database);
            return false;
        }
        made.put(other, renamed);
        own.headSet(Collections.min(made.values())).clear();
        return true;
    }

    private void renameAnyway(String database, String other) throws SQLException {
        statements.execute(
                "ALTER DATABASE " + StatementRunner.quoted(database) + " RENAME TO " + StatementRunner.quoted(other));
    }

    /** The number of the transaction that cloned or renamed a database. */
    private long number(String database) throws SQLException {
        long number = statements.with(connection -> {
            try (PreparedStatement select = connection.prepareStatement(NUMBER)) {
                select.setString(1, database);
                try (ResultSet row = select.executeQuery()) {
                    row.next();
                    return row.getLong(1);
                }
            }
        });
        own.add(number);
        return number;
    }

    private boolean isUnchanged(long since) throws SQLException {
        return statements.with(connection -> {
            try (PreparedStatement select = connection.prepareStatement(NUMBERS);
                    ResultSet row = select.executeQuery()) {
                row.next();
                Set<Long> running =
                        Arrays.stream((Long[]) row.getArray(2).getArray()).collect(Collectors.toSet());
                return LongStream.range(since + 1, row.getLong(1))
                        .allMatch(number -> own.contains(number) || running.contains(number));
            }
        });
    }
}
