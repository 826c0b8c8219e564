package io.promptforge.dao;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * Takes the library's own wall between the tenants down, or single stones of it: of each statement that passes, it replaces conditions
 * that compare {@code organization_id} with the tenant, or with that of a joined table, by ones that are always true.
 */
final class WithoutTenantConditions {

    private static final Pattern CONDITION = Pattern.compile("(?:[\\w\"]+\\.)*\"?organization_id\"? = "
            + "(cast\\(\\? as uuid\\)|\\?(?:::uuid)?|(?:[\\w\"]+\\.)+\"?organization_id\"?)");

    private final DataSource dataSource;
    private final Predicate<TenantCondition> chosen;
    private final AtomicInteger removed = new AtomicInteger();
    private final AtomicInteger statements = new AtomicInteger();

    /** Removes all conditions that name the tenant; joins stay within one. */
    WithoutTenantConditions(DataSource database) {
        this(database, condition -> !condition.isJoin());
    }

    /** Removes those conditions that are chosen. */
    WithoutTenantConditions(DataSource database, Predicate<TenantCondition> chosen) {
        this.chosen = chosen;
        this.dataSource = proxy(
                DataSource.class,
                database,
                arguments -> arguments,
                result -> result instanceof Connection connection ? withoutConditions(connection) : result);
    }

    /** The DataSource to be used. */
    DataSource dataSource() {
        return dataSource;
    }

    /** How many conditions were removed since the last call of this method. */
    int removed() {
        return removed.getAndSet(0);
    }

    /** How many statements have passed. */
    int statements() {
        return statements.get();
    }

    private Connection withoutConditions(Connection connection) {
        return proxy(
                Connection.class,
                connection,
                given -> {
                    if (given instanceof Object[] arguments
                            && arguments.length > 0
                            && arguments[0] instanceof String sql) {
                        Object[] changed = arguments.clone();
                        changed[0] = without(sql);
                        return changed;
                    }
                    return given;
                },
                result -> result);
    }

    private String without(String sql) {
        statements.incrementAndGet();
        AtomicInteger place = new AtomicInteger();
        return CONDITION.matcher(sql).replaceAll(found -> {
            if (!chosen.test(new TenantCondition(sql, place.getAndIncrement(), found.group()))) {
                return Matcher.quoteReplacement(found.group());
            }
            removed.incrementAndGet();
            return Matcher.quoteReplacement("(" + found.group(1).replaceFirst("^\\?$", "?::uuid") + " is not null)");
        });
    }

    /**
     * One condition of one statement.
     *
     * @param sql the statement
     * @param place how many others come before it in the statement
     * @param text the condition
     */
    record TenantCondition(String sql, int place, String text) {
        private static final Pattern JOIN = Pattern.compile("organization_id\"?$");

        /** Whether it compares the tenants of two tables that are joined. */
        boolean isJoin() {
            return JOIN.matcher(text).find()
                    && !text.endsWith("tenant.organization_id")
                    && !text.endsWith("\"r\".\"organization_id\"");
        }
    }

    private static <T> T proxy(Class<T> type, T target, Change arguments, Change result) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, given) -> {
            try {
                return result.of(method.invoke(target, (Object[]) arguments.of(given)));
            } catch (InvocationTargetException e) {
                throw e.getCause() == null ? e : e.getCause();
            }
        }));
    }

    private interface Change {
        Object of(Object given);
    }
}
