package io.promptforge.schema.doctor;

import io.promptforge.schema.doctor.Finding.Severity;
import io.promptforge.schema.internal.SqlState;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Tells apart why there is no connection: by the kinds of exceptions and by SQLSTATE, because messages are translated. */
final class ConnectionCheck {

    /** The function of PostgreSQL that looks up the role that logs in. */
    private static final String ROLE_LOOKUP = "InitializeSessionUserId";

    /**
     * What the driver reports itself when the server has no TLS, or asks for a password that was not given. Only the message tells
     * these apart; every translation of it contains "SSL".
     */
    private static final String CONNECTION_REJECTED = "08004";

    private ConnectionCheck() {}

    static Finding explain(Throwable failure) {
        String reason =
                firstLine(SqlState.errorIn(failure).<Throwable>map(sql -> sql).orElse(failure));
        String code = SqlState.of(failure);
        if (code.equals(SqlState.INVALID_CATALOG_NAME)) {
            return error(Fault.DATABASE_MISSING, reason, "Create the database, or correct its name in the URL")
                    .command("CREATE DATABASE name ENCODING 'UTF8' TEMPLATE template0");
        }
        boolean isDriversRefusal =
                code.equals(CONNECTION_REJECTED) && serverError(failure).isEmpty();
        if (isDriversRefusal && reason.contains("SSL")) {
            return tls(reason);
        }
        if (code.startsWith(SqlState.INVALID_AUTHORIZATION_CLASS) || isDriversRefusal) {
            return login(failure, reason);
        }
        if (code.equals(SqlState.TOO_MANY_CONNECTIONS)) {
            return error(
                    Fault.CONNECTIONS_EXHAUSTED,
                    reason,
                    "Use smaller pools, end idle sessions, or raise max_connections");
        }
        return network(failure, reason);
    }

    private static Finding login(Throwable failure, String reason) {
        boolean roleMissing = serverError(failure)
                .map(ServerErrorMessage::getRoutine)
                .filter(ROLE_LOOKUP::equals)
                .isPresent();
        return roleMissing
                ? error(Fault.ROLE_MISSING, reason, "Create the role, or correct its name in the URL")
                        .command("CREATE ROLE name LOGIN PASSWORD '…'")
                : error(
                        Fault.LOGIN_REFUSED,
                        reason,
                        "Check role and password (of the URL, PGPASSWORD or the pgpass file), and the server's pg_hba.conf;"
                                + " for a role that does not exist, servers report a wrong password too");
    }

    private static Finding network(Throwable failure, String reason) {
        if (has(failure, UnknownHostException.class)) {
            return error(Fault.UNKNOWN_HOST, reason, "Correct the host of the URL, or see the DNS of this machine");
        }
        if (has(failure, SSLException.class)) {
            return tls(reason);
        }
        if (has(failure, ConnectException.class)
                || has(failure, NoRouteToHostException.class)
                || has(failure, SocketTimeoutException.class)) {
            return error(
                    Fault.CONNECTION_REFUSED,
                    reason,
                    "Start the server, and check host and port of the URL, the server's listen_addresses and firewalls");
        }
        return error(Fault.NO_CONNECTION, reason, "See the reason, and the log of the server");
    }

    private static Finding tls(String reason) {
        return error(
                Fault.TLS_FAILED,
                reason,
                "Switch ssl on at the server and check its certificate, or add sslmode=disable to the URL if the network is"
                        + " trusted");
    }

    private static Optional<ServerErrorMessage> serverError(Throwable failure) {
        return SqlState.errorIn(failure).filter(PSQLException.class::isInstance).map(error -> ((PSQLException) error)
                .getServerErrorMessage());
    }

    private static boolean has(Throwable failure, Class<? extends Exception> kind) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (kind.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static Finding error(Fault fault, String reason, String remedy) {
        return Finding.of(Severity.ERROR, fault, "There is no connection: " + reason, remedy);
    }

    /** The first line, because PostgreSQL's details can quote rows. */
    static String firstLine(Throwable failure) {
        return Optional.ofNullable(failure.getMessage())
                .flatMap(message -> message.lines().findFirst())
                .orElseGet(() -> failure.getClass().getSimpleName())
                .replaceFirst("\\.+$", "");
    }
}
