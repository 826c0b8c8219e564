package io.promptforge.seed.junit;

import io.promptforge.seed.testkit.TestDatabase;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * The running test classes that Spring prepares: their database is that of their application context. Refers to no class of
 * Spring's, so that tests without Spring need none.
 */
final class SpringTests {
    /** The database of a context. */
    interface Source {
        TestDatabase database();

        /** Waits until no other test uses the database. Each call needs an {@link #end} by the same thread. */
        void begin();

        void end();
    }

    /** The classes whose context was configured for a database. */
    private static final Set<Class<?>> CONFIGURED = ConcurrentHashMap.newKeySet();

    /** The classes that were begun, with the database of their context. */
    private static final ConcurrentMap<Class<?>, Source> BEGUN = new ConcurrentHashMap<>();

    private SpringTests() {}

    static void configured(Class<?> test) {
        CONFIGURED.add(test);
    }

    static void begin(Class<?> test, Source source) {
        BEGUN.put(test, source);
    }

    static void end(Class<?> test) {
        BEGUN.remove(test);
    }

    /**
     * The source of the database of a test class; empty if Spring does not prepare the class.
     *
     * @throws ExtensionConfigurationException if Spring prepares it in a way that does not give it the database
     */
    static Optional<Source> of(Class<?> test, Isolation isolation) {
        Source source = BEGUN.get(test);
        if (source == null && CONFIGURED.contains(test)) {
            throw new ExtensionConfigurationException(test.getName()
                    + " has @TestExecutionListeners that replace the default ones, among which is that of @PromptForgeTest. Add"
                    + " mergeMode = MergeMode.MERGE_WITH_DEFAULTS.");
        }
        if (source != null && isolation == Isolation.SHARED_READ_ONLY) {
            throw new ExtensionConfigurationException(test.getName()
                    + " has an application context, which writes to its database, so Isolation.SHARED_READ_ONLY is not possible."
                    + " Without an isolation the database is restored after each test.");
        }
        return Optional.ofNullable(source);
    }
}
