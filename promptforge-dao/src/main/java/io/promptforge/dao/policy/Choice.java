package io.promptforge.dao.policy;

import io.promptforge.dao.internal.check.Check;
import java.util.List;

/** The accepted values of a filter, in one form for whatever order they were named in. */
final class Choice {
    private Choice() {}

    static <E extends Enum<E>> List<E> of(String field, List<E> any) {
        return Check.present(field, any).stream()
                .map(each -> Check.present(field, each))
                .sorted()
                .distinct()
                .toList();
    }
}
