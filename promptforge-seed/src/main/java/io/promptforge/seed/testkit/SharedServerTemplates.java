package io.promptforge.seed.testkit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.Function;

/**
 * Templates on a shared server. A database that is marked as a template is complete; an unmarked one was left half built.
 * A JVM that uses a template holds a shared advisory lock on it until the JVM ends. A JVM that builds a template holds a
 * second, exclusive lock until the template is complete.
 */
final class SharedServerTemplates {
    private final Connection lock;
    private final StatementRunner statements;
    private final Function<String, DatabaseAddress> addresses;
    private final String role;

    /** @param lock the connection that holds the locks; stays open */
    SharedServerTemplates(Connection lock, StatementRunner statements, Function<String, DatabaseAddress> addresses)
            throws SQLException {
        this.lock = lock;
        this.statements = statements;
        this.addresses = addresses;
        this.role = lock.getMetaData().getUserName();
    }

    /**
     * Builds the missing templates of the chain; returns the name of the last one. Synchronized, because advisory locks
     * exclude sessions, not the threads that use one session.
     */
    synchronized String ready(TemplateChain chain) throws Exception {
        String base = "template0";
        for (TemplateChain prefix : chain.prefixes()) {
            String name = SharedDatabaseNames.template(prefix.hash(), role);
            ready(name, base, prefix.last().template());
            base = name;
        }
        return base;
    }

    private void ready(String name, String base, DatabaseTemplate template) throws Exception {
        // Before the check, so that the template cannot be dropped after it.
        select("pg_advisory_lock_shared", SharedDatabaseNames.templateLock(name).orElseThrow());
        if (!isReady(name)) {
            long build = SharedDatabaseNames.buildLock(name).orElseThrow();
            // Waits while another JVM builds it. Not the lock above, which that JVM keeps after it has built the
            // template.
            select("pg_advisory_lock", build);
            try {
                buildUnlessReady(name, base, template);
            } finally {
                select("pg_advisory_unlock", build);
            }
        }
        markUsed(name);
    }

    private void buildUnlessReady(String name, String base, DatabaseTemplate template) throws Exception {
        if (isReady(name)) {
            return;
        }
        statements.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
        statements.execute("CREATE DATABASE " + name + " TEMPLATE " + base);
        TemplateFailure.prepare(template, addresses.apply(name).dataSource());
        statements.execute("ALTER DATABASE " + name + " WITH ALLOW_CONNECTIONS false");
        // prepare() may have left connections open, and CREATE DATABASE ... TEMPLATE fails while there is one.
        statements.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '" + name
                + "' AND usename = current_user");
        statements.execute("ALTER DATABASE " + name + " WITH IS_TEMPLATE true");
    }

    private boolean isReady(String name) throws SQLException {
        return statements.with(connection -> {
            try (PreparedStatement select =
                    connection.prepareStatement("SELECT datistemplate FROM pg_database WHERE datname = ?")) {
                select.setString(1, name);
                try (ResultSet found = select.executeQuery()) {
                    return found.next() && found.getBoolean(1);
                }
            }
        });
    }

    private void markUsed(String name) throws SQLException {
        statements.execute(
                "COMMENT ON DATABASE " + name + " IS '" + Reaper.LAST_USED + LocalDate.now(ZoneOffset.UTC) + "'");
    }

    private void select(String function, long key) throws SQLException {
        try (Statement statement = lock.createStatement()) {
            statement.execute("SELECT " + function + "(" + key + ")");
        }
    }
}
