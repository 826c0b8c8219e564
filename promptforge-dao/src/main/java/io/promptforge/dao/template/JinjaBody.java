package io.promptforge.dao.template;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A Jinja template. */
record JinjaBody(List<JinjaNode> nodes) implements Body {
    @Override
    public void names(VariableNames names) {
        JinjaNames root = new JinjaNames(names);
        root.set(List.of("self"));
        nodes.forEach(node -> node.names(root));
    }

    @Override
    public void render(Map<String, @Nullable Object> values, Rendering rendering) {
        JinjaScope root = JinjaScope.root(values, rendering);
        nodes.forEach(node -> node.render(root, rendering));
    }
}
