/**
 * JUnit Jupiter extension (5.x and 6.x) for the databases of {@code io.promptforge.seed.testkit}. Annotate the class with
 * {@link io.promptforge.seed.junit.PromptForgeTest}, and declare what a test needs as parameters.
 */
@org.jspecify.annotations.NullMarked
package io.promptforge.seed.junit;
