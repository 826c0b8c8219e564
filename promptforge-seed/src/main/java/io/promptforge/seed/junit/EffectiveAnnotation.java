package io.promptforge.seed.junit;

import io.promptforge.seed.testkit.DatabaseTemplate;
import java.lang.annotation.Annotation;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The {@link PromptForgeTest} that applies to a test.
 *
 * @param isolation that of the innermost annotation
 * @param templates those of the innermost annotation that names any
 * @param type the class with the innermost annotation, own or inherited: the test's class, or one that encloses it
 */
record EffectiveAnnotation(Isolation isolation, List<Class<? extends DatabaseTemplate>> templates, Class<?> type) {

    /** That of a test. Without an annotation, as by {@code @ExtendWith}, its defaults apply. */
    static EffectiveAnnotation of(ExtensionContext context) {
        Class<?> test = context.getRequiredTestClass();
        return find(classes(test)).orElseGet(() -> new EffectiveAnnotation(Isolation.PER_METHOD, List.of(), test));
    }

    /**
     * That of a test class; empty without an annotation.
     *
     * @param classes the class, and then those that enclose it
     */
    static Optional<EffectiveAnnotation> find(List<Class<?>> classes) {
        List<PromptForgeTest> found = new ArrayList<>();
        Optional<Class<?>> type = Optional.empty();
        for (Class<?> each : classes) {
            collect(each, found, new LinkedHashSet<>());
            if (type.isEmpty() && !found.isEmpty()) {
                type = Optional.of(each);
            }
        }
        return type.map(it -> new EffectiveAnnotation(found.get(0).isolation(), templates(found), it));
    }

    private static List<Class<? extends DatabaseTemplate>> templates(List<PromptForgeTest> annotations) {
        for (PromptForgeTest each : annotations) {
            if (each.templates().length > 0) {
                return List.of(each.templates());
            }
        }
        return List.of();
    }

    /** A test class, and then those that it is nested in. */
    static List<Class<?>> classes(Class<?> test) {
        List<Class<?>> classes = new ArrayList<>(List.of(test));
        for (Class<?> at = test; at.getEnclosingClass() != null && !Modifier.isStatic(at.getModifiers()); ) {
            at = at.getEnclosingClass();
            classes.add(at);
        }
        return classes;
    }

    /** Adds the annotations of a type in the order in which they apply: its own, meta-annotations, interfaces, base class. */
    private static void collect(Class<?> type, List<PromptForgeTest> found, Set<Class<?>> seen) {
        if (type.getName().startsWith("java.") || !seen.add(type)) {
            return;
        }
        Optional.ofNullable(type.getDeclaredAnnotation(PromptForgeTest.class)).ifPresent(found::add);
        for (Annotation annotation : type.getDeclaredAnnotations()) {
            collect(annotation.annotationType(), found, seen);
        }
        for (Class<?> parent : type.getInterfaces()) {
            collect(parent, found, seen);
        }
        if (type.getSuperclass() != null) {
            collect(type.getSuperclass(), found, seen);
        }
    }
}
