/**
 * Tests with JUnit Jupiter, 5.x and 6.x, on databases of {@code io.promptforge.seed.testkit}: {@link
 * io.promptforge.seed.junit.PromptForgeTest} on the class, and what a test wants among its parameters.
 */
@org.jspecify.annotations.NullMarked
package io.promptforge.seed.junit;
