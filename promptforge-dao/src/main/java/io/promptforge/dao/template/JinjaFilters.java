package io.promptforge.dao.template;

import static io.promptforge.dao.template.JinjaOperator.UNSUPPORTED;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The filters of Jinja: {@code name | title}. Those of texts, numbers and lists are in classes of their own. */
final class JinjaFilters {
    private JinjaFilters() {}

    static @Nullable Object apply(String name, List<@Nullable Object> values, Map<String, @Nullable Object> options) {
        Object value = values.get(0);
        JinjaArguments arguments = new JinjaArguments(values.subList(1, values.size()), options);
        return switch (name) {
            case "default", "d" -> orDefault(value, arguments);
            case "tojson" -> json(value, arguments);
            case "abs", "round", "int", "float" -> JinjaNumberFilters.apply(name, value, arguments);
            case "length",
                    "count",
                    "first",
                    "last",
                    "list",
                    "items",
                    "reverse",
                    "unique",
                    "sort",
                    "dictsort",
                    "join",
                    "sum",
                    "min",
                    "max",
                    "batch",
                    "map",
                    "select",
                    "reject",
                    "selectattr",
                    "rejectattr" -> JinjaListFilters.apply(name, value, arguments);
            default -> JinjaTextFilters.apply(name, value, arguments);
        };
    }

    private static @Nullable Object orDefault(@Nullable Object value, JinjaArguments arguments) {
        boolean isReplaced =
                value instanceof Undefined || (arguments.isTrue(1, "boolean") && !PythonValues.isTrue(value));
        return isReplaced ? arguments.get(0, "default_value", "") : value;
    }

    private static Object json(@Nullable Object value, JinjaArguments arguments) {
        Object indent = arguments.get(0, "indent", null);
        boolean isKnown = arguments.areOf("indent")
                && (indent == null || (indent instanceof Integer blanks && blanks >= 0 && blanks <= 100));
        return isKnown
                ? PythonJson.text(value, (Integer) indent)
                        .map(text -> (Object) text)
                        .orElse(UNSUPPORTED)
                : UNSUPPORTED;
    }
}
