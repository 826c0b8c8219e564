package io.promptforge.dao.template;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The variables at a place of a Jinja template that is rendered. */
final class JinjaScope {
    private final Map<String, @Nullable Object> values = new HashMap<>();
    private final @Nullable JinjaScope outer;
    private final Rendering rendering;

    private JinjaScope(@Nullable JinjaScope outer, Rendering rendering) {
        this.outer = outer;
        this.rendering = rendering;
    }

    static JinjaScope root(Map<String, @Nullable Object> values, Rendering rendering) {
        JinjaScope scope = new JinjaScope(null, rendering);
        scope.values.putAll(values);
        return scope;
    }

    /** Inside of a loop or a with: what is set there ends with it. */
    JinjaScope inside() {
        return new JinjaScope(this, rendering);
    }

    /** The text of nodes inside of this scope. */
    String captured(List<JinjaNode> nodes) {
        return rendering.captured(() -> {
            rendering.step();
            JinjaScope inside = inside();
            nodes.forEach(node -> node.render(inside, rendering));
        });
    }

    void set(String name, @Nullable Object value) {
        values.put(name, value);
    }

    /** What an operation takes for a value that is not given: the empty text, if the variable needs no value; else it is missing. */
    Object inPlaceOf(Undefined undefined) {
        return rendering.missing(undefined.path()) ? undefined : "";
    }

    @Nullable Object find(String name) {
        for (JinjaScope scope = this; scope != null; scope = scope.outer) {
            if (scope.values.containsKey(name)) {
                return scope.values.get(name);
            }
        }
        return new Undefined(name);
    }
}
