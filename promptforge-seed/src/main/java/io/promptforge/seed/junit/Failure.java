package io.promptforge.seed.junit;

import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/** Whether the database of a failed test or class is to be kept. */
final class Failure {
    private static final String KEEP = "promptforge.test.keep";

    private Failure() {}

    /** Whether it has failed, and databases of failed tests are kept. */
    static boolean isToBeKept(ExtensionContext context) {
        return context.getExecutionException()
                        .filter(failure -> !(failure instanceof TestAbortedException))
                        .isPresent()
                && context.getConfigurationParameter(KEEP)
                        .or(() -> Optional.ofNullable(System.getenv("PROMPTFORGE_TEST_KEEP")))
                        .filter("failed"::equals)
                        .isPresent();
    }
}
