package io.promptforge.dao.template;

import static io.promptforge.dao.template.JinjaOperator.UNSUPPORTED;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The filters that compare elements: by themselves or by a member, texts without regard to case unless told otherwise. */
final class JinjaSorting {
    /** An element and what it is compared by. */
    private record Keyed(@Nullable Object element, @Nullable Object key) {}

    private JinjaSorting() {}

    static @Nullable Object apply(String name, @Nullable Object value, List<?> elements, JinjaArguments arguments) {
        return switch (name) {
            case "sort" ->
                arguments.areOf("reverse", "case_sensitive", "attribute")
                        ? sorted(
                                elements,
                                arguments.get(2, "attribute", null),
                                arguments.isTrue(1, "case_sensitive"),
                                arguments.isTrue(0, "reverse"))
                        : UNSUPPORTED;
            case "dictsort" ->
                arguments.areOf("case_sensitive", "by", "reverse") && value instanceof Map<?, ?> map
                        ? sorted(
                                JinjaCalls.items(map),
                                "value".equals(arguments.get(1, "by", "key")) ? 1 : 0,
                                arguments.isTrue(0, "case_sensitive"),
                                arguments.isTrue(2, "reverse"))
                        : UNSUPPORTED;
            case "unique" -> arguments.areOf("case_sensitive", "attribute") ? unique(elements, arguments) : UNSUPPORTED;
            default ->
                arguments.areOf("case_sensitive", "attribute") ? extreme(name, elements, arguments) : UNSUPPORTED;
        };
    }

    private static Object sorted(List<?> elements, @Nullable Object attribute, boolean isCased, boolean isReversed) {
        List<Keyed> keyed = keyed(elements, attribute, isCased);
        if (!areComparable(keyed)) {
            return UNSUPPORTED;
        }
        // equal elements keep their order in both directions
        Comparator<Keyed> order = (one, other) -> compare(one.key, other.key);
        keyed.sort(isReversed ? Collections.reverseOrder(order) : order);
        List<@Nullable Object> sorted = new ArrayList<>();
        keyed.forEach(each -> sorted.add(each.element));
        return sorted;
    }

    private static @Nullable Object extreme(String name, List<?> elements, JinjaArguments arguments) {
        List<Keyed> keyed = keyed(elements, arguments.get(1, "attribute", null), arguments.isTrue(0, "case_sensitive"));
        if (!areComparable(keyed)) {
            return UNSUPPORTED;
        }
        Keyed extreme = null;
        for (Keyed each : keyed) {
            int order = extreme == null ? 0 : compare(each.key, extreme.key);
            if (extreme == null || (name.equals("min") ? order < 0 : order > 0)) {
                extreme = each;
            }
        }
        return extreme == null ? new Undefined("an element of an empty list") : extreme.element;
    }

    private static Object unique(List<?> elements, JinjaArguments arguments) {
        List<@Nullable Object> unique = new ArrayList<>();
        Set<@Nullable Object> known = new HashSet<>();
        for (Keyed each : keyed(elements, arguments.get(1, "attribute", null), arguments.isTrue(0, "case_sensitive"))) {
            if (each.key instanceof List || each.key instanceof Map || each.key instanceof Undefined) {
                return UNSUPPORTED;
            }
            Object key = PythonValues.number(each.key)
                    .<Object>map(number -> number.stripTrailingZeros())
                    .orElse(each.key);
            if (known.add(key)) {
                unique.add(each.element);
            }
        }
        return PythonElements.iterator(unique);
    }

    private static List<Keyed> keyed(List<?> elements, @Nullable Object attribute, boolean isCased) {
        List<Keyed> keyed = new ArrayList<>();
        for (Object element : elements) {
            Object key = attribute == null ? element : JinjaSelection.member(element, attribute);
            keyed.add(new Keyed(element, key instanceof String text && !isCased ? text.toLowerCase(Locale.ROOT) : key));
        }
        return keyed;
    }

    /** Whether the keys have an order: all are numbers, or all are texts. */
    private static boolean areComparable(List<Keyed> keyed) {
        return keyed.stream().allMatch(each -> PythonValues.compare(each.key, keyed.get(0).key)
                .isPresent());
    }

    private static int compare(@Nullable Object one, @Nullable Object other) {
        return PythonValues.compare(one, other).orElseThrow();
    }
}
