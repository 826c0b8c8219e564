package io.promptforge.seed.junit;

import io.promptforge.seed.testkit.TestDatabase;
import java.util.Optional;
import org.springframework.core.Ordered;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/**
 * Restores the database of an application context after each test, or after the class with {@link Isolation#PER_CLASS}. Found by
 * Spring in {@code spring.factories}.
 */
final class SpringTestListener implements TestExecutionListener, Ordered {
    /** Before the listener that begins the test's transaction (4000), and after it when the test ends. */
    @Override
    public int getOrder() {
        return 3_900;
    }

    @Override
    public void beforeTestClass(TestContext test) {
        if (declaration(test).isPresent()) {
            SpringTests.begin(test.getTestClass(), new ContextSource(test));
        }
    }

    @Override
    public void prepareTestInstance(TestContext test) {
        if (declaration(test).isPresent()) {
            database(test).ready(test.getApplicationContext());
        }
    }

    @Override
    public void beforeTestMethod(TestContext test) {
        if (declaration(test).isPresent()) {
            database(test).begin();
        }
    }

    @Override
    public void afterTestMethod(TestContext test) {
        declaration(test).filter(it -> test.hasApplicationContext()).ifPresent(declaration -> {
            SpringContextDatabase database = database(test);
            try {
                if (declaration.isolation() == Isolation.PER_METHOD) {
                    database.restore();
                } else {
                    database.forgetParents();
                }
            } finally {
                database.end();
            }
        });
    }

    @Override
    public void afterTestClass(TestContext test) {
        declaration(test).ifPresent(declaration -> {
            SpringTests.end(test.getTestClass());
            if (declaration.isolation() == Isolation.PER_CLASS
                    && declaration.type() == test.getTestClass()
                    && test.hasApplicationContext()) {
                database(test).restore();
            }
        });
    }

    private static SpringContextDatabase database(TestContext test) {
        return SpringContextDatabase.of(test.getApplicationContext());
    }

    private static Optional<EffectiveAnnotation> declaration(TestContext test) {
        return EffectiveAnnotation.find(EffectiveAnnotation.classes(test.getTestClass()));
    }

    /** Loads the context when a test needs it. */
    private record ContextSource(TestContext test) implements SpringTests.Source {
        @Override
        public TestDatabase database() {
            return SpringTestListener.database(test).ready(test.getApplicationContext());
        }

        @Override
        public void begin() {
            SpringTestListener.database(test).begin();
        }

        @Override
        public void end() {
            if (test.hasApplicationContext()) {
                SpringTestListener.database(test).end();
            }
        }
    }
}
