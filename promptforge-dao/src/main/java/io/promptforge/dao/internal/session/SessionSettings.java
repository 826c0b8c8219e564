package io.promptforge.dao.internal.session;

import io.promptforge.dao.transaction.HostTransactions;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jooq.conf.Settings;

/**
 * What all sessions over one DataSource have in common.
 *
 * @param jooq how jOOQ renders
 * @param host the transactions of the host, which calls join
 * @param shared objects that they share, by type
 */
record SessionSettings(Settings jooq, HostTransactions host, ConcurrentMap<Class<?>, Object> shared) {
    static SessionSettings of(Settings jooq, HostTransactions host) {
        return new SessionSettings(jooq, host, new ConcurrentHashMap<>());
    }
}
