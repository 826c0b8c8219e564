package io.promptforge.benchmarks;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A value that is made on first use. Thread-safe. */
final class Lazy<T> {
    private final Supplier<T> supplier;
    private @Nullable T value;

    Lazy(Supplier<T> supplier) {
        this.supplier = supplier;
    }

    synchronized T get() {
        T made = value;
        if (made == null) {
            made = supplier.get();
            value = made;
        }
        return made;
    }
}
