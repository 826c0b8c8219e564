package io.promptforge.dao.opentelemetry;

import io.promptforge.dao.model.naming.Providers;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the name of a provider. */
final class ProviderReader {
    private ProviderReader() {}

    /** Reads the one name of a provider; the attribute stays if it has another. */
    static Reader<String> reader() {
        Reader<String> raw = AttributeParsers.name(200);
        Reader<String> named = read(raw, Providers::name);
        return named.keepingAllOf(read(raw, name -> name.equals(Providers.name(name)) ? name : null));
    }

    private static Reader<String> read(Reader<String> raw, Function<String, @Nullable String> name) {
        return value -> {
            String given = raw.read(value);
            return given == null ? null : name.apply(given);
        };
    }
}
