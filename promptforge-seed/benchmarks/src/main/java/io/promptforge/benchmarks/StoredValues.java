package io.promptforge.benchmarks;

import io.promptforge.dao.json.Json;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Converts values to what the columns store. */
final class StoredValues {
    private StoredValues() {}

    static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static @Nullable String text(@Nullable Json json) {
        return json == null ? null : json.text();
    }

    static @Nullable Long micros(@Nullable Duration duration) {
        return duration == null ? null : TimeUnit.MICROSECONDS.convert(duration);
    }
}
