package io.promptforge.dao.evaluation;

import io.promptforge.dao.internal.check.Check;
import java.util.List;

/** The constants that a filter lets through. */
final class AnyOf {
    private AnyOf() {}

    /** Each once and sorted, so that two filters of one meaning are equal, and so are their cursors. */
    static <E extends Enum<E>> List<E> these(String field, List<E> constants) {
        Check.present(field, constants).forEach(constant -> Check.present(field, constant));
        return constants.stream().distinct().sorted().toList();
    }
}
