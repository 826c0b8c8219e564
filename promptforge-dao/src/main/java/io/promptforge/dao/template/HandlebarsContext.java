package io.promptforge.dao.template;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values at a place of a Handlebars template that is rendered.
 *
 * @param value what {@code this} is
 * @param data what begins with an at sign: {@code index}, {@code key}, {@code first}, {@code last}, {@code root}
 * @param parameters the block parameters that can be seen
 * @param outer what {@code ../} leads to
 */
record HandlebarsContext(
        @Nullable Object value,
        Map<String, ?> data,
        Map<String, ?> parameters,
        @Nullable HandlebarsContext outer) {

    static HandlebarsContext root(Map<String, @Nullable Object> values) {
        return new HandlebarsContext(values, Map.of("root", values), Map.of(), null);
    }

    @Nullable Object find(HandlebarsExpression.Path path) {
        List<String> parts = path.parts();
        HandlebarsContext context = this;
        for (int i = 0; i < path.up() && context != null; i++) {
            context = context.outer;
        }
        if (context == null) {
            return new Undefined(path.text());
        }
        if (path.isData()) {
            return members(context.data, parts, path.text().replaceFirst("^@root[./]", ""));
        }
        boolean isParameter =
                path.up() == 0 && !path.isScoped() && !parts.isEmpty() && parameters.containsKey(parts.get(0));
        return members(isParameter ? parameters : context.value, parts, path.name());
    }

    private static @Nullable Object members(@Nullable Object of, List<String> parts, String path) {
        Object found = of;
        for (String part : parts) {
            found = JavaScriptValues.member(found, part, path);
        }
        return found;
    }
}
