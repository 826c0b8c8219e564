package io.promptforge.dao.template;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A Mustache template. */
record MustacheBody(List<MustacheNode> nodes) implements Body {
    @Override
    public void names(VariableNames names) {
        nodes.forEach(node -> node.names(true, names));
    }

    @Override
    public void render(Map<String, @Nullable Object> values, Rendering rendering) {
        MustacheNode.Context root = new MustacheNode.Context(values, null);
        nodes.forEach(node -> node.render(root, rendering));
    }
}
