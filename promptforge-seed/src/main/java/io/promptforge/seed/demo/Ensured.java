package io.promptforge.seed.demo;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Keeps count of what was made, and of what was there but not as it was loaded. */
final class Ensured {
    private final List<String> differences = new ArrayList<>();
    private int created;

    int created() {
        return created;
    }

    /** What is there, compared; or else what is made now. */
    <T> T ensure(Optional<T> present, Consumer<T> compare, Supplier<T> make) {
        present.ifPresent(compare);
        return present.orElseGet(() -> {
            created++;
            return make.get();
        });
    }

    /** Notes a difference, if there is one. */
    void same(String what, String field, Object actual, Object loaded) {
        if (!Objects.equals(actual, loaded)) {
            differences.add("the %s of %s is %s, not %s".formatted(field, what, brief(actual), brief(loaded)));
        }
    }

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
