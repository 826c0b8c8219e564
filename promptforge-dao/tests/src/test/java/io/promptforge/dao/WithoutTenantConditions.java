package io.promptforge.dao;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * Takes the library's own wall between the tenants down: of each statement that passes, it replaces the conditions that compare
 * {@code organization_id} with the tenant by ones that are always true. What is left is row-level security.
 */
final class WithoutTenantConditions {

    private static final Pattern CONDITION =
            Pattern.compile("(?:[\\w\"]+\\.)*\"?organization_id\"? = (cast\\(\\? as uuid\\)|\\?(?:::uuid)?|tenant\\.organization_id|\"r\"\\.\"organization_id\")");

    private final DataSource dataSource;
    private final AtomicInteger removed = new AtomicInteger();

    WithoutTenantConditions(DataSource database) {
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

    private Connection withoutConditions(Connection connection) {
        return proxy(
                Connection.class,
                connection,
                given -> {
                    if (given instanceof Object[] arguments
                            && arguments.length > 0
                            && arguments[0] instanceof String sql) {
                        Object[] changed = arguments.clone();
                        changed[0] = CONDITION.matcher(sql).replaceAll(found -> {
                            removed.incrementAndGet();
                            return "(" + found.group(1).replaceFirst("^\\?$", "?::uuid") + " is not null)";
                        });
                        return changed;
                    }
                    return given;
                },
                result -> result);
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
