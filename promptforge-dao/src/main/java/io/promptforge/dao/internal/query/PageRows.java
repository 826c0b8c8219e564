package io.promptforge.dao.internal.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jooq.Field;

/** Collects the rows of a page, and the keys of its last one if a further row follows. */
final class PageRows<T> implements Consumer<ResultRow> {
    private final RowReader<T> reader;
    private final List<Field<?>> keys;
    private final int size;
    private final List<T> items;
    private final List<Object> lastKeys = new ArrayList<>();
    private boolean more;

    PageRows(RowReader<T> reader, List<Field<?>> keys, int size) {
        this.reader = reader;
        this.keys = keys;
        this.size = size;
        this.items = new ArrayList<>(size);
    }

    @Override
    public void accept(ResultRow row) {
        if (items.size() == size) {
            more = true;
            return;
        }
        items.add(reader.read(row));
        if (items.size() == size) {
            keys.forEach(key -> lastKeys.add(Objects.requireNonNull(row.get(key))));
        }
    }

    List<T> items() {
        return items;
    }

    Optional<List<Object>> last() {
        return more ? Optional.of(lastKeys) : Optional.empty();
    }
}
