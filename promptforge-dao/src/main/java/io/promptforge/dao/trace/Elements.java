package io.promptforge.dao.trace;

import io.promptforge.dao.error.InvalidValueException;
import io.promptforge.dao.internal.check.Check;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a list that a caller gives must be; the messages say which of its elements is to blame, counted from 0. */
final class Elements {
    private Elements() {}

    /** A copy of the list, if neither it nor anything in it is null. */
    static <T> List<T> present(String field, @Nullable List<T> list) {
        List<T> copy = new ArrayList<>(Check.present(field, list));
        int missing = copy.indexOf(null);
        if (missing >= 0) {
            throw new InvalidValueException(
                    field, "The element " + missing + " of " + field + " must not be null.", null);
        }
        return Collections.unmodifiableList(copy);
    }
}
