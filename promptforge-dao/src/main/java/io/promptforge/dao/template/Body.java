package io.promptforge.dao.template;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parts of a parsed template. */
interface Body {
    /** Collects the variables that are not of the template itself. */
    void names(VariableNames names);

    /** Writes the text; values are texts, numbers, booleans, null, lists and maps. */
    void render(Map<String, @Nullable Object> values, Rendering rendering);
}
