package io.promptforge.seed.junit;

import io.promptforge.seed.testkit.TestTemplate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/**
 * The {@link PromptForgeTest} that applies to a test.
 *
 * @param isolation which tests share a database
 * @param templates the templates of the database
 * @param type the class with the annotation, own or inherited: the test's class, or one that encloses it
 * @param context the context of that class
 */
record EffectiveAnnotation(
        Isolation isolation, List<Class<? extends TestTemplate>> templates, Class<?> type, ExtensionContext context) {

    /** The annotation of the innermost enclosing class that has one. */
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
        // The extension was registered by @ExtendWith, without the annotation.
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
