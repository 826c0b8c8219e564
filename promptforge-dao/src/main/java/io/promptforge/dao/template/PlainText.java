package io.promptforge.dao.template;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A text without variables. */
record PlainText(String text) implements Body {
    @Override
    public void names(VariableNames names) {}

    @Override
    public void render(Map<String, @Nullable Object> values, Rendering rendering) {
        rendering.append(text);
    }
}
