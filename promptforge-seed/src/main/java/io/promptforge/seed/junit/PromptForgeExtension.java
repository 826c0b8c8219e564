package io.promptforge.seed.junit;

import io.promptforge.seed.testkit.TestDatabase;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.opentest4j.TestAbortedException;

/** Resolves the parameters of a {@link PromptForgeTest}, and keeps the databases of failed tests if configured. */
final class PromptForgeExtension implements ParameterResolver, AfterEachCallback {
    private static final String KEEP = "promptforge.test.keep";

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return InjectableParameter.of(parameter).isPresent();
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        TestDatabase database = DatabaseOfTest.of(context, parameter);
        return InjectableParameter.of(parameter)
                .orElseThrow(() -> new IllegalStateException("Unsupported parameter: " + parameter))
                .from(database);
    }

    /** Runs after the test's own {@code @AfterEach} methods, so that their failures count too. */
    @Override
    public void afterEach(ExtensionContext context) {
        boolean failed = context.getExecutionException()
                .filter(failure -> !(failure instanceof TestAbortedException))
                .isPresent();
        if (failed && keepsFailed(context)) {
            DatabaseOfTest.existing(context).ifPresent(TestDatabase::keep);
        }
    }

    private static boolean keepsFailed(ExtensionContext context) {
        return context.getConfigurationParameter(KEEP)
                .or(() -> Optional.ofNullable(System.getenv("PROMPTFORGE_TEST_KEEP")))
                .filter("failed"::equals)
                .isPresent();
    }
}
