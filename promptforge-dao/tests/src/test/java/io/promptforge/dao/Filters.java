package io.promptforge.dao;

import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** The filters of lists, found by reflection. */
final class Filters {

    private Filters() {}

    static boolean isFilter(Class<?> type) {
        return type.getSimpleName().endsWith("Filter");
    }

    /** The filter of a project, or that of all rows if there is no such condition. */
    static Object inProject(Class<?> type, UUID project) {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getName().equals("projectId")
                        && method.getReturnType() == type
                        && method.getParameterCount() == 1)
                .findAny()
                .map(method -> Samples.call(method, all(type), project))
                .orElseGet(() -> all(type));
    }

    /** The filter that every row passes. */
    static Object all(Class<?> type) {
        try {
            return Samples.call(type.getMethod("all"), null);
        } catch (NoSuchMethodException e) {
            throw new AssertionError(type + " has no all()", e);
        }
    }

    /** The filter of a project and the one for all, and each of them once with each of its conditions. */
    static List<Object> variants(Class<?> type, UUID project) {
        Samples samples = new Samples(0);
        return Stream.of(all(type), inProject(type, project))
                .flatMap(base -> Stream.concat(
                        Stream.of(base), Samples.setters(type).stream().map(setter -> samples.set(setter, base))))
                .distinct()
                .toList();
    }
}
