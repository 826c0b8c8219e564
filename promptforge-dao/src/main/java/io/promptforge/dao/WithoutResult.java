package io.promptforge.dao;

import io.promptforge.dao.internal.check.Check;
import java.util.function.Consumer;
import java.util.function.Function;

/** The result of work that has none. */
enum WithoutResult {
    NOTHING;

    static <T> Function<T, WithoutResult> of(Consumer<T> work) {
        Check.present("work", work);
        return tx -> {
            work.accept(tx);
            return NOTHING;
        };
    }
}
