package io.promptforge.dao;

import io.promptforge.dao.trace.RefusedTrace;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A method of one of the repositories of a tenant, found by reflection, so that a new one cannot be forgotten.
 *
 * @param accessor the tenant's method that gives the repository
 * @param method the repository's method
 */
record EveryCall(Method accessor, Method method) {

    /** All there are. */
    static List<EveryCall> all() {
        return Arrays.stream(Tenant.class.getMethods())
                .filter(accessor -> accessor.getReturnType().getSimpleName().endsWith("Repository"))
                .flatMap(accessor -> Arrays.stream(accessor.getReturnType().getMethods())
                        .filter(method -> !Modifier.isStatic(method.getModifiers()))
                        .map(method -> new EveryCall(accessor, method)))
                .sorted(Comparator.comparing(EveryCall::toString))
                .toList();
    }

    /**
     * What the method gives for the tenant; what it throws comes out as it is. A method that returns the refused elements throws the
     * first refusal here, and gives its arguments if there is none.
     */
    Object on(Tenant tenant, Object... arguments) {
        try {
            Object result = method.invoke(accessor.invoke(tenant), arguments);
            if (returnsRefusals()) {
                List<?> refused = (List<?>) result;
                if (!refused.isEmpty()) {
                    throw ((RefusedTrace) refused.get(0)).refusal();
                }
                return List.of(arguments);
            }
            return result;
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new AssertionError(e.getCause());
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private boolean returnsRefusals() {
        return method.getGenericReturnType().getTypeName().contains(RefusedTrace.class.getName());
    }

    /** Whether it only reads, so that it can be called again and again. */
    boolean isRead() {
        return method.getName()
                .matches(
                        "find.*|list.*|resolve|versions|currentVersions|diff|.*[dD]eployments|deploymentHistory|results.*|groups|summary|compare"
                                + "|tree.*|children|childSummaries|count.*|applicable|hasPassword|digest|verify");
    }

    /** The feature and the method, such as {@code prompts.find}. */
    String name() {
        return accessor.getName() + "." + method.getName();
    }

    @Override
    public String toString() {
        return name()
                + Stream.of(method.getParameters())
                        .map(parameter -> parameter.getType().getSimpleName() + " " + parameter.getName())
                        .toList();
    }
}
