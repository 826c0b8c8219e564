package io.promptforge.dao.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * <code>{% for item in items %}</code>.
 *
 * @param condition which elements it goes through; null for all
 * @param otherwise the else part
 */
record JinjaLoop(
        Source source,
        int at,
        List<String> targets,
        JinjaExpression list,
        @Nullable JinjaExpression condition,
        boolean isRecursive,
        List<JinjaNode> nodes,
        List<JinjaNode> otherwise)
        implements JinjaNode {
    @Override
    public void names(JinjaNames names) {
        list.names(names);
        if (condition != null) {
            condition.names(names.inside(targets));
        }
        JinjaNames inside = names.inside(targets);
        inside.set(List.of("loop"));
        nodes.forEach(node -> node.names(inside));
        JinjaNames without = names.inside(List.of());
        otherwise.forEach(node -> node.names(without));
    }

    @Override
    public void render(JinjaScope scope, Rendering rendering) {
        Object value = list.value(scope);
        if (value instanceof Undefined undefined && otherwise.isEmpty()) {
            rendering.missing(undefined.path());
            return;
        }
        Optional<List<?>> all = value instanceof Undefined ? Optional.of(List.of()) : PythonValues.elements(value);
        if (isRecursive || all.isEmpty()) {
            throw source.unsupported(at, isRecursive ? "a recursive loop" : "a loop through a value that is no list");
        }
        List<@Nullable Object> elements = chosen(all.get(), scope);
        for (int i = 0; i < elements.size(); i++) {
            JinjaScope inside = scope.inside();
            JinjaNode.assign(source, at, targets, elements.get(i), inside);
            inside.set("loop", new JinjaLoopState(elements, i));
            rendering.step();
            nodes.forEach(node -> node.render(inside, rendering));
        }
        if (elements.isEmpty()) {
            JinjaScope inside = scope.inside();
            otherwise.forEach(node -> node.render(inside, rendering));
        }
    }

    private List<@Nullable Object> chosen(List<?> all, JinjaScope scope) {
        if (condition == null) {
            return new ArrayList<>(all);
        }
        List<@Nullable Object> elements = new ArrayList<>();
        for (Object element : all) {
            JinjaScope inside = scope.inside();
            JinjaNode.assign(source, at, targets, element, inside);
            if (PythonValues.isTrue(condition.value(inside))) {
                elements.add(element);
            }
        }
        return elements;
    }
}
