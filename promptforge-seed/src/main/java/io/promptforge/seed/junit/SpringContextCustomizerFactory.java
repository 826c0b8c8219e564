package io.promptforge.seed.junit;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;

/** Gives the application context of a {@link PromptForgeTest} its database. Found by Spring in {@code spring.factories}. */
final class SpringContextCustomizerFactory implements ContextCustomizerFactory {
    @Override
    public @Nullable ContextCustomizer createContextCustomizer(
            Class<?> test, List<ContextConfigurationAttributes> attributes) {
        List<Class<?>> classes = EffectiveAnnotation.classes(test);
        Optional<EffectiveAnnotation> declaration = EffectiveAnnotation.find(classes);
        declaration.ifPresent(found -> SpringTests.configured(test));
        return declaration
                .map(found -> new SpringContextCustomizer(found.templates(), apart(found, classes)))
                .orElse(null);
    }

    /** The class that needs a context of its own, because that of its outer class keeps data from one test to the next. */
    private static Optional<Class<?>> apart(EffectiveAnnotation declaration, List<Class<?>> classes) {
        List<Class<?>> outer = classes.subList(classes.indexOf(declaration.type()) + 1, classes.size());
        return EffectiveAnnotation.find(outer)
                .filter(found -> found.isolation() == Isolation.PER_CLASS)
                .map(found -> declaration.type());
    }
}
