package io.promptforge.seed.junit;

import io.promptforge.seed.testkit.DatabaseTemplate;
import io.promptforge.seed.testkit.TestDatabase;
import io.promptforge.seed.testkit.TestDatabases;
import java.lang.annotation.Annotation;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * Finds or creates the database of a test or test class. JUnit closes it together with the context that holds it.
 *
 * <p>A store of JUnit's also looks into those of the enclosing contexts. So a database is stored under the id of its context: a
 * nested class never finds that of its outer class by accident.
 */
final class DatabaseOfTest {
    private static final Namespace NAMESPACE = Namespace.create(PromptForgeExtension.class);
    private static final String CLASS_TEMPLATE = "org.junit.jupiter.api.ClassTemplate"; // since JUnit 5.13

    private DatabaseOfTest() {}

    /**
     * The database for a parameter or field.
     *
     * @param place the parameter or field, for messages
     * @throws ExtensionConfigurationException if the isolation gives it none
     */
    static TestDatabase of(ExtensionContext context, String place) {
        refuseQuarkus(context.getRequiredTestClass());
        EffectiveAnnotation declaration = EffectiveAnnotation.of(context);
        Optional<SpringTests.Source> spring = SpringTests.of(context.getRequiredTestClass(), declaration.isolation());
        if (spring.isPresent()) {
            return ofSpring(context, declaration, spring.get(), place);
        }
        TestDatabases databases = databases(context.getRoot(), declaration.templates());
        if (declaration.isolation() == Isolation.SHARED_READ_ONLY) {
            return databases.sharedReadOnly();
        }
        ExtensionContext owner = owner(context, declaration)
                .orElseThrow(() -> new ExtensionConfigurationException(refusal(declaration, place)));
        return store(owner)
                .getOrComputeIfAbsent(key(owner), key -> new Held(databases.create(nameOf(owner)), owner), Held.class)
                .database();
    }

    private static void refuseQuarkus(Class<?> test) {
        for (Annotation mark : test.getAnnotations()) {
            if (mark.annotationType().getName().equals("io.quarkus.test.junit.QuarkusTest")) {
                throw new ExtensionConfigurationException(test.getName()
                        + " has an application of Quarkus, which does not see the databases of @PromptForgeTest. Use"
                        + " @QuarkusTestResource(PromptForgeTestResource.class) instead, and @Provided fields.");
            }
        }
    }

    /** From the first use to its end the test has the database for itself. */
    private static TestDatabase ofSpring(
            ExtensionContext context, EffectiveAnnotation declaration, SpringTests.Source source, String place) {
        if (owner(context, declaration).isEmpty()) {
            throw new ExtensionConfigurationException(refusal(declaration, place));
        }
        TestDatabase database = source.database();
        if (context.getTestMethod().isPresent()) {
            store(context).getOrComputeIfAbsent("turn of " + context.getUniqueId(), key -> Turn.of(source), Turn.class);
        }
        return database;
    }

    /** The database that this test or its class already has; empty if it has none of its own. */
    static Optional<TestDatabase> existing(ExtensionContext context) {
        EffectiveAnnotation declaration = EffectiveAnnotation.of(context);
        return owner(context, declaration)
                .map(owner -> store(owner).get(key(owner), Held.class))
                .map(Held::database);
    }

    /** The context of the test or class that has a database; empty if there is none. */
    private static Optional<ExtensionContext> owner(ExtensionContext context, EffectiveAnnotation declaration) {
        return switch (declaration.isolation()) {
            case PER_METHOD ->
                Optional.of(context).filter(it -> it.getTestMethod().isPresent());
            case PER_CLASS -> ofClass(context, declaration.type());
            case SHARED_READ_ONLY -> Optional.empty();
        };
    }

    /** The context of the class, or of one of its invocations; empty outside of the invocations of a class with several. */
    private static Optional<ExtensionContext> ofClass(ExtensionContext context, Class<?> type) {
        ExtensionContext at = context;
        while (at.getTestMethod().isPresent() || at.getRequiredTestClass() != type) {
            at = at.getParent().orElseThrow();
        }
        return Optional.of(at).filter(found -> !hasInvocations(type) || isInvocation(found, type));
    }

    private static boolean isInvocation(ExtensionContext context, Class<?> type) {
        return context.getParent()
                .flatMap(ExtensionContext::getTestClass)
                .filter(type::equals)
                .isPresent();
    }

    private static boolean hasInvocations(Class<?> type) {
        return ReflectionSupport.tryToLoadClass(CLASS_TEMPLATE)
                .toOptional()
                .filter(template -> AnnotationSupport.isAnnotated(type, template.asSubclass(Annotation.class)))
                .isPresent();
    }

    private static String refusal(EffectiveAnnotation declaration, String place) {
        if (declaration.isolation() == Isolation.PER_CLASS) {
            return "With Isolation.PER_CLASS each invocation of "
                    + declaration.type().getSimpleName()
                    + " has its own database, so " + place + ", which exists once for all invocations, has none."
                    + " Use a @BeforeParameterizedClassInvocation or @BeforeEach method.";
        }
        return "With Isolation.PER_METHOD each test method has its own database, so " + place
                + ", which is of the whole class, has none. Use a test or @BeforeEach method, remove"
                + " @TestInstance(PER_CLASS) if there is one, or give the class one database:"
                + " @PromptForgeTest(isolation = Isolation.PER_CLASS)";
    }

    /** One per run and list of templates, because computing the key of a template may be slow. */
    private static TestDatabases databases(ExtensionContext root, List<Class<? extends DatabaseTemplate>> templates) {
        store(root).getOrComputeIfAbsent(EndOfRun.class, key -> new EndOfRun(), EndOfRun.class);
        Function<Object, TestDatabases> create = key -> TestDatabases.ofClasses(templates);
        return store(root).getOrComputeIfAbsent(templates, create::apply, TestDatabases.class);
    }

    private static Store store(ExtensionContext context) {
        return context.getStore(NAMESPACE);
    }

    private static String key(ExtensionContext owner) {
        return "database of " + owner.getUniqueId();
    }

    private static String nameOf(ExtensionContext owner) {
        String type = owner.getRequiredTestClass().getSimpleName();
        String shown = owner.getDisplayName();
        return owner.getTestMethod()
                .map(method ->
                        type + "." + (shown.startsWith(method.getName()) ? shown : method.getName() + " " + shown))
                .orElse(type);
    }

    /** JUnit before 5.13 closes only {@code CloseableResource}; later versions warn about anything but {@code AutoCloseable}. */
    @SuppressWarnings("deprecation")
    private record Held(TestDatabase database, ExtensionContext owner)
            implements Store.CloseableResource, AutoCloseable {
        /** Keeps the database of a class that failed outside of its tests, for example in {@code @BeforeAll}. */
        @Override
        public void close() {
            if (Failure.isToBeKept(owner)) {
                database.keep();
            }
            database.close();
        }
    }

    /** The time in which a test has the database of its application context for itself. */
    @SuppressWarnings("deprecation")
    private record Turn(SpringTests.Source source) implements Store.CloseableResource, AutoCloseable {
        static Turn of(SpringTests.Source source) {
            source.begin();
            return new Turn(source);
        }

        @Override
        public void close() {
            source.end();
        }
    }

    /** Waits for the last leak reports before the run ends. */
    @SuppressWarnings("deprecation")
    private record EndOfRun() implements Store.CloseableResource, AutoCloseable {
        @Override
        public void close() {
            TestDatabases.awaitReports();
        }
    }
}
