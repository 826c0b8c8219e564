package io.promptforge.dao.template;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A Handlebars template. */
record HandlebarsBody(List<HandlebarsNode> nodes) implements Body {
    @Override
    public void names(VariableNames names) {
        HandlebarsNames root = HandlebarsNames.root(names);
        nodes.forEach(node -> node.names(root));
    }

    @Override
    public void render(Map<String, @Nullable Object> values, Rendering rendering) {
        HandlebarsContext root = HandlebarsContext.root(values);
        nodes.forEach(node -> node.render(root, rendering));
    }
}
