package io.promptforge.seed.junit;

import io.promptforge.seed.testkit.TestDatabase;
import io.promptforge.seed.testkit.TestDatabases;
import io.promptforge.seed.testkit.TestTemplate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.platform.commons.support.ReflectionSupport;

/** Finds or creates the database of a test or test class. JUnit closes it together with the context that holds it. */
final class DatabaseOfTest {
    private static final Namespace NAMESPACE = Namespace.create(PromptForgeExtension.class);

    private DatabaseOfTest() {}

    /** @throws ParameterResolutionException with {@code PER_METHOD}, if the parameter is not that of a test or a method around each */
    static TestDatabase of(ExtensionContext context, ParameterContext parameter) {
        EffectiveAnnotation declaration = EffectiveAnnotation.of(context);
        TestDatabases databases = databases(context.getRoot(), declaration.templates());
        return switch (declaration.isolation()) {
            case PER_METHOD -> ofMethod(context, parameter, databases);
            case PER_CLASS ->
                held(declaration.context(), databases, declaration.type().getSimpleName());
            case SHARED_READ_ONLY -> databases.sharedReadOnly();
        };
    }

    /** The database that this test or its class already has; empty if it has none. */
    static Optional<TestDatabase> existing(ExtensionContext context) {
        return Optional.ofNullable(store(context).get(Held.class, Held.class)).map(Held::database);
    }

    private static TestDatabase ofMethod(
            ExtensionContext context, ParameterContext parameter, TestDatabases databases) {
        if (context.getTestMethod().isEmpty()) {
            throw new ParameterResolutionException(
                    "With Isolation.PER_METHOD each test method has its own database, so "
                            + parameter.getDeclaringExecutable()
                            + " cannot have one. Move the parameter to a test or @BeforeEach method, or give the class one"
                            + " database: @PromptForgeTest(isolation = Isolation.PER_CLASS)");
        }
        return held(context, databases, nameOf(context));
    }

    private static TestDatabase held(ExtensionContext context, TestDatabases databases, String owner) {
        return store(context)
                .getOrComputeIfAbsent(Held.class, key -> new Held(databases.create(owner)), Held.class)
                .database();
    }

    /** One per run and list of templates, because computing the key of a template may be slow. */
    private static TestDatabases databases(ExtensionContext root, List<Class<? extends TestTemplate>> templates) {
        store(root).getOrComputeIfAbsent(EndOfRun.class, key -> new EndOfRun(), EndOfRun.class);
        return store(root)
                .getOrComputeIfAbsent(
                        templates,
                        key -> TestDatabases.of(templates.stream()
                                .map(type -> (TestTemplate) ReflectionSupport.newInstance(type))
                                .toList()),
                        TestDatabases.class);
    }

    private static Store store(ExtensionContext context) {
        return context.getStore(NAMESPACE);
    }

    private static String nameOf(ExtensionContext context) {
        String method = context.getRequiredTestMethod().getName();
        String shown = context.getDisplayName();
        return context.getRequiredTestClass().getSimpleName() + "."
                + (shown.startsWith(method) ? shown : method + " " + shown);
    }

    /** JUnit before 5.13 closes only {@code CloseableResource}; later versions warn about anything but {@code AutoCloseable}. */
    @SuppressWarnings("deprecation")
    private record Held(TestDatabase database) implements Store.CloseableResource, AutoCloseable {
        @Override
        public void close() {
            database.close();
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
