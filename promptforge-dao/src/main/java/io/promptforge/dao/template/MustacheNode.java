package io.promptforge.dao.template;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A part of a Mustache template. */
sealed interface MustacheNode {
    void names(boolean isCertain, VariableNames names);

    void render(Context context, Rendering rendering);

    /** The value of the section that is rendered, inside of the values around it. */
    record Context(@Nullable Object value, @Nullable Context outer) {
        /** The value of a name: its first part is looked up from the innermost context on, and the others in what was found. */
        @Nullable Object find(String name) {
            if (name.equals(".")) {
                return value;
            }
            String[] parts = name.split("\\.", -1);
            for (Context each = this; each != null; each = each.outer) {
                if (each.value instanceof Map<?, ?> map && map.containsKey(parts[0])) {
                    Object found = map.get(parts[0]);
                    for (int i = 1; i < parts.length; i++) {
                        found = JavaScriptValues.member(found, parts[i], name);
                    }
                    return found;
                }
            }
            return new Undefined(name);
        }
    }

    /** Text between tags. */
    record Text(String text) implements MustacheNode {
        @Override
        public void names(boolean isCertain, VariableNames names) {}

        @Override
        public void render(Context context, Rendering rendering) {
            rendering.append(text);
        }
    }

    /** <code>{{name}}</code>. */
    record Variable(Source source, int start, String name) implements MustacheNode {
        @Override
        public void names(boolean isCertain, VariableNames names) {
            if (!name.equals(".")) {
                names.add(name.split("\\.", -1)[0], name, isCertain);
            }
        }

        @Override
        public void render(Context context, Rendering rendering) {
            Object value = context.find(name);
            if (value instanceof Undefined undefined) {
                rendering.missing(undefined.path());
            } else {
                rendering.append(JavaScriptValues.text(value)
                        .orElseThrow(() -> source.unsupported(
                                start, "a list, an object or an extreme number as the text of " + name)));
            }
        }
    }

    /** <code>{{#name}}…{{/name}}</code> or <code>{{^name}}…{{/name}}</code>. */
    record Section(String name, boolean isInverted, List<MustacheNode> nodes) implements MustacheNode {
        @Override
        public void names(boolean isCertain, VariableNames names) {
            if (!name.equals(".")) {
                names.add(name.split("\\.", -1)[0], name, isCertain);
            }
            nodes.forEach(node -> node.names(isCertain && isInverted, names));
        }

        @Override
        public void render(Context context, Rendering rendering) {
            Object value = context.find(name);
            boolean holds = JavaScriptValues.isTrue(value) && !(value instanceof List<?> list && list.isEmpty());
            if (isInverted) {
                if (!holds) {
                    renderIn(context, rendering);
                }
            } else if (Boolean.TRUE.equals(value)) {
                renderIn(context, rendering);
            } else if (holds && value instanceof List<?> list) {
                list.forEach(element -> renderIn(new Context(element, context), rendering));
            } else if (holds) {
                renderIn(new Context(value, context), rendering);
            }
        }

        private void renderIn(Context context, Rendering rendering) {
            rendering.step();
            nodes.forEach(node -> node.render(context, rendering));
        }
    }

    /** What is not rendered; names inside of it may be of another template. */
    record Unsupported(Source source, int start, String construct, List<MustacheNode> nodes) implements MustacheNode {
        @Override
        public void names(boolean isCertain, VariableNames names) {
            nodes.forEach(node -> node.names(false, names));
        }

        @Override
        public void render(Context context, Rendering rendering) {
            throw source.unsupported(start, construct);
        }
    }
}
