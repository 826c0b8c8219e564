package io.promptforge.dao.trace;

import io.promptforge.dao.internal.check.Check;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tags of a trace as they are stored. */
final class TraceTags {
    private TraceTags() {}

    /** The tags sorted and without repetition, if none of them is blank. */
    static List<String> of(@Nullable List<String> labels) {
        return Check.texts("tags", labels).stream().distinct().sorted().toList();
    }
}
