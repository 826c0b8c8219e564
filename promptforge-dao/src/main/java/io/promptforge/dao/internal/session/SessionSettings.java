package io.promptforge.dao.internal.session;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jooq.conf.Settings;

/**
 * What all sessions over one DataSource have in common.
 *
 * @param jooq how jOOQ renders
 * @param shared objects that they share, by type
 */
record SessionSettings(Settings jooq, ConcurrentMap<Class<?>, Object> shared) {
    static SessionSettings of(Settings jooq) {
        return new SessionSettings(jooq, new ConcurrentHashMap<>());
    }
}
