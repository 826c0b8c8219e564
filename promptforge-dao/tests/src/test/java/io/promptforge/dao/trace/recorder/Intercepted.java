package io.promptforge.dao.trace.recorder;

import io.promptforge.dao.trace.NewTrace;
import io.promptforge.dao.trace.TraceRepository;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Consumer;

/** A tenant's traces in the database, with something done before each batch: to count it, hold it up, or let it fail. */
final class Intercepted {

    private Intercepted() {}

    static TraceRepository traces(TraceRepository real, Consumer<List<NewTrace>> before) {
        return (TraceRepository) Proxy.newProxyInstance(
                TraceRepository.class.getClassLoader(),
                new Class<?>[] {TraceRepository.class},
                (self, method, arguments) -> switch (method.getName()) {
                    case "equals" -> self == arguments[0];
                    case "hashCode" -> System.identityHashCode(self);
                    default -> {
                        if (method.getName().equals("recordAccepted")) {
                            @SuppressWarnings("unchecked")
                            List<NewTrace> batch = (List<NewTrace>) arguments[0];
                            before.accept(batch);
                        }
                        try {
                            yield method.invoke(real, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause() == null ? e : e.getCause();
                        }
                    }
                });
    }
}
