/**
 * JUnit Jupiter extension (5.x and 6.x) for the databases of {@code io.promptforge.seed.testkit}. Annotate the class with
 * {@link io.promptforge.seed.junit.PromptForgeTest}, and declare what a test needs as parameters.
 *
 * <p>{@code EffectiveAnnotation} finds the annotation that applies, {@code DatabaseOfTest} the database. The classes named
 * {@code Spring…} are found by Spring's tests, if there are any, and give the application context that database.
 */
@org.jspecify.annotations.NullMarked
package io.promptforge.seed.junit;
