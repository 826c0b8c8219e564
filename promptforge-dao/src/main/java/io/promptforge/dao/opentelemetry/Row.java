package io.promptforge.dao.opentelemetry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A row of the {@link AttributeTable}: a field's sources in order of precedence, in the notation of {@link Source}, and how their
 * values are read. Immutable.
 */
final class Row<T> {
    private final List<Sources<T>> groups;

    private Row(List<Sources<T>> groups) {
        this.groups = groups;
    }

    static <T> Row<T> of(Reader<T> reader, String... sources) {
        return new Row<T>(List.of()).or(reader, sources);
    }

    /** Adds sources behind those before. */
    Row<T> or(Reader<T> reader, String... sources) {
        List<Sources<T>> longer = new ArrayList<>(groups);
        longer.add(new Sources<>(reader, Arrays.stream(sources).map(Source::of).toList()));
        return new Row<>(List.copyOf(longer));
    }

    /** Reads the first source whose value fits; null if there is none. */
    @Nullable T read(Attributes attributes) {
        return first(attributes, false);
    }

    /** As {@link #read}, and removes the attributes of that source if the field keeps all of their value. */
    @Nullable T lift(Attributes attributes) {
        return first(attributes, true);
    }

    Stream<Source> sources() {
        return groups.stream().flatMap(group -> group.sources.stream());
    }

    private @Nullable T first(Attributes attributes, boolean removing) {
        for (Sources<T> group : groups) {
            for (Source source : group.sources) {
                Object value = attributes.value(source);
                T read = value == null ? null : group.reader.read(value);
                if (value != null && read != null) {
                    if (removing && group.reader.keepsAll(value)) {
                        attributes.remove(source);
                    }
                    return read;
                }
            }
        }
        return null;
    }

    /** Sources with a common reader. */
    private record Sources<T>(Reader<T> reader, List<Source> sources) {}
}
