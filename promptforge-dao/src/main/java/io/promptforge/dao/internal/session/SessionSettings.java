package io.promptforge.dao.internal.session;

import io.promptforge.dao.transaction.HostTransactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jooq.conf.Settings;

/**
 * What sessions over one DataSource have in common.
 *
 * @param jooq how jOOQ renders
 * @param host the transactions of the host, which calls join
 * @param confinement how statements tell the database their tenant
 * @param tenant the tenant whose statements the session runs; empty above the tenants
 * @param actor who the audit log says runs them; empty for a service
 * @param shared objects that they share, by type
 */
record SessionSettings(
        Settings jooq,
        HostTransactions host,
        Confinement confinement,
        Optional<UUID> tenant,
        Optional<String> actor,
        ConcurrentMap<Class<?>, Object> shared) {
    static SessionSettings of(Settings jooq, HostTransactions host, Confinement confinement) {
        return new SessionSettings(
                jooq, host, confinement, Optional.empty(), Optional.empty(), new ConcurrentHashMap<>());
    }

    SessionSettings as(UUID other) {
        return new SessionSettings(jooq, host, confinement, Optional.of(other), actor, shared);
    }

    SessionSettings by(String other) {
        return new SessionSettings(jooq, host, confinement, tenant, Optional.of(other), shared);
    }

    /** The connection for the session's statements. */
    Connection forStatements(Connection connection) throws SQLException {
        return tenant.isPresent() ? confinement.connectionOf(tenant.get(), actor, connection) : connection;
    }

    /** Runs a statement on a connection with autocommit on. */
    <T> T runAlone(Connection connection, Session.JdbcWork<T> statement) throws SQLException {
        return tenant.isPresent() && confinement.needsTransaction(actor, connection)
                ? OwnTransaction.of(connection, () -> statement.on(forStatements(connection)))
                : statement.on(forStatements(connection));
    }
}
