package io.promptforge.seed.junit;

import io.promptforge.seed.testkit.DatabaseTemplate;
import java.lang.annotation.Annotation;
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

    /** Looks at the test's class before those that enclose it. Without an annotation, as by {@code @ExtendWith}, its defaults apply. */
    static EffectiveAnnotation of(ExtensionContext context) {
        return of(classes(context));
    }

    /** @param classes a test class, and those that enclose it */
    static EffectiveAnnotation of(List<Class<?>> classes) {
        Class<?> type = classes.get(0);
        List<PromptForgeTest> found = new ArrayList<>();
        for (Class<?> each : classes) {
            boolean first = found.isEmpty();
            collect(each, found, new LinkedHashSet<>());
            if (first && !found.isEmpty()) {
                type = each;
            }
        }
        return new EffectiveAnnotation(
                found.isEmpty() ? Isolation.PER_METHOD : found.get(0).isolation(),
                found.stream()
                        .map(PromptForgeTest::templates)
                        .filter(templates -> templates.length > 0)
                        .findFirst()
                        .map(List::of)
                        .orElse(List.of()),
                type);
    }

    private static List<Class<?>> classes(ExtensionContext context) {
        Set<Class<?>> classes = new LinkedHashSet<>();
        for (Optional<ExtensionContext> at = Optional.of(context);
                at.isPresent();
                at = at.get().getParent()) {
            at.get().getTestClass().ifPresent(classes::add);
        }
        return List.copyOf(classes);
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
