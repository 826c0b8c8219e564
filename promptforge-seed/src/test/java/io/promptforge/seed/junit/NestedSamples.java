package io.promptforge.seed.junit;

import static io.promptforge.seed.junit.IsolationTest.use;

import io.promptforge.seed.testkit.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Nested test classes, run by {@link IsolationTest}. */
final class NestedSamples {
    private NestedSamples() {}

    @PromptForgeTest
    static class InPerMethod {
        @Test
        void outer(TestDatabase database) {
            use("outer", database);
        }

        @Nested
        class Inside {
            @RepeatedTest(2)
            void inside(TestDatabase database) {
                use("inside", database);
            }
        }
    }

    @PromptForgeTest(isolation = Isolation.PER_CLASS)
    static class InPerClass {
        @Test
        void outer(TestDatabase database) {
            use("outer", database);
        }

        @Nested
        class Inside {
            @RepeatedTest(2)
            void inside(TestDatabase database) {
                use("inside", database);
            }
        }
    }

    @PromptForgeTest(isolation = Isolation.SHARED_READ_ONLY)
    static class InSharedReadOnly {
        @Test
        void outer(TestDatabase database) {
            use("outer", database);
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
    static class PerMethodInPerClass {
        @Test
        void outer(TestDatabase database) {
            use("outer", database);
        }

        @Nested
        @PromptForgeTest
        class Inside {
            @RepeatedTest(2)
            void clean(TestDatabase database) {
                use("clean", database);
            }
        }
    }

    @PromptForgeTest(isolation = Isolation.PER_CLASS)
    static class TemplateInPerClass {
        @Test
        void outer(TestDatabase database) {
            use("outer", database);
        }

        @Nested
        @PromptForgeTest(templates = IsolationTest.Red.class)
        class Inside {
            @RepeatedTest(2)
            void clean(TestDatabase database) {
                use("clean", database);
            }
        }
    }

    @PromptForgeTest(isolation = Isolation.SHARED_READ_ONLY)
    static class PerMethodInSharedReadOnly {
        @Test
        void outer(TestDatabase database) {
            use("outer", database);
        }

        @Nested
        @PromptForgeTest
        class Inside {
            @Test
            void clean(TestDatabase database) {
                use("clean", database);
            }
        }
    }

    @PromptForgeTest
    static class PerClassInPerMethod {
        @RepeatedTest(2)
        void outer(TestDatabase database) {
            use("outer", database);
        }

        @Nested
        @PromptForgeTest(isolation = Isolation.PER_CLASS)
        class Inside {
            @RepeatedTest(2)
            void inside(TestDatabase database) {
                use("inside", database);
            }
        }
    }

    @PromptForgeTest(isolation = Isolation.PER_CLASS)
    static class PerClassInPerClass {
        @RepeatedTest(2)
        void outer(TestDatabase database) {
            use("outer", database);
        }

        @Nested
        @PromptForgeTest(isolation = Isolation.PER_CLASS)
        class Inside {
            @RepeatedTest(2)
            void inside(TestDatabase database) {
                use("inside", database);
            }
        }
    }

    @PromptForgeTest(isolation = Isolation.PER_CLASS)
    static class SharedReadOnlyInPerClass {
        @Test
        void outer(TestDatabase database) {
            use("outer", database);
        }

        @Nested
        @PromptForgeTest(isolation = Isolation.SHARED_READ_ONLY, templates = IsolationTest.Blue.class)
        class Inside {
            @RepeatedTest(2)
            void inside(TestDatabase database) {
                use("inside", database);
            }
        }
    }

    @PromptForgeTest(templates = IsolationTest.Red.class)
    static class KeepsTheTemplates {
        @Test
        void outer(TestDatabase database) {
            use("outer", database);
        }

        @Nested
        @PromptForgeTest(isolation = Isolation.PER_CLASS)
        class Inside {
            @RepeatedTest(2)
            void inside(TestDatabase database) {
                use("inside", database);
            }
        }
    }

    @PromptForgeTest(isolation = Isolation.PER_CLASS, templates = IsolationTest.Red.class)
    static class HasOtherTemplates {
        @Test
        void outer(TestDatabase database) {
            use("outer", database);
        }

        @Nested
        @PromptForgeTest(templates = IsolationTest.Blue.class)
        class Inside {
            @Test
            void inside(TestDatabase database) {
                use("inside", database);
            }
        }
    }

    @PromptForgeTest(isolation = Isolation.PER_CLASS)
    static class Deep {
        @Test
        void outer(TestDatabase database) {
            use("outer", database);
        }

        @Nested
        class Middle {
            @Test
            void middle(TestDatabase database) {
                use("middle", database);
            }

            @Nested
            @PromptForgeTest
            class Inner {
                @Test
                void inner(TestDatabase database) {
                    use("inner", database);
                }

                @Nested
                class Innermost {
                    @Test
                    void innermost(TestDatabase database) {
                        use("innermost", database);
                    }
                }
            }
        }
    }

    @PromptForgeTest(isolation = Isolation.PER_CLASS)
    static class BeforeEachOfTheOuter {
        @BeforeEach
        void before(TestDatabase database) {
            use("before", database);
        }

        @Test
        void outer(TestDatabase database) {
            use("outer", database);
        }

        @Nested
        @PromptForgeTest
        class Inside {
            @Test
            void inside(TestDatabase database) {
                use("inside", database);
            }
        }
    }
}
