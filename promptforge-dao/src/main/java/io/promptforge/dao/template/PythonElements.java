package io.promptforge.dao.template;

import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Elements that Python does not write as a list. */
final class PythonElements extends AbstractList<@Nullable Object> {
    private final List<@Nullable Object> elements;
    private final boolean isTuple;

    private PythonElements(List<?> elements, boolean isTuple) {
        this.elements = new ArrayList<>(elements);
        this.isTuple = isTuple;
    }

    static PythonElements tuple(List<?> elements) {
        return new PythonElements(elements, true);
    }

    /** What a loop or another filter goes through, and what has no text: the members of an object, the result of {@code map}. */
    static PythonElements iterator(List<?> elements) {
        return new PythonElements(elements, false);
    }

    boolean isTuple() {
        return isTuple;
    }

    @Override
    public @Nullable Object get(int index) {
        return elements.get(index);
    }

    @Override
    public int size() {
        return elements.size();
    }
}
