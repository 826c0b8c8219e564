package io.promptforge.schema.doctor;

import io.promptforge.schema.doctor.Finding.Severity;
import io.promptforge.schema.internal.Rows;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Server, database and role: what does not depend on the schema. */
final class ServerCheck implements Check {

    private static final int OLDEST_SERVER = 14;
    private static final int NEWEST_SERVER = 18;

    private static final String FACTS = """
            SELECT current_setting('server_version') AS version,
                   current_setting('server_version_num')::integer / 10000 AS major,
                   current_setting('server_encoding') AS encoding,
                   current_user AS role,
                   r.rolsuper AS superuser, r.rolbypassrls AS bypasses_rls, r.rolcreaterole AS creates_roles,
                   greatest(age(d.datfrozenxid), mxid_age(d.datminmxid)) AS age,
                   (SELECT sum(numbackends) FROM pg_stat_database) AS connections,
                   current_setting('max_connections')::integer
                       - current_setting('superuser_reserved_connections')::integer AS most_connections
            FROM pg_roles r, pg_database d
            WHERE r.rolname = current_user AND d.datname = current_database()""";

    /** What is set for the database or the role; the driver sets the zone of its own sessions. */
    private static final String TIME_ZONE = """
            SELECT split_part(setting, '=', 2)
            FROM pg_db_role_setting s CROSS JOIN unnest(s.setconfig) setting
            WHERE s.setrole IN (0, current_user::regrole)
            AND s.setdatabase IN (0, (SELECT oid FROM pg_database WHERE datname = current_database()))
            AND setting ILIKE 'timezone=%' AND setting NOT SIMILAR TO '%=(Etc/)?(UTC|GMT|Universal)'
            LIMIT 1""";

    private static final String OPEN_TRANSACTIONS = """
            SELECT format('process %s of role %s, %s, open for %s', pid, usename, state,
                          date_trunc('second', now() - xact_start))
            FROM pg_stat_activity
            WHERE datname = current_database() AND pid <> pg_backend_pid()
            AND xact_start < now() - make_interval(secs => ?)
            ORDER BY xact_start""";

    private final Thresholds thresholds;
    private final Clock clock;

    ServerCheck(Thresholds thresholds, Clock clock) {
        this.thresholds = thresholds;
        this.clock = clock;
    }

    @Override
    public List<Finding> examine(Connection connection, String schema) throws SQLException {
        List<Finding> findings = new ArrayList<>(Rows.read(connection, FACTS, this::findings).stream()
                .flatMap(List::stream)
                .toList());
        clockSkew(connection).ifPresent(findings::add);
        Rows.texts(connection, TIME_ZONE).stream().map(ServerCheck::timeZone).forEach(findings::add);
        List<String> open = Rows.texts(connection, OPEN_TRANSACTIONS, (double)
                thresholds.openTransaction().toSeconds());
        if (!open.isEmpty()) {
            findings.add(Finding.of(
                            Severity.WARNING,
                            Fault.LONG_TRANSACTION,
                            open.size()
                                    + " transactions are open for long; they keep dead rows, and migrations wait for them",
                            "Find out why they do not end, or end them")
                    .details(open)
                    .command("SELECT pg_terminate_backend(process)"));
        }
        return findings;
    }

    private List<Finding> findings(ResultSet facts) throws SQLException {
        List<Finding> findings = new ArrayList<>();
        int major = facts.getInt("major");
        if (major < OLDEST_SERVER || major > NEWEST_SERVER) {
            findings.add(Finding.of(
                    major < OLDEST_SERVER ? Severity.ERROR : Severity.WARNING,
                    Fault.UNSUPPORTED_VERSION,
                    "The server is PostgreSQL " + facts.getString("version"),
                    "Use PostgreSQL " + OLDEST_SERVER + " to " + NEWEST_SERVER));
        }
        encoding(facts.getString("encoding")).ifPresent(findings::add);
        role(facts, findings);
        if (facts.getLong("age") > thresholds.transactionAge()) {
            findings.add(Finding.of(
                            Severity.ERROR,
                            Fault.WRAPAROUND_NEAR,
                            String.format(
                                    "The oldest row was frozen %,d transactions ago; at 2,100,000,000 the server accepts no"
                                            + " more writes",
                                    facts.getLong("age")),
                            "End old transactions and prepared ones, drop unused replication slots, then vacuum")
                    .command("VACUUM (FREEZE)"));
        }
        if (facts.getLong("connections") >= facts.getInt("most_connections") * thresholds.connections()) {
            findings.add(Finding.of(
                    Severity.WARNING,
                    Fault.CONNECTIONS_EXHAUSTED,
                    facts.getLong("connections") + " of " + facts.getInt("most_connections")
                            + " connections are in use",
                    "Use smaller pools, a pooler such as PgBouncer, or raise max_connections"));
        }
        return findings;
    }

    private static Finding timeZone(String zone) {
        return Finding.of(
                Severity.INFO,
                Fault.TIME_ZONE,
                "The time zone of psql and reports is " + zone
                        + ": there a day begins at its midnight, while the library counts days in UTC",
                "Name the zone in reports, or set it to UTC for the role and the database");
    }

    private static Optional<Finding> encoding(String encoding) {
        return switch (encoding) {
            case "UTF8" -> Optional.empty();
            case "SQL_ASCII" ->
                Optional.of(Finding.of(
                        Severity.WARNING,
                        Fault.ENCODING,
                        "The database has the encoding SQL_ASCII: lengths count bytes, and nothing checks that texts are"
                                + " readable",
                        "Create a database with ENCODING 'UTF8', and restore a backup into it"));
            default ->
                Optional.of(Finding.of(
                        Severity.ERROR,
                        Fault.ENCODING,
                        "The database has the encoding " + encoding + ", which cannot hold every text",
                        "Create a database with ENCODING 'UTF8', and restore a backup into it"));
        };
    }

    private static void role(ResultSet facts, List<Finding> findings) throws SQLException {
        List<String> powers = new ArrayList<>();
        if (facts.getBoolean("superuser")) {
            powers.add("is a superuser");
        } else {
            if (facts.getBoolean("bypasses_rls")) {
                powers.add("bypasses row-level security");
            }
            if (facts.getBoolean("creates_roles")) {
                powers.add("may create roles");
            }
        }
        if (!powers.isEmpty()) {
            findings.add(Finding.of(
                            Severity.WARNING,
                            Fault.ROLE_TOO_POWERFUL,
                            "Role \"" + facts.getString("role") + "\" " + String.join(" and ", powers)
                                    + ": a mistake in the service, or a stolen password, reaches the whole server",
                            "Let the service connect with a role of its own that has rights on its schema only")
                    .command("CREATE ROLE app LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB"));
        }
    }

    private Optional<Finding> clockSkew(Connection connection) throws SQLException {
        Instant before = clock.instant();
        Instant server = Rows.read(connection, "SELECT clock_timestamp()", row -> row.getObject(1, OffsetDateTime.class)
                        .toInstant())
                .get(0);
        Instant after = clock.instant();
        Duration skew = server.isBefore(before)
                ? Duration.between(before, server)
                : server.isAfter(after) ? Duration.between(after, server) : Duration.ZERO;
        if (skew.abs().compareTo(thresholds.clockSkew()) <= 0) {
            return Optional.empty();
        }
        return Optional.of(Finding.of(
                Severity.WARNING,
                Fault.CLOCK_SKEW,
                "The server's clock is " + skew.abs().toMillis() / 1000.0 + " s "
                        + (skew.isNegative() ? "behind" : "ahead of") + " the clock of this machine",
                "Let NTP set the clocks of both machines"));
    }
}
