package io.promptforge.dao;

import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

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
                .map(method -> invoke(method, all(type), project))
                .orElseGet(() -> all(type));
    }

    /** The filter that every row passes. */
    static Object all(Class<?> type) {
        try {
            return invoke(type.getMethod("all"), null);
        } catch (NoSuchMethodException e) {
            throw new AssertionError(type + " has no all()", e);
        }
    }

    /** The filter of a project and the one for all, and each of them once with each of its conditions. */
    static List<Object> variants(Class<?> type, EveryCall call, Arguments arguments, UUID project) {
        List<Object> variants = new ArrayList<>();
        for (Object base : List.of(all(type), inProject(type, project))) {
            variants.add(base);
            for (Method method : type.getMethods()) {
                if (method.getReturnType() == type && !Modifier.isStatic(method.getModifiers())) {
                    variants.add(invoke(method, base, arguments(method, call, arguments, project)));
                }
            }
        }
        return variants.stream().distinct().toList();
    }

    private static Object[] arguments(Method method, EveryCall call, Arguments arguments, UUID project) {
        return Arrays.stream(method.getParameters())
                .map(parameter -> {
                    Class<?> type = parameter.getType();
                    if (type == UUID.class) {
                        return project;
                    }
                    if (type == String.class) {
                        return "some";
                    }
                    if (type.isArray()) {
                        Object array = Array.newInstance(type.getComponentType(), 1);
                        Array.set(array, 0, type.getComponentType().getEnumConstants()[0]);
                        return array;
                    }
                    return arguments.value(call, type, parameter.getName());
                })
                .toArray();
    }

    private static Object invoke(Method method, @Nullable Object target, Object... arguments) {
        try {
            return method.invoke(target, arguments);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new LinkageError(method.toString(), e);
        }
    }
}
