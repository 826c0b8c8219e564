package io.promptforge.dao.template;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A part of a Jinja template. */
interface JinjaNode {
    void names(JinjaNames names);

    void render(JinjaScope scope, Rendering rendering);

    /** Text between tags. */
    record Text(String text) implements JinjaNode {
        @Override
        public void names(JinjaNames names) {}

        @Override
        public void render(JinjaScope scope, Rendering rendering) {
            rendering.append(text);
        }
    }

    /** <code>{{ value }}</code>. */
    record Output(Source source, int at, JinjaExpression value) implements JinjaNode {
        @Override
        public void names(JinjaNames names) {
            value.names(names);
        }

        @Override
        public void render(JinjaScope scope, Rendering rendering) {
            Object result = value.value(scope);
            if (result instanceof Undefined undefined) {
                rendering.missing(undefined.path());
            } else {
                rendering.append(PythonValues.text(result)
                        .orElseThrow(() -> source.unsupported(
                                at, "a list, an object or an extreme number as text (use join or tojson)")));
            }
        }
    }

    /** <code>{% if %}</code>, with a branch for each {@code elif}; the last one may be without a condition. */
    record If(List<Branch> branches) implements JinjaNode {
        @Override
        public void names(JinjaNames names) {
            List<JinjaNames> after = new ArrayList<>();
            boolean hasElse = false;
            for (Branch branch : branches) {
                if (branch.condition != null) {
                    branch.condition.names(names);
                }
                hasElse |= branch.condition == null;
                JinjaNames inside = names.inside(List.of());
                branch.nodes.forEach(node -> node.names(inside));
                after.add(inside);
            }
            if (!hasElse) {
                after.add(names.inside(List.of()));
            }
            names.join(after);
        }

        @Override
        public void render(JinjaScope scope, Rendering rendering) {
            branches.stream()
                    .filter(branch -> branch.condition == null || PythonValues.isTrue(branch.condition.value(scope)))
                    .findFirst()
                    .ifPresent(branch -> branch.nodes.forEach(node -> node.render(scope, rendering)));
        }
    }

    /** A branch of an if; without a condition for {@code else}. */
    record Branch(@Nullable JinjaExpression condition, List<JinjaNode> nodes) {}

    /** <code>{% set names = value %}</code>, or the text between it and {@code endset}. */
    record SetValue(Source source, int at, List<String> targets, JinjaExpression value) implements JinjaNode {
        @Override
        public void names(JinjaNames names) {
            value.names(names);
            names.set(targets);
        }

        @Override
        public void render(JinjaScope scope, Rendering rendering) {
            assign(source, at, targets, value.value(scope), scope);
        }
    }

    /** <code>{% set of.name = value %}</code>, for a {@code namespace()}. */
    record SetMember(Source source, int at, String of, String name, JinjaExpression value) implements JinjaNode {
        @Override
        public void names(JinjaNames names) {
            value.names(names);
            names.use(of, of);
        }

        @Override
        @SuppressWarnings("unchecked") // the names of a namespace are texts
        public void render(JinjaScope scope, Rendering rendering) {
            if (!(scope.find(of) instanceof Map<?, ?> namespace)) {
                throw source.unsupported(at, "setting a member of " + of);
            }
            ((Map<String, @Nullable Object>) namespace).put(name, value.value(scope));
        }
    }

    /** <code>{% with name = value %}</code>. */
    record With(List<String> targets, List<JinjaExpression> values, List<JinjaNode> nodes) implements JinjaNode {
        @Override
        public void names(JinjaNames names) {
            values.forEach(value -> value.names(names));
            JinjaNames inside = names.inside(targets);
            nodes.forEach(node -> node.names(inside));
        }

        @Override
        public void render(JinjaScope scope, Rendering rendering) {
            JinjaScope inside = scope.inside();
            for (int i = 0; i < targets.size(); i++) {
                inside.set(targets.get(i), values.get(i).value(scope));
            }
            nodes.forEach(node -> node.render(inside, rendering));
        }
    }

    /**
     * What is not rendered.
     *
     * @param values the expressions in the tag
     * @param sets the names that are set by it, from then on
     * @param parameters the names that are set inside of it only
     */
    record Unsupported(
            Source source,
            int at,
            String construct,
            List<JinjaExpression> values,
            List<String> sets,
            List<String> parameters,
            List<JinjaNode> nodes)
            implements JinjaNode {
        @Override
        public void names(JinjaNames names) {
            values.forEach(value -> value.names(names));
            names.set(sets);
            JinjaNames inside = names.foreign(parameters);
            nodes.forEach(node -> node.names(inside));
        }

        @Override
        public void render(JinjaScope scope, Rendering rendering) {
            throw source.unsupported(at, construct);
        }
    }

    /** Sets the targets: one to the value, several to its elements. */
    static void assign(Source source, int at, List<String> targets, @Nullable Object value, JinjaScope scope) {
        if (targets.size() == 1) {
            scope.set(targets.get(0), value);
            return;
        }
        List<?> elements = PythonValues.elements(value).orElse(List.of());
        if (elements.size() != targets.size()) {
            throw source.unsupported(at, "a value that has not " + targets.size() + " elements");
        }
        for (int i = 0; i < targets.size(); i++) {
            scope.set(targets.get(i), elements.get(i));
        }
    }
}
