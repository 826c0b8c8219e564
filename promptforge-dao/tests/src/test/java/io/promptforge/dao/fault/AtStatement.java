package io.promptforge.dao.fault;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** Does something in the middle of a call: right before it prepares its n-th statement, counted from 1. */
final class AtStatement {
    private final AtomicInteger countdown;
    private final Runnable work;

    AtStatement(int number, Runnable work) {
        this.countdown = new AtomicInteger(number);
        this.work = work;
    }

    /** Whether the call had so many statements. */
    boolean isReached() {
        return countdown.get() <= 0;
    }

    DataSource over(DataSource target) {
        return proxy(DataSource.class, target);
    }

    private <T> T proxy(Class<T> type, T target) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    if (method.getName().equals("prepareStatement")
                            || method.getName().equals("createStatement")) {
                        if (countdown.decrementAndGet() == 0) {
                            work.run();
                        }
                    }
                    try {
                        Object result = method.invoke(target, arguments);
                        return result instanceof Connection connection ? proxy(Connection.class, connection) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause() == null ? e : e.getCause();
                    }
                }));
    }
}
