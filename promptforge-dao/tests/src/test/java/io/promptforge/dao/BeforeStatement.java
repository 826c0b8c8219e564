package io.promptforge.dao;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import javax.sql.DataSource;

/** Does something between two statements of a call: right before the first that begins in a certain way. */
public final class BeforeStatement {

    private final DataSource dataSource;
    private final AtomicBoolean sent = new AtomicBoolean();

    public BeforeStatement(DataSource database, String beginning, Runnable work) {
        this.dataSource = proxy(
                DataSource.class,
                database,
                (method, arguments) -> {},
                (method, result) -> result instanceof Connection connection
                        ? proxy(
                                Connection.class,
                                connection,
                                (called, values) -> {
                                    if (called.equals("prepareStatement")
                                            && values[0].toString().startsWith(beginning)
                                            && sent.compareAndSet(false, true)) {
                                        work.run();
                                    }
                                },
                                (called, made) -> made)
                        : result);
    }

    /** The DataSource to be used. */
    public DataSource dataSource() {
        return dataSource;
    }

    /** Whether there was such a statement. */
    public boolean wasSent() {
        return sent.get();
    }

    private static <T> T proxy(Class<T> type, T target, Before before, BiFunction<String, Object, Object> after) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    before.calling(method.getName(), arguments);
                    try {
                        return after.apply(method.getName(), method.invoke(target, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause() == null ? e : e.getCause();
                    }
                }));
    }

    private interface Before {
        void calling(String method, Object[] arguments);
    }
}
