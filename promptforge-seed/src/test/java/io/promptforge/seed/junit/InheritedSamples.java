package io.promptforge.seed.junit;

import static io.promptforge.seed.junit.IsolationTest.use;

import io.promptforge.seed.testkit.TestDatabase;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Test classes with inherited annotations, run by {@link IsolationTest}. */
final class InheritedSamples {
    private InheritedSamples() {}

    interface Tests {
        @RepeatedTest(2)
        default void test(TestDatabase database) {
            use("test", database);
        }
    }

    @PromptForgeTest(isolation = Isolation.PER_CLASS)
    abstract static class PerClass implements Tests {}

    static class FirstOfTwo extends PerClass {}

    static class SecondOfTwo extends PerClass {}

    @PromptForgeTest(templates = IsolationTest.Red.class)
    abstract static class WithRed implements Tests {}

    @PromptForgeTest(isolation = Isolation.PER_CLASS)
    static class OverridesTheIsolation extends WithRed {}

    @PromptForgeTest(templates = IsolationTest.Blue.class)
    static class OverridesTheTemplates extends WithRed {}

    @PromptForgeTest(isolation = Isolation.PER_CLASS)
    static class OverridesTwice extends OverridesTheTemplates {}

    @PromptForgeTest(isolation = Isolation.PER_CLASS, templates = IsolationTest.Red.class)
    interface RedTests extends Tests {}

    static class OfAnInterface implements RedTests {}

    @PromptForgeTest
    static class OverridesAnInterface implements RedTests {}

    @PromptForgeTest(isolation = Isolation.PER_CLASS, templates = IsolationTest.Red.class)
    @Retention(RetentionPolicy.RUNTIME)
    @interface RedTest {}

    @RedTest
    static class OfAMetaAnnotation implements Tests {}

    @RedTest
    @PromptForgeTest
    static class OverridesAMetaAnnotation implements Tests {}

    @PromptForgeTest(isolation = Isolation.PER_CLASS)
    static class OfTheBaseBeforeTheOuter {
        @Test
        void outer(TestDatabase database) {
            use("outer", database);
        }

        @PromptForgeTest(templates = IsolationTest.Red.class)
        abstract static class Base {
            @RepeatedTest(2)
            void inside(TestDatabase database) {
                use("inside", database);
            }
        }

        @Nested
        class Inside extends Base {}
    }
}
