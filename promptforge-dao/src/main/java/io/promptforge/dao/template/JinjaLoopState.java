package io.promptforge.dao.template;

import java.util.AbstractMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The variable {@code loop} of a loop of Jinja. Its members are made when they are asked for, as most loops ask for none. */
final class JinjaLoopState extends AbstractMap<String, @Nullable Object> {
    private static final List<String> MEMBERS = List.of(
            "index",
            "index0",
            "revindex",
            "revindex0",
            "first",
            "last",
            "length",
            "depth",
            "depth0",
            "previtem",
            "nextitem");

    private final List<@Nullable Object> elements;
    private final int place;

    JinjaLoopState(List<@Nullable Object> elements, int place) {
        this.elements = elements;
        this.place = place;
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return switch (String.valueOf(name)) {
            case "previtem" -> place > 0;
            case "nextitem" -> place < elements.size() - 1;
            default -> MEMBERS.contains(String.valueOf(name));
        };
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
        if (!containsKey(name)) {
            return null;
        }
        return switch (String.valueOf(name)) {
            case "index" -> place + 1;
            case "index0" -> place;
            case "revindex" -> elements.size() - place;
            case "revindex0" -> elements.size() - place - 1;
            case "first" -> place == 0;
            case "last" -> place == elements.size() - 1;
            case "length" -> elements.size();
            case "previtem" -> elements.get(place - 1);
            case "nextitem" -> elements.get(place + 1);
            case "depth" -> 1; // of recursion, and recursive loops are not rendered
            default -> 0;
        };
    }

    @Override
    public Set<Map.Entry<String, @Nullable Object>> entrySet() {
        Stream<String> names = MEMBERS.stream().filter(this::containsKey);
        return names.map(name -> new SimpleImmutableEntry<String, @Nullable Object>(name, get(name)))
                .collect(Collectors.toSet());
    }
}
