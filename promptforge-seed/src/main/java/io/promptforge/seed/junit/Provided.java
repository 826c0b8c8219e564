package io.promptforge.seed.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks an instance field of a {@link PromptForgeTest} that receives what a parameter of its type would, before
 * {@code @BeforeEach} methods run: {@code @Provided Fixtures fixtures;}. The field must be neither static nor final.
 */
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Provided {}
