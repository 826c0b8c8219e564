package io.promptforge.dao.template;

import io.promptforge.dao.template.HandlebarsExpressions.Content;
import io.promptforge.dao.template.HandlebarsNames.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A block: <code>{{#each items}}…{{else}}…{{/each}}</code>.
 *
 * @param nodes what is rendered if the condition holds, or for each element
 * @param otherwise the else part
 */
record HandlebarsBlock(
        Source source, int start, Content content, List<HandlebarsNode> nodes, List<HandlebarsNode> otherwise)
        implements HandlebarsNode {
    private static final List<String> CONDITIONS = List.of("if", "unless");

    @Override
    public void names(HandlebarsNames names) {
        content.names(names);
        HandlebarsNames inside = inside(names);
        nodes.forEach(node -> node.names(inside));
        otherwise.forEach(node -> node.names(names));
    }

    private HandlebarsNames inside(HandlebarsNames names) {
        if (!content.isCall()) {
            return names.in(Kind.UNKNOWN, content.parameters());
        }
        return switch (helper()) {
            case "if", "unless" -> names;
            case "each", "with" -> names.in(Kind.ELEMENT, content.parameters());
            default -> names.unknown().with(content.parameters());
        };
    }

    @Override
    public void render(HandlebarsContext context, Rendering rendering) {
        boolean isHelper = content.isCall() && content.path().isSimple();
        if (!isHelper && content.isCall()) {
            throw source.unsupported(start, "the helper " + content.path().text());
        }
        if (!isHelper) {
            renderSection(context.find(content.path()), context, rendering);
            return;
        }
        if (!List.of("if", "unless", "each", "with").contains(helper())
                || content.arguments().size() != 1) {
            throw source.unsupported(start, "the helper " + helper());
        }
        Object value = content.arguments().get(0).value(context);
        if (CONDITIONS.contains(helper())) {
            render(holds(value, context) == helper().equals("if") ? nodes : otherwise, context, rendering);
            return;
        }
        if (value instanceof Undefined undefined && otherwise.isEmpty()) {
            rendering.missing(undefined.path());
        } else if (helper().equals("each")) {
            renderEach(value, context, rendering);
        } else {
            renderWith(value, context, rendering);
        }
    }

    private boolean holds(@Nullable Object value, HandlebarsContext context) {
        HandlebarsExpression includeZero = content.options().get("includeZero");
        boolean isZero = value instanceof Number number && new BigDecimal(number.toString()).signum() == 0;
        boolean takesZero = includeZero != null && JavaScriptValues.isTrue(includeZero.value(context));
        return isZero ? takesZero : JavaScriptValues.isTrue(value) && !isEmpty(value);
    }

    /** As a block with the name of a value does: it is a condition, a loop or a with, depending on the value. */
    private void renderSection(@Nullable Object value, HandlebarsContext context, Rendering rendering) {
        boolean isNothing =
                value == null || value instanceof Undefined || Boolean.FALSE.equals(value) || isEmpty(value);
        if (isNothing) {
            render(otherwise, context, rendering);
        } else if (Boolean.TRUE.equals(value)) {
            render(nodes, context, rendering);
        } else if (value instanceof List) {
            renderEach(value, context, rendering);
        } else {
            render(nodes, inner(value, context, Map.of(), List.of()), rendering);
        }
    }

    private void renderWith(@Nullable Object value, HandlebarsContext context, Rendering rendering) {
        boolean isNothing = isEmpty(value) || (!JavaScriptValues.isTrue(value) && !(value instanceof Number));
        if (isNothing) {
            render(otherwise, context, rendering);
        } else {
            List<@Nullable Object> values = new ArrayList<>();
            values.add(value);
            render(nodes, inner(value, context, Map.of(), values), rendering);
        }
    }

    private void renderEach(@Nullable Object value, HandlebarsContext context, Rendering rendering) {
        List<Object> keys = new ArrayList<>();
        List<@Nullable Object> elements = new ArrayList<>();
        if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                keys.add(i);
                elements.add(list.get(i));
            }
        } else if (value instanceof Map<?, ?> map) {
            map.forEach((key, element) -> {
                keys.add(key);
                elements.add(element);
            });
        }
        for (int i = 0; i < keys.size(); i++) {
            Map<String, Object> data =
                    Map.of("index", i, "key", keys.get(i), "first", i == 0, "last", i == keys.size() - 1);
            List<@Nullable Object> values = new ArrayList<>();
            values.add(elements.get(i));
            values.add(keys.get(i));
            render(nodes, inner(elements.get(i), context, data, values), rendering);
        }
        if (keys.isEmpty()) {
            render(otherwise, context, rendering);
        }
    }

    private HandlebarsContext inner(
            @Nullable Object value,
            HandlebarsContext context,
            Map<String, Object> more,
            List<@Nullable Object> values) {
        Map<String, @Nullable Object> data = new HashMap<>(context.data());
        data.putAll(more);
        Map<String, @Nullable Object> parameters = new HashMap<>(context.parameters());
        for (int i = 0; i < Math.min(values.size(), content.parameters().size()); i++) {
            parameters.put(content.parameters().get(i), values.get(i));
        }
        return new HandlebarsContext(value, data, parameters, context);
    }

    private static void render(List<HandlebarsNode> nodes, HandlebarsContext context, Rendering rendering) {
        rendering.step();
        nodes.forEach(node -> node.render(context, rendering));
    }

    private String helper() {
        return content.path().name();
    }

    private static boolean isEmpty(@Nullable Object value) {
        return value instanceof List<?> list && list.isEmpty();
    }
}
