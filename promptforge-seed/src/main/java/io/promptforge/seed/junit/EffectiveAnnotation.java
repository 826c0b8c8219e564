package io.promptforge.seed.junit;

import io.promptforge.seed.testkit.TestTemplate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * The {@link PromptForgeTest} that applies to a test.
 *
 * @param type the class that has it, or inherits it: the test's own, or one that it is nested in
 * @param context of that class
 */
record EffectiveAnnotation(
        Isolation isolation, List<Class<? extends TestTemplate>> templates, Class<?> type, ExtensionContext context) {

    /** The innermost. */
    static EffectiveAnnotation of(ExtensionContext context) {
        for (Optional<ExtensionContext> at = Optional.of(context);
                at.isPresent();
                at = at.get().getParent()) {
            Optional<PromptForgeTest> found = at.get()
                    .getTestClass()
                    .flatMap(type -> AnnotationSupport.findAnnotation(type, PromptForgeTest.class));
            if (found.isPresent()) {
                Class<?> type = at.get().getRequiredTestClass();
                return new EffectiveAnnotation(
                        found.get().isolation(), List.of(found.get().templates()), type, outermost(at.get(), type));
            }
        }
        // Registered by itself, without the annotation.
        return new EffectiveAnnotation(Isolation.PER_METHOD, List.of(), context.getRequiredTestClass(), context);
    }

    private static ExtensionContext outermost(ExtensionContext context, Class<?> type) {
        ExtensionContext outermost = context;
        for (Optional<ExtensionContext> at = Optional.of(context);
                at.isPresent() && at.get().getTestClass().filter(type::equals).isPresent();
                at = at.get().getParent()) {
            outermost = at.get();
        }
        return outermost;
    }
}
