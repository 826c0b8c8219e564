package io.promptforge.dao.template;

import static io.promptforge.dao.template.JinjaOperator.UNSUPPORTED;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The filters that take a member of each element, apply a filter to each, or choose elements by a test. */
final class JinjaSelection {
    private JinjaSelection() {}

    static Object apply(String name, List<?> elements, JinjaArguments arguments) {
        if (name.equals("map")) {
            return map(elements, arguments);
        }
        return arguments.options().isEmpty()
                ? select(elements, arguments.values(), name.endsWith("attr"), name.startsWith("select"))
                : UNSUPPORTED;
    }

    /** A member of an element by its path: {@code customer.name}, {@code 0}. */
    static @Nullable Object member(@Nullable Object element, @Nullable Object path) {
        if (path instanceof Integer) {
            return PythonValues.member(element, path, "an element");
        }
        Object member = element;
        for (String part : String.valueOf(path).split("\\.", -1)) {
            boolean isPlace = part.matches("[0-9]{1,9}");
            member = PythonValues.member(member, isPlace ? (Object) Integer.valueOf(part) : part, String.valueOf(path));
        }
        return member;
    }

    private static Object map(List<?> elements, JinjaArguments arguments) {
        boolean isMember = arguments.values().isEmpty() && arguments.options().containsKey("attribute");
        boolean isFilter = !arguments.values().isEmpty() && arguments.values().get(0) instanceof String;
        List<@Nullable Object> mapped = new ArrayList<>();
        for (Object element : elements) {
            Object result = UNSUPPORTED;
            if (isMember) {
                result = member(element, arguments.options().get("attribute"));
                result = result instanceof Undefined ? arguments.options().getOrDefault("default", result) : result;
            } else if (isFilter) {
                List<@Nullable Object> values = new ArrayList<>(arguments.values());
                String filter = String.valueOf(values.set(0, element));
                result = JinjaFilters.apply(filter, values, arguments.options());
            }
            if (result == UNSUPPORTED || result instanceof Undefined) {
                return result;
            }
            mapped.add(result);
        }
        boolean isKnown = isFilter
                || (isMember
                        && List.of("attribute", "default")
                                .containsAll(arguments.options().keySet()));
        return isKnown ? PythonElements.iterator(mapped) : UNSUPPORTED;
    }

    private static Object select(List<?> elements, List<@Nullable Object> given, boolean ofMember, boolean isChosen) {
        List<@Nullable Object> arguments = new ArrayList<>(given);
        if (ofMember && arguments.isEmpty()) {
            return UNSUPPORTED;
        }
        Object path = ofMember ? arguments.remove(0) : null;
        List<@Nullable Object> chosen = new ArrayList<>();
        for (Object element : elements) {
            Object value = ofMember ? member(element, path) : element;
            Object result = arguments.isEmpty() ? (Object) PythonValues.isTrue(value) : test(value, arguments);
            if (!(result instanceof Boolean holds)) {
                return UNSUPPORTED;
            }
            if (holds == isChosen) {
                chosen.add(element);
            }
        }
        return PythonElements.iterator(chosen);
    }

    private static Object test(@Nullable Object value, List<@Nullable Object> arguments) {
        List<@Nullable Object> values = new ArrayList<>(arguments);
        String test = String.valueOf(values.set(0, value));
        return JinjaTests.apply(test, values);
    }
}
