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

/** Finds or makes the database that a test, or a class, is to use. JUnit closes it with the context that it belongs to. */
final class DatabaseOfTest {
    private static final Namespace NAMESPACE = Namespace.create(PromptForgeExtension.class);

    private DatabaseOfTest() {}

    /** @throws ParameterResolutionException if each method has its own, and it is no method that asks */
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

    /** The one that was made for this test or its class before, if there is one. */
    static Optional<TestDatabase> existing(ExtensionContext context) {
        return Optional.ofNullable(store(context).get(Held.class, Held.class)).map(Held::database);
    }

    private static TestDatabase ofMethod(
            ExtensionContext context, ParameterContext parameter, TestDatabases databases) {
        if (context.getTestMethod().isEmpty()) {
            throw new ParameterResolutionException("Each test method has a database of its own, so there is none for "
                    + parameter.getDeclaringExecutable()
                    + ". Ask for it in the test or in a method before each, or let the class have one:"
                    + " @PromptForgeTest(isolation = Isolation.PER_CLASS)");
        }
        return held(context, databases, nameOf(context));
    }

    private static TestDatabase held(ExtensionContext context, TestDatabases databases, String owner) {
        return store(context)
                .getOrComputeIfAbsent(Held.class, key -> new Held(databases.create(owner)), Held.class)
                .database();
    }

    /** Once for each run and choice of templates: the key of a template may be costly to find out. */
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

    /**
     * Both interfaces mean the same: JUnit closes the one before 5.13, and warns unless it is the other since.
     */
    @SuppressWarnings("deprecation")
    private record Held(TestDatabase database) implements Store.CloseableResource, AutoCloseable {
        @Override
        public void close() {
            database.close();
        }
    }

    /** Lets the last reports be written before the run is over. */
    @SuppressWarnings("deprecation")
    private record EndOfRun() implements Store.CloseableResource, AutoCloseable {
        @Override
        public void close() {
            TestDatabases.awaitReports();
        }
    }
}
