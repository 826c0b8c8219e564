package io.promptforge.seed.junit;

import static io.promptforge.seed.junit.IsolationTest.use;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.promptforge.seed.testkit.TestDatabase;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests and test classes that run several times, run by {@link IsolationTest}. */
final class InvocationSamples {
    private InvocationSamples() {}

    abstract static class Repetitions {
        @RepeatedTest(2)
        void repeat(TestDatabase database) {
            use("repeat", database);
        }

        @ParameterizedTest
        @ValueSource(strings = {"a", "b"})
        void parameter(String argument, TestDatabase database) {
            use("parameter", database);
        }

        @TestFactory
        Stream<DynamicTest> factory(TestDatabase database) {
            return Stream.of("a", "b").map(name -> dynamicTest(name, () -> use("factory", database)));
        }
    }

    @PromptForgeTest
    static class PerMethod extends Repetitions {}

    @PromptForgeTest(isolation = Isolation.PER_CLASS)
    static class PerClass extends Repetitions {}

    @PromptForgeTest
    @ParameterizedClass
    @ValueSource(strings = {"a", "b"})
    static class ClassPerMethod {
        @Parameter
        String argument = "";

        @Test
        void test(TestDatabase database) {
            use("test", database);
        }

        @Nested
        class Inside {
            @Test
            void inside(TestDatabase database) {
                use("inside", database);
            }
        }
    }

    @PromptForgeTest(isolation = Isolation.PER_CLASS)
    @ParameterizedClass
    @ValueSource(strings = {"a", "b"})
    static class ClassPerClass {
        @Parameter
        String argument = "";

        @RepeatedTest(2)
        void test(TestDatabase database) {
            use("test", database);
        }

        @Nested
        class Inside {
            @Test
            void inside(TestDatabase database) {
                use("inside", database);
            }
        }
    }

    @PromptForgeTest(
            isolation = Isolation.SHARED_READ_ONLY,
            templates = {IsolationTest.Red.class, IsolationTest.Blue.class})
    @ParameterizedClass
    @ValueSource(strings = {"a", "b"})
    static class ClassSharedReadOnly {
        @Parameter
        String argument = "";

        @Test
        void test(TestDatabase database) {
            use("test", database);
        }
    }

    @PromptForgeTest
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    static class InstancePerClass {
        @RepeatedTest(2)
        void test(TestDatabase database) {
            use("test", database);
        }
    }
}
