package io.promptforge.seed.junit;

import io.promptforge.seed.testkit.TestDatabase;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;
import org.junit.platform.commons.support.AnnotationSupport;

/** Provides parameters and fields of a {@link PromptForgeTest}, and keeps the databases of failed tests if configured. */
final class PromptForgeExtension implements ParameterResolver, TestInstancePostProcessor, AfterEachCallback {
    /** Lets constructors and fields have the database of the test that the instance is made for. */
    @Override
    public ExtensionContextScope getTestInstantiationExtensionContextScope(ExtensionContext root) {
        return ExtensionContextScope.TEST_METHOD;
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return ProvidedType.of(parameter.getParameter().getType(), parameter.isAnnotated(JdbcUrl.class))
                        .isPresent()
                && !isOfSpring(parameter);
    }

    /** Spring resolves what is marked by {@code @Autowired}, {@code @Qualifier} or {@code @Value}. */
    private static boolean isOfSpring(ParameterContext parameter) {
        return Stream.of(parameter.getParameter(), parameter.getDeclaringExecutable())
                .flatMap(element -> Stream.of(element.getAnnotations()))
                .anyMatch(mark -> mark.annotationType().getName().startsWith("org.springframework.beans."));
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        ProvidedType type = ProvidedType.of(parameter.getParameter().getType(), parameter.isAnnotated(JdbcUrl.class))
                .orElseThrow(() -> new IllegalStateException("Unsupported parameter: " + parameter));
        return type.from(DatabaseOfTest.of(context, "the parameter of " + parameter.getDeclaringExecutable()));
    }

    @Override
    public void postProcessTestInstance(Object instance, ExtensionContext context) throws IllegalAccessException {
        for (Field field : Stream.of(Provided.class, JdbcUrl.class)
                .flatMap(mark -> AnnotationSupport.findAnnotatedFields(instance.getClass(), mark).stream())
                .distinct()
                .toList()) {
            provide(instance, field, context);
        }
    }

    private static void provide(Object instance, Field field, ExtensionContext context) throws IllegalAccessException {
        ProvidedType type = ProvidedType.of(field.getType(), field.isAnnotationPresent(JdbcUrl.class))
                .orElseThrow(() -> refused(field, "has none of the types " + ProvidedType.names()));
        if (Modifier.isStatic(field.getModifiers()) || Modifier.isFinal(field.getModifiers())) {
            throw refused(field, "is static or final. Make it an instance field that is not final");
        }
        field.setAccessible(true);
        field.set(instance, type.from(DatabaseOfTest.of(context, "the field " + field)));
    }

    private static ExtensionConfigurationException refused(Field field, String why) {
        return new ExtensionConfigurationException("The field " + field + " cannot be provided: it " + why + ".");
    }

    /** Runs after the test's own {@code @AfterEach} methods, so that their failures count too. */
    @Override
    public void afterEach(ExtensionContext context) {
        if (Failure.isToBeKept(context)) {
            DatabaseOfTest.existing(context).ifPresent(TestDatabase::keep);
        }
    }
}
