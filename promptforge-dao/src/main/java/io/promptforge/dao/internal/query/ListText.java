package io.promptforge.dao.internal.query;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The text of a list's statement behind its SELECT, put together from rendered parts, with the values that it binds. */
final class ListText {
    private final StringBuilder text;
    private final List<@Nullable Object> values;

    ListText() {
        this(new StringBuilder(), new ArrayList<>());
    }

    private ListText(StringBuilder text, List<@Nullable Object> values) {
        this.text = text;
        this.values = values;
    }

    ListText copy() {
        return new ListText(new StringBuilder(text), new ArrayList<>(values));
    }

    ListText append(String part) {
        text.append(part);
        return this;
    }

    ListText append(String part, List<?> bound) {
        text.append(part);
        values.addAll(bound);
        return this;
    }

    /** The values, for parts that bind theirs one by one. */
    List<@Nullable Object> values() {
        return values;
    }

    BoundText bound(Fragment select, @Nullable UUID tenant) {
        List<@Nullable Object> all = new ArrayList<>();
        select.parameters().forEach(parameter -> all.add(tenant));
        all.addAll(values);
        return new BoundText(select.text() + text, all);
    }

    BoundText bound(String select) {
        return new BoundText(select + text, values);
    }
}
