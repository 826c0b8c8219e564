package io.promptforge.seed.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Adds missing parts, and collects how existing parts differ from the loaded ones. Not thread-safe. */
final class DemoReconciler {
    private final List<String> differences = new ArrayList<>();
    private int created;

    /** The number of parts that were added. */
    int created() {
        return created;
    }

    /** Returns the existing part after comparing it, or creates it. */
    <T> T ensure(Optional<T> present, Consumer<T> compare, Supplier<T> make) {
        present.ifPresent(compare);
        return present.orElseGet(() -> {
            created++;
            return make.get();
        });
    }

    /** Records a difference if the values are not equal. */
    void same(String what, String field, Object actual, Object loaded) {
        if (!Objects.equals(actual, loaded)) {
            differences.add("the %s of %s is %s, not %s".formatted(field, what, brief(actual), brief(loaded)));
        }
    }

    /** @throws DemoDataException if a difference was recorded */
    void refuseDifferences() {
        if (!differences.isEmpty()) {
            throw new DemoDataException(differences);
        }
    }

    private static String brief(Object value) {
        String text = value instanceof Optional<?> optional
                ? optional.map(String::valueOf).orElse("empty")
                : String.valueOf(value);
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }
}
